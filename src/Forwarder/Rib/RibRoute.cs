using Piccolo.Ndn;
using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Rib;

/// <summary>One way to a prefix, told by one origin; keyed by name, face and origin.</summary>
public sealed class RibRoute
{
    internal RibRoute(RibNode node, FaceId face, ulong origin)
    {
        Node = node;
        Face = face;
        Origin = origin;
    }

    /// <summary>The face that leads there.</summary>
    public FaceId Face { get; }

    /// <summary>Who made the route, see <see cref="RouteOrigin"/>.</summary>
    public ulong Origin { get; }

    /// <summary>The lowest is preferred.</summary>
    public ulong Cost { get; internal set; }

    /// <summary>How the route acts on longer names.</summary>
    public RouteFlags Flags { get; internal set; }

    /// <summary>When the route ends by itself; <see cref="Instant.Never"/> when it lasts until removed.</summary>
    public Instant ExpiresAt { get; internal set; } = Instant.Never;

    internal RibNode Node { get; }

    /// <summary>Place in the expiry heap, or -1.</summary>
    internal int HeapIndex { get; set; } = -1;

    /// <summary>Place in the list of its face's routes.</summary>
    internal int FaceListIndex { get; set; }
}
