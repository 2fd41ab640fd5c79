using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Rib;

/// <summary>The RIB: which origin says that which face leads to which prefix; keeps the FIB in step with it.</summary>
/// <remarks>
/// The next hops of an entry are its own routes and the inherited ones, and of each face the lowest cost. An entry
/// inherits the child-inherit routes of shorter names, walking up to and including the first name with a capture route;
/// an entry that has a capture route itself inherits nothing.
/// A change costs the depth of the name, the routes inherited there, and the names below whose next hops really change:
/// the whole table is never walked.
/// One owner thread. Bound: <see cref="RibOptions.RouteCountMax"/> routes.
/// Source: NFD management protocol, "RibMgmt", route inheritance.
/// </remarks>
public sealed partial class RibTable
{
    private readonly RibOptions _options;
    private readonly IFibUpdater _fib;
    private readonly RibNode _root = new(parent: null, component: default);
    private readonly RibExpiryHeap _expiry = new();
    private readonly Dictionary<FaceId, List<RibRoute>> _routesOfFace = [];

    /// <summary>Makes an empty RIB.</summary>
    /// <param name="options">Its limits.</param>
    /// <param name="fib">Gets every change of next hops, at once.</param>
    public RibTable(RibOptions options, IFibUpdater fib)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(fib);
        _options = options;
        _fib = fib;
    }

    /// <summary>Routes in force.</summary>
    public int RouteCount { get; private set; }

    /// <summary>Prefixes with at least one route.</summary>
    public int EntryCount { get; private set; }

    /// <summary>Tree nodes looked at since the start: the work done so far.</summary>
    public long NodeVisitCount { get; private set; }

    /// <summary>Next hops that the FIB refused because it was full.</summary>
    public long FibRefusedCount { get; private set; }

    /// <summary>When the next route expires.</summary>
    public Instant NextTimeout => _expiry.Earliest;

    /// <summary>Every entry, in canonical order of names. The RIB must not change meanwhile.</summary>
    public IEnumerable<RibEntry> Entries => Walk();

    /// <summary>Adds a route, or gives the one with the same name, face and origin new properties.</summary>
    /// <remarks>Whether the face exists is the caller's to check.</remarks>
    /// <param name="name">The prefix.</param>
    /// <param name="face">Where it leads.</param>
    /// <param name="origin">Who says so, see <see cref="RouteOrigin"/>.</param>
    /// <param name="cost">The lowest is preferred.</param>
    /// <param name="flags">How the route acts on longer names; unknown bits are kept.</param>
    /// <param name="expiresAt">When it ends by itself, or <see cref="Instant.Never"/>.</param>
    /// <returns>See <see cref="RibStatus"/>.</returns>
    public RibStatus Register(
        Name name, FaceId face, ulong origin, ulong cost, RouteFlags flags, Instant expiresAt)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Count > _options.NameDepthMax)
        {
            return RibStatus.NameTooLong;
        }

        RibNode? node = FindNode(name);
        RibRoute? route = node?.Find(face, origin);
        if (route is null && RouteCount >= _options.RouteCountMax)
        {
            return RibStatus.RibFull;
        }

        node ??= CreateNode(name);
        NodeState before = StateOf(node, face);
        RibStatus status = RibStatus.Updated;
        if (route is null)
        {
            status = RibStatus.Added;
            route = new RibRoute(node, face, origin) { Cost = cost, Flags = flags };
            Attach(route, name);
        }
        else
        {
            route.Cost = cost;
            node.SetFlags(route, flags);
        }

        _expiry.Set(route, expiresAt);
        if (!ApplyChange(node, face, before) && status == RibStatus.Added)
        {
            Remove(route);
            return RibStatus.FibFull;
        }

        return status;
    }

    /// <summary>Removes the route of a name, face and origin.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Unregister(Name name, FaceId face, ulong origin)
    {
        ArgumentNullException.ThrowIfNull(name);
        RibRoute? route = FindNode(name)?.Find(face, origin);
        if (route is null)
        {
            return false;
        }

        Remove(route);
        return true;
    }

    /// <summary>Removes every route of a face that has ended.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveFace(FaceId face)
    {
        int removed = 0;
        while (_routesOfFace.TryGetValue(face, out List<RibRoute>? routes))
        {
            Remove(routes[^1]);
            removed++;
        }

        return removed;
    }

    /// <summary>Removes routes whose time is over.</summary>
    /// <param name="now">The present.</param>
    /// <param name="routeCountMax">How many to remove at most in this call; the rest wait for the next.</param>
    /// <returns>How many were removed.</returns>
    public int HandleTimeout(Instant now, int routeCountMax)
    {
        int removed = 0;
        while (removed < routeCountMax && _expiry.Earliest <= now && _expiry.Earliest != Instant.Never)
        {
            Remove(_expiry.First);
            removed++;
        }

        return removed;
    }

    /// <summary>The entry of exactly this name.</summary>
    /// <returns>False when the name has no route of its own.</returns>
    public bool TryFind(Name name, out RibEntry entry)
    {
        ArgumentNullException.ThrowIfNull(name);
        RibNode? node = FindNode(name);
        entry = default;
        if (node is not { HasRoutes: true })
        {
            return false;
        }

        entry = new RibEntry(node.Name!, node.Routes);
        return true;
    }

    private void Attach(RibRoute route, Name name)
    {
        RibNode node = route.Node;
        if (!node.HasRoutes)
        {
            node.Name = name;
            EntryCount++;
        }

        node.Add(route);
        RouteCount++;
        if (!_routesOfFace.TryGetValue(route.Face, out List<RibRoute>? routes))
        {
            routes = new List<RibRoute>(1);
            _routesOfFace.Add(route.Face, routes);
        }

        route.FaceListIndex = routes.Count;
        routes.Add(route);
    }

    private void Remove(RibRoute route)
    {
        RibNode node = route.Node;
        NodeState before = StateOf(node, route.Face);
        node.Remove(route);
        _expiry.Remove(route);
        RouteCount--;

        List<RibRoute> routes = _routesOfFace[route.Face];
        RibRoute last = routes[^1];
        routes[route.FaceListIndex] = last;
        last.FaceListIndex = route.FaceListIndex;
        routes.RemoveAt(routes.Count - 1);
        if (routes.Count == 0)
        {
            _routesOfFace.Remove(route.Face);
        }

        ApplyChange(node, route.Face, before);
        if (!node.HasRoutes)
        {
            node.Name = null;
            EntryCount--;
            Prune(node);
        }
    }

    private RibNode? FindNode(Name name)
    {
        RibNode? node = _root;
        for (int i = 0; i < name.Count && node is not null; i++)
        {
            NodeVisitCount++;
            RibNode? child = null;
            node.Children?.TryGetValue(name[i], out child);
            node = child;
        }

        return node;
    }

    private RibNode CreateNode(Name name)
    {
        RibNode node = _root;
        for (int i = 0; i < name.Count; i++)
        {
            NodeVisitCount++;
            NameComponent component = name[i];
            node.Children ??= [];
            if (!node.Children.TryGetValue(component, out RibNode? child))
            {
                child = new RibNode(node, component);
                node.Children.Add(component, child);
            }

            node = child;
        }

        return node;
    }

    private static void Prune(RibNode node)
    {
        while (node.IsEmpty && node.Parent is RibNode parent)
        {
            parent.Children!.Remove(node.Component);
            node = parent;
        }
    }

    private IEnumerable<RibEntry> Walk()
    {
        if (_root.HasRoutes)
        {
            yield return new RibEntry(_root.Name!, _root.Routes);
        }

        var path = new Stack<IEnumerator<RibNode>>();
        if (_root.Children is not null)
        {
            path.Push(_root.Children.Values.GetEnumerator());
        }

        while (path.Count > 0)
        {
            IEnumerator<RibNode> level = path.Peek();
            if (!level.MoveNext())
            {
                path.Pop().Dispose();
                continue;
            }

            RibNode node = level.Current;
            if (node.HasRoutes)
            {
                yield return new RibEntry(node.Name!, node.Routes);
            }

            if (node.Children is { Count: > 0 })
            {
                path.Push(node.Children.Values.GetEnumerator());
            }
        }
    }
}
