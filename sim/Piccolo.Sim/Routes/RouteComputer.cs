using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Routes;

/// <summary>Computes shortest routes in one topology: one search outwards from each set of producers.</summary>
/// <remarks>
/// It keeps its working arrays between calls: one thread at a time. Results stay valid whatever is computed later, also when links and
/// nodes of the mask change. Bound of one search: (nodes + links) x log(nodes).
/// </remarks>
public sealed class RouteComputer
{
    private readonly RouteGraph _graph;
    private readonly RouteSearch _search;

    /// <summary>A computer of routes in a topology.</summary>
    public RouteComputer(Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        _graph = new RouteGraph(topology);
        _search = new RouteSearch(_graph);
    }

    /// <summary>The topology.</summary>
    public Topology Topology => _graph.Topology;

    /// <summary>Routes from every node to the nearest of some producers.</summary>
    /// <remarks>Ties: fewest hops, then the neighbour of the lowest index, then the link of the lowest.</remarks>
    /// <param name="producers">Indices of nodes, in any order.</param>
    /// <param name="metric">What costs are sums of.</param>
    /// <param name="down">What is out of order, or nothing.</param>
    /// <exception cref="ScenarioException">No producer is given, or one that is not a node; a link has an impossible cost.</exception>
    public DestinationRoutes ToNearest(
        ReadOnlySpan<int> producers, RouteMetric metric = RouteMetric.Metric, RouteMask? down = null) =>
        ToNearest(SortProducers(producers), metric, down, (bool[]?)down?.LinksDown.Clone());

    /// <summary>The shortest paths between two nodes that visit no node twice, best first.</summary>
    /// <remarks>
    /// Ties: fewest hops, then the lower node indices from the front, then the lower links. Bound: <paramref name="k"/> times the hops
    /// of a path searches. Source: Yen, "Finding the K shortest loopless paths in a network", 1971.
    /// </remarks>
    /// <param name="from">The first node.</param>
    /// <param name="to">The last one.</param>
    /// <param name="k">How many at most; fewer come if there are no more.</param>
    /// <param name="metric">What costs are sums of.</param>
    /// <param name="down">What is out of order, or nothing.</param>
    /// <exception cref="ScenarioException">One end is not a node, or a link has an impossible cost.</exception>
    public IReadOnlyList<RoutePath> ShortestPaths(
        int from, int to, int k, RouteMetric metric = RouteMetric.Metric, RouteMask? down = null)
    {
        CheckNode(from);
        CheckNode(to);
        return new PathSearch(_graph, _search, _graph.Weights(metric), down).Find(from, to, k);
    }

    internal DestinationRoutes ToNearest(int[] producers, RouteMetric metric, RouteMask? down, bool[]? linksDown)
    {
        long[] weights = _graph.Weights(metric);
        long[] cost = new long[_graph.NodeCount];
        int[] next = new int[_graph.NodeCount];
        _search.Run(producers, weights, linksDown, down?.NodesDown, cost, next);
        return new DestinationRoutes(_graph, producers, weights, linksDown, cost, next);
    }

    internal int[] SortProducers(ReadOnlySpan<int> producers)
    {
        if (producers.IsEmpty)
        {
            throw new ScenarioException("routes lead to a producer; give at least one node");
        }

        int[] sorted = producers.ToArray();
        Array.Sort(sorted);
        int kept = 0;
        foreach (int node in sorted)
        {
            CheckNode(node);
            if (kept == 0 || sorted[kept - 1] != node)
            {
                sorted[kept++] = node;
            }
        }

        return sorted[..kept];
    }

    private void CheckNode(int node)
    {
        if ((uint)node >= (uint)_graph.NodeCount)
        {
            throw new ScenarioException($"there is no node number {node}; the topology has {_graph.NodeCount}, counted from 0");
        }
    }
}
