using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Rib;

/// <summary>One name of the RIB's tree; only those with routes are entries of the RIB.</summary>
internal sealed class RibNode
{
    private readonly List<RibRoute> _routes = new(1);
    private int _captureCount;

    public RibNode(RibNode? parent, NameComponent component)
    {
        Parent = parent;
        Component = component;
    }

    public RibNode? Parent { get; }

    public NameComponent Component { get; }

    /// <summary>The whole name, while there are routes.</summary>
    public Name? Name { get; set; }

    /// <summary>In canonical order, so that a walk gives canonical order; null when there is none.</summary>
    public SortedDictionary<NameComponent, RibNode>? Children { get; set; }

    /// <summary>Sorted by face, then origin.</summary>
    public IReadOnlyList<RibRoute> Routes => _routes;

    public bool HasRoutes => _routes.Count > 0;

    public bool HasCapture => _captureCount > 0;

    public bool IsEmpty => _routes.Count == 0 && (Children is null || Children.Count == 0);

    public RibRoute? Find(FaceId face, ulong origin)
    {
        int index = LowerBound(face, origin);
        return index < _routes.Count && _routes[index].Face == face && _routes[index].Origin == origin
            ? _routes[index]
            : null;
    }

    public void Add(RibRoute route)
    {
        _routes.Insert(LowerBound(route.Face, route.Origin), route);
        CountCapture(route.Flags, 1);
    }

    public void Remove(RibRoute route)
    {
        _routes.RemoveAt(LowerBound(route.Face, route.Origin));
        CountCapture(route.Flags, -1);
    }

    public void SetFlags(RibRoute route, RouteFlags flags)
    {
        CountCapture(route.Flags, -1);
        route.Flags = flags;
        CountCapture(flags, 1);
    }

    /// <summary>The lowest cost of this node's own routes over a face; null when there is none.</summary>
    /// <param name="face">The face.</param>
    /// <param name="required">Flags that a route must have to count.</param>
    public ulong? LowestCost(FaceId face, RouteFlags required)
    {
        ulong? lowest = null;
        for (int i = LowerBound(face, origin: 0); i < _routes.Count && _routes[i].Face == face; i++)
        {
            RibRoute route = _routes[i];
            if ((route.Flags & required) == required)
            {
                lowest = Lower(lowest, route.Cost);
            }
        }

        return lowest;
    }

    /// <summary>The lower of two costs, where null is no route at all.</summary>
    public static ulong? Lower(ulong? left, ulong? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return Math.Min(left.Value, right.Value);
    }

    private void CountCapture(RouteFlags flags, int step)
    {
        if ((flags & RouteFlags.Capture) != 0)
        {
            _captureCount += step;
        }
    }

    private int LowerBound(FaceId face, ulong origin)
    {
        int low = 0;
        int high = _routes.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            RibRoute route = _routes[middle];
            bool isBefore = route.Face.Value < face.Value
                || (route.Face.Value == face.Value && route.Origin < origin);
            if (isBefore)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
