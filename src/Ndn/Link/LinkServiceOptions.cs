namespace Piccolo.Ndn.Link;

/// <summary>What one face's link service does and how much it may hold.</summary>
/// <remarks>
/// Immutable; a face update replaces the record. Limits that shrink take effect as the held items leave.
/// Source: NDNLPv2; defaults of NFD where it has the same parameter.
/// </remarks>
public sealed record LinkServiceOptions
{
    /// <summary>
    /// Whether NextHopFaceId is obeyed and IncomingFaceId is told (face flag bit 0); for local peers only.
    /// </summary>
    public bool AllowLocalFields { get; init; }

    /// <summary>
    /// Whether a received IncomingFaceId is handed up: for an application's end, never for a forwarder's.
    /// </summary>
    public bool AcceptIncomingFaceId { get; init; }

    /// <summary>Whether NonDiscovery and PrefixAnnouncement are sent and handed up.</summary>
    public bool AllowSelfLearning { get; init; }

    /// <summary>Whether packets that do not fit are sent in fragments; else they are dropped and counted.</summary>
    public bool AllowFragmentation { get; init; } = true;

    /// <summary>Whether received fragments are put together; else they are dropped and counted.</summary>
    public bool AllowReassembly { get; init; } = true;

    /// <summary>Whether lost frames are sent again, hop by hop (face flag bit 1). Both ends must have it on.</summary>
    public bool EnableReliability { get; init; }

    /// <summary>Whether a long send queue marks packets (face flag bit 2).</summary>
    public bool EnableCongestionMarking { get; init; }

    /// <summary>How long the send queue must be over its threshold before a packet is marked.</summary>
    public TimeSpan BaseCongestionMarkingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The send-queue length, in octets, above which the link counts as congested.</summary>
    public ulong DefaultCongestionThreshold { get; init; } = 65536;

    /// <summary>Largest frame in octets, <see cref="LinkCapabilities.UnlimitedMtu"/> for streams.</summary>
    /// <remarks>No frame exceeds 8800 octets in any case: peers close a stream on which a longer element
    /// comes.</remarks>
    public int Mtu { get; init; } = LinkCapabilities.UnlimitedMtu;

    /// <summary>Most fragments of one packet, sending and receiving.</summary>
    public int FragmentsMax { get; init; } = 400;

    /// <summary>
    /// Most packets of which only some fragments have come; beyond it the one longest without news is dropped.
    /// </summary>
    public int PartialPacketsMax { get; init; } = 64;

    /// <summary>Most octets held in incomplete packets; beyond it the one longest without news is dropped.</summary>
    public int ReassemblyOctetsMax { get; init; } = 256 * 1024;

    /// <summary>How long an incomplete packet waits for its next fragment.</summary>
    /// <remarks>Fragments that the sender would retransmit wait at least as long as its retransmissions may
    /// take.</remarks>
    public TimeSpan ReassemblyTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often one fragment is sent again before its packet is given up.</summary>
    public int RetransmissionsMax { get; init; } = 3;

    /// <summary>How many later frames must be acknowledged before an earlier one counts as lost.</summary>
    public int LossThreshold { get; init; } = 3;

    /// <summary>How long an acknowledgement waits for a frame to ride on.</summary>
    public TimeSpan IdleAckDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Most fragments that wait for acknowledgement; beyond it packets go out without protection, counted.
    /// </summary>
    public int UnacknowledgedMax { get; init; } = 1024;

    /// <summary>Most received sequences remembered to recognise repetitions.</summary>
    public int RecentSequencesMax { get; init; } = 16384;

    /// <summary>
    /// Shortest time for which a received sequence is remembered; four time-outs if those are longer.
    /// </summary>
    public TimeSpan RecentSequenceLifetime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Most acknowledgements that wait; when reached they are sent at once.</summary>
    public int AckQueueMax { get; init; } = 1024;

    /// <summary>Most frames that wait to be taken; beyond it frames are dropped and counted.</summary>
    public int TransmitQueueMax { get; init; } = 4096;

    /// <summary>Most given-up Interests that wait to be taken; beyond it they are only counted.</summary>
    public int DroppedInterestsMax { get; init; } = 256;
}
