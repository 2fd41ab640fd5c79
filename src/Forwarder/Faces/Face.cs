using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Faces;

/// <summary>One face: a link, its link service and what it has carried.</summary>
public sealed class Face
{
    private FaceCounters _counters;

    internal Face(FaceId id, int slot, LinkCapabilities capabilities, LinkService? link, Instant createdAt)
    {
        Id = id;
        Slot = slot;
        Capabilities = capabilities;
        Link = link;
        CreatedAt = createdAt;
        Persistency = capabilities.Persistency;
        IsLocal = capabilities.Scope == LinkScope.Local;
        Type = capabilities.Type;
        LinkTimeout = Instant.Never;
    }

    /// <summary>Its number.</summary>
    public FaceId Id { get; }

    /// <summary>What its link is, as it was when the face was added.</summary>
    public LinkCapabilities Capabilities { get; }

    /// <summary>Whether the peer is on this host.</summary>
    public bool IsLocal { get; }

    /// <summary>How many peers it reaches.</summary>
    public LinkType Type { get; }

    /// <summary>When it ends by itself; management may change it.</summary>
    public FacePersistency Persistency { get; internal set; }

    /// <summary>When it was added.</summary>
    public Instant CreatedAt { get; }

    /// <summary>What it has carried.</summary>
    public FaceCounters Counters => _counters;

    /// <summary>Its link service; null for the internal face.</summary>
    public LinkService? Link { get; }

    /// <summary>Octets its link has accepted and not yet sent, as the host last said.</summary>
    public long SendQueueOctets { get; internal set; }

    internal int Slot { get; }

    internal ref FaceCounters CountersRef => ref _counters;

    /// <summary>When its link service is armed in the forwarder's wheel.</summary>
    internal Instant LinkTimeout { get; set; }

    /// <summary>How many FIB nexthops name it: how many a removal has to find.</summary>
    internal int NextHopCount { get; set; }

    /// <summary>Number of the last Data that was sent to it, so that one Data goes once to each waiting Interest's token.</summary>
    internal ulong LastDataNumber { get; set; }
}
