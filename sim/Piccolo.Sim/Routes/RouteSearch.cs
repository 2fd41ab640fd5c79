namespace Piccolo.Sim.Routes;

/// <summary>Dijkstra's search outwards from the destinations, with arrays that are made once.</summary>
/// <remarks>
/// Distances are pairs, cost before hops: with hops in them every step of a best route comes strictly nearer even over links that cost
/// nothing, so that routes never loop. Ties go to the neighbour of the lowest index, then to the lowest link.
/// </remarks>
internal sealed class RouteSearch
{
    private const int Arity = 4;

    private readonly RouteGraph _graph;
    private readonly int[] _heap;
    private readonly int[] _place;
    private readonly int[] _hops;
    private int _count;
    private long[] _cost = [];

    internal RouteSearch(RouteGraph graph)
    {
        _graph = graph;
        _heap = new int[graph.NodeCount];
        _place = new int[graph.NodeCount];
        _hops = new int[graph.NodeCount];
    }

    /// <summary>Fills the cost of every node and its next link (-1 at a destination and where none can be reached).</summary>
    /// <param name="destinations">Where routes lead.</param>
    /// <param name="weights">What each half-link costs.</param>
    /// <param name="linksDown">Links that are not there.</param>
    /// <param name="nodesDown">Nodes that are not there.</param>
    /// <param name="cost">Of each node, <see cref="DestinationRoutes.Unreachable"/> where there is no way.</param>
    /// <param name="next">Of each node, a half-link or -1.</param>
    internal void Run(
        ReadOnlySpan<int> destinations, long[] weights, bool[]? linksDown, bool[]? nodesDown, long[] cost, int[] next)
    {
        _cost = cost;
        _count = 0;
        Array.Fill(cost, DestinationRoutes.Unreachable);
        Array.Fill(next, -1);
        Array.Fill(_place, -1);
        Array.Fill(_hops, int.MaxValue);
        foreach (int destination in destinations)
        {
            if (nodesDown is null || !nodesDown[destination])
            {
                Improve(destination, 0, 0);
            }
        }

        int[] first = _graph.First;
        int[] neighbors = _graph.Neighbors;
        int[] links = _graph.Links;
        while (_count > 0)
        {
            int node = TakeNearest();
            long nodeCost = cost[node];
            int nodeHops = _hops[node] + 1;
            for (int half = first[node]; half < first[node + 1]; half++)
            {
                int neighbor = neighbors[half];
                long through = nodeCost + weights[half];
                if (through > cost[neighbor] || (through == cost[neighbor] && nodeHops >= _hops[neighbor])
                    || (linksDown is not null && linksDown[links[half]]) || (nodesDown is not null && nodesDown[neighbor]))
                {
                    continue;
                }

                Improve(neighbor, through, nodeHops);
            }
        }

        Choose(weights, linksDown, cost, next);
    }

    private void Choose(long[] weights, bool[]? linksDown, long[] cost, int[] next)
    {
        int[] first = _graph.First;
        int[] neighbors = _graph.Neighbors;
        int[] links = _graph.Links;
        for (int node = 0; node < next.Length; node++)
        {
            if (cost[node] == DestinationRoutes.Unreachable || _hops[node] == 0)
            {
                continue;
            }

            for (int half = first[node]; half < first[node + 1]; half++)
            {
                int neighbor = neighbors[half];
                if (_hops[neighbor] == _hops[node] - 1 && cost[neighbor] + weights[half] == cost[node]
                    && (linksDown is null || !linksDown[links[half]]))
                {
                    next[node] = half;
                    break;
                }
            }
        }
    }

    private bool IsNearer(int left, int right)
    {
        long leftCost = _cost[left];
        long rightCost = _cost[right];
        return leftCost < rightCost || (leftCost == rightCost && _hops[left] < _hops[right]);
    }

    private void Improve(int node, long cost, int hops)
    {
        _cost[node] = cost;
        _hops[node] = hops;
        int at = _place[node];
        if (at < 0)
        {
            at = _count++;
        }

        while (at > 0)
        {
            int parent = (at - 1) / Arity;
            int other = _heap[parent];
            if (!IsNearer(node, other))
            {
                break;
            }

            _heap[at] = other;
            _place[other] = at;
            at = parent;
        }

        _heap[at] = node;
        _place[node] = at;
    }

    private int TakeNearest()
    {
        int nearest = _heap[0];
        int last = _heap[--_count];
        if (_count > 0)
        {
            SinkFromTop(last);
        }

        return nearest;
    }

    private void SinkFromTop(int node)
    {
        int at = 0;
        while (true)
        {
            int child = at * Arity + 1;
            if (child >= _count)
            {
                break;
            }

            int end = Math.Min(child + Arity, _count);
            int best = child;
            for (int i = child + 1; i < end; i++)
            {
                if (IsNearer(_heap[i], _heap[best]))
                {
                    best = i;
                }
            }

            if (!IsNearer(_heap[best], node))
            {
                break;
            }

            int other = _heap[best];
            _heap[at] = other;
            _place[other] = at;
            at = best;
        }

        _heap[at] = node;
        _place[node] = at;
    }
}
