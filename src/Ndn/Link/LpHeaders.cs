namespace Piccolo.Ndn.Link;

/// <summary>
/// What travels beside one network packet over one link: the NDNLPv2 fields that concern the forwarder.
/// </summary>
/// <remarks>
/// <c>default</c> means none of them. Fields of the link itself (sequences, fragments, acknowledgements) never show
/// here.
/// Source: NDNLPv2; NFD's rules of which field goes with which packet.
/// </remarks>
public struct LpHeaders
{
    /// <summary>The peer's token: on an Interest to be kept, on Data and Nacks to be returned.</summary>
    public PitToken PitToken { get; set; }

    /// <summary>Whether the packet is an Interest that comes back refused.</summary>
    public bool IsNack { get; set; }

    /// <summary>Why it was refused; meaningful with <see cref="IsNack"/>.</summary>
    public NackReason NackReason { get; set; }

    /// <summary>Greater than zero when a queue on the path was too long.</summary>
    public ulong CongestionMark { get; set; }

    /// <summary>The face to which an application of this host wants its Interest sent.</summary>
    public ulong? NextHopFaceId { get; set; }

    /// <summary>The face on which the forwarder got the packet, told to an application of this host.</summary>
    public ulong? IncomingFaceId { get; set; }

    /// <summary>Whether the sender of Data asks that it not be kept in the content store.</summary>
    public bool NoCache { get; set; }

    /// <summary>Whether the Interest must follow known routes and not be flooded by self-learning.</summary>
    public bool NonDiscovery { get; set; }

    /// <summary>A whole Data packet by which the producer announces its prefix; empty when there is none.</summary>
    public ReadOnlyMemory<byte> PrefixAnnouncement { get; set; }

    /// <summary>Whether no field is set.</summary>
    public readonly bool IsEmpty =>
        PitToken.IsEmpty && !IsNack && CongestionMark == 0 && NextHopFaceId is null && IncomingFaceId is null
        && !NoCache && !NonDiscovery && PrefixAnnouncement.IsEmpty;
}
