namespace Piccolo.Ndn.Link;

/// <summary>What passed through a link service, and every cause for which something did not.</summary>
/// <remarks>Units: packets or frames since the face was made, except where octets are named.</remarks>
public struct LinkCounters
{
    /// <summary>Frames received.</summary>
    public ulong InFrames { get; internal set; }

    /// <summary>Octets of the frames received.</summary>
    public ulong InOctets { get; internal set; }

    /// <summary>Interests handed up.</summary>
    public ulong InInterests { get; internal set; }

    /// <summary>Data packets handed up.</summary>
    public ulong InData { get; internal set; }

    /// <summary>Nacks handed up.</summary>
    public ulong InNacks { get; internal set; }

    /// <summary>Frames without a fragment, which only carry acknowledgements or keep the link alive.</summary>
    public ulong InIdle { get; internal set; }

    /// <summary>Frames dropped because they are no well-formed LpPacket, Interest or Data.</summary>
    public ulong InvalidFrames { get; internal set; }

    /// <summary>Packets dropped because the fragment holds something else than one Interest or one Data.</summary>
    public ulong InvalidPackets { get; internal set; }

    /// <summary>Packets dropped because a header field may not go with that kind of packet on this face.</summary>
    public ulong IllegalHeaders { get; internal set; }

    /// <summary>Fragments dropped: reassembly is off, bad index or count, or no Sequence.</summary>
    public ulong RefusedFragments { get; internal set; }

    /// <summary>Fragments dropped because the same one had come before.</summary>
    public ulong DuplicateFragments { get; internal set; }

    /// <summary>Frames dropped by reliability because the peer had to repeat itself.</summary>
    public ulong DuplicateSequences { get; internal set; }

    /// <summary>Incomplete packets dropped because no fragment came in time.</summary>
    public ulong ReassemblyTimeouts { get; internal set; }

    /// <summary>Incomplete packets dropped to make room.</summary>
    public ulong ReassemblyEvictions { get; internal set; }

    /// <summary>Incomplete packets dropped because their fragments exceed the largest packet.</summary>
    public ulong ReassemblyTooLarge { get; internal set; }

    /// <summary>Frames queued for transmission.</summary>
    public ulong OutFrames { get; internal set; }

    /// <summary>Octets of the frames queued for transmission.</summary>
    public ulong OutOctets { get; internal set; }

    /// <summary>Interests sent, each counted once.</summary>
    public ulong OutInterests { get; internal set; }

    /// <summary>Data packets sent, each counted once.</summary>
    public ulong OutData { get; internal set; }

    /// <summary>Nacks sent, each counted once.</summary>
    public ulong OutNacks { get; internal set; }

    /// <summary>Packets not sent because they are neither Interest nor Data, or longer than a packet may be.</summary>
    public ulong OutInvalid { get; internal set; }

    /// <summary>Packets not sent because they do not fit the MTU and fragmentation is off.</summary>
    public ulong OutOverMtu { get; internal set; }

    /// <summary>
    /// Packets not sent because the MTU is too small for their headers or for the limit of fragments.
    /// </summary>
    public ulong FragmentationErrors { get; internal set; }

    /// <summary>Frames dropped because nobody took those before them.</summary>
    public ulong TransmitQueueFull { get; internal set; }

    /// <summary>Packets marked because the send queue was long.</summary>
    public ulong CongestionMarked { get; internal set; }

    /// <summary>Packets acknowledged whole without a retransmission.</summary>
    public ulong Acknowledged { get; internal set; }

    /// <summary>Packets acknowledged whole after at least one retransmission.</summary>
    public ulong Retransmitted { get; internal set; }

    /// <summary>Packets given up after the last retransmission.</summary>
    public ulong RetransmissionsExhausted { get; internal set; }

    /// <summary>Packets sent without protection because too many frames wait for acknowledgement.</summary>
    public ulong SentUnprotected { get; internal set; }

    /// <summary>Acknowledgements dropped because the MTU has no room for even one.</summary>
    public ulong AcksDropped { get; internal set; }

    /// <summary>Received sequences forgotten early to make room.</summary>
    public ulong RecentSequenceEvictions { get; internal set; }

    /// <summary>Given-up Interests not reported because nobody took those before them.</summary>
    public ulong DroppedInterestsUnreported { get; internal set; }
}
