namespace Piccolo.Sim.Routes;

/// <summary>The way from every node to the nearest of a destination's producers.</summary>
/// <remarks>Bound: twelve octets a node; sixteen more once alternatives are asked for.</remarks>
public sealed class DestinationRoutes
{
    /// <summary>The cost where there is no way.</summary>
    public const long Unreachable = long.MaxValue;

    private readonly RouteGraph _graph;
    private readonly long[] _weights;
    private readonly bool[]? _linksDown;
    private readonly long[] _cost;
    private readonly int[] _next;
    private RouteTree? _tree;

    internal DestinationRoutes(
        RouteGraph graph, int[] producers, long[] weights, bool[]? linksDown, long[] cost, int[] next)
    {
        _graph = graph;
        Producers = producers;
        _weights = weights;
        _linksDown = linksDown;
        _cost = cost;
        _next = next;
    }

    /// <summary>The producers, by rising index, each once.</summary>
    public IReadOnlyList<int> Producers { get; }

    /// <summary>How many nodes the topology has.</summary>
    public int NodeCount => _next.Length;

    /// <summary>The link of a node's best route, or -1: it is a producer, or there is no way.</summary>
    public int NextLink(int node) => _next[node] < 0 ? -1 : _graph.Links[_next[node]];

    /// <summary>The neighbour a node's best route goes to, or -1.</summary>
    public int NextNode(int node) => _next[node] < 0 ? -1 : _graph.Neighbors[_next[node]];

    /// <summary>What a node's best route costs; 0 at a producer, <see cref="Unreachable"/> without a way.</summary>
    public long Cost(int node) => _cost[node];

    /// <summary>Whether there is a way from a node.</summary>
    public bool IsReachable(int node) => _cost[node] != Unreachable;

    /// <summary>Which producer a node's best route ends at, or -1.</summary>
    /// <remarks>Bound: as many steps as the route has hops.</remarks>
    public int NearestProducer(int node)
    {
        if (!IsReachable(node))
        {
            return -1;
        }

        int at = node;
        while (_next[at] >= 0)
        {
            at = _graph.Neighbors[_next[at]];
        }

        return at;
    }

    /// <summary>A node's next hops: the best route first, then the others by cost, neighbour and link.</summary>
    /// <remarks>
    /// A neighbour counts if its own best route does not come back through this node, so a packet that takes one alternative and best
    /// routes from there does not loop; packets that take alternatives at several nodes may, and meet the forwarder's nonce check.
    /// Producers have none. Bound: the node's degree times <paramref name="k"/>; the first call computes the tree of best routes.
    /// </remarks>
    /// <param name="node">From where.</param>
    /// <param name="hops">Takes the hops.</param>
    /// <param name="k">How many at most.</param>
    /// <returns>How many there are in <paramref name="hops"/>.</returns>
    public int Alternatives(int node, Span<RouteHop> hops, int k)
    {
        int limit = Math.Min(k, hops.Length);
        int best = _next[node];
        if (best < 0 || limit <= 0)
        {
            return 0;
        }

        hops[0] = HopAt(best);
        if (limit == 1)
        {
            return 1;
        }

        _tree ??= new RouteTree(_graph, _next, _cost);
        int count = 1;
        for (int half = _graph.First[node]; half < _graph.First[node + 1]; half++)
        {
            int neighbor = _graph.Neighbors[half];
            if (half == best || _cost[neighbor] == Unreachable || (_linksDown is not null && _linksDown[_graph.Links[half]])
                || _tree.IsBelow(neighbor, node))
            {
                continue;
            }

            count = Insert(hops, count, limit, HopAt(half));
        }

        return count;
    }

    private static int Insert(Span<RouteHop> hops, int count, int limit, RouteHop hop)
    {
        int at = count;
        while (at > 1 && hop.Cost < hops[at - 1].Cost)
        {
            at--;
        }

        if (at >= limit)
        {
            return count;
        }

        int kept = Math.Min(count, limit - 1);
        for (int i = kept; i > at; i--)
        {
            hops[i] = hops[i - 1];
        }

        hops[at] = hop;
        return kept + 1;
    }

    private RouteHop HopAt(int half)
    {
        int neighbor = _graph.Neighbors[half];
        return new RouteHop(_graph.Links[half], neighbor, _cost[neighbor] + _weights[half]);
    }
}
