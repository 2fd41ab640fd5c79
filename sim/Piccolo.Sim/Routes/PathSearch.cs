namespace Piccolo.Sim.Routes;

/// <summary>Yen's search for the shortest paths between two nodes.</summary>
internal sealed class PathSearch
{
    private readonly RouteGraph _graph;
    private readonly RouteSearch _search;
    private readonly long[] _weights;
    private readonly bool[] _linksDown;
    private readonly bool[] _nodesDown;
    private readonly long[] _cost;
    private readonly int[] _next;
    private readonly List<int[]> _found = [];
    private readonly SortedSet<int[]> _candidates;

    internal PathSearch(RouteGraph graph, RouteSearch search, long[] weights, RouteMask? down)
    {
        _graph = graph;
        _search = search;
        _weights = weights;
        _linksDown = down is null ? new bool[graph.Topology.Links.Count] : (bool[])down.LinksDown.Clone();
        _nodesDown = down is null ? new bool[graph.NodeCount] : (bool[])down.NodesDown.Clone();
        _cost = new long[graph.NodeCount];
        _next = new int[graph.NodeCount];
        _candidates = new SortedSet<int[]>(Comparer<int[]>.Create(Compare));
    }

    internal IReadOnlyList<RoutePath> Find(int from, int to, int k)
    {
        // Paths are kept as half-links: each has a neighbour, a link and a weight.
        if (k <= 0 || _nodesDown[from] || !TryExtend([], from, to, out int[] shortest))
        {
            return [];
        }

        _found.Add(shortest);
        while (_found.Count < k && from != to)
        {
            AddDeviations(_found[^1], from, to);
            int[]? best = _candidates.Min;
            if (best is null)
            {
                break;
            }

            _candidates.Remove(best);
            _found.Add(best);
        }

        return _found.ConvertAll(path => Describe(path, from));
    }

    /// <summary>Leaves a path at each of its nodes in turn, by a link that no path found so far takes from there.</summary>
    private void AddDeviations(int[] path, int from, int to)
    {
        List<int> taken = [];
        List<int> passed = [];
        int node = from;
        for (int at = 0; at < path.Length; at++)
        {
            ReadOnlySpan<int> root = path.AsSpan(0, at);
            foreach (int[] other in _found)
            {
                if (other.Length > at && other.AsSpan(0, at).SequenceEqual(root))
                {
                    int link = _graph.Links[other[at]];
                    if (!_linksDown[link])
                    {
                        _linksDown[link] = true;
                        taken.Add(link);
                    }
                }
            }

            if (TryExtend(root, node, to, out int[] deviation))
            {
                _candidates.Add(deviation);
            }

            foreach (int link in taken)
            {
                _linksDown[link] = false;
            }

            taken.Clear();
            _nodesDown[node] = true;
            passed.Add(node);
            node = _graph.Neighbors[path[at]];
        }

        foreach (int down in passed)
        {
            _nodesDown[down] = false;
        }
    }

    private bool TryExtend(ReadOnlySpan<int> root, int from, int to, out int[] path)
    {
        _search.Run([to], _weights, _linksDown, _nodesDown, _cost, _next);
        path = [];
        if (_cost[from] == DestinationRoutes.Unreachable)
        {
            return false;
        }

        List<int> halves = [.. root];
        for (int node = from; _next[node] >= 0; node = _graph.Neighbors[_next[node]])
        {
            halves.Add(_next[node]);
        }

        path = halves.ToArray();
        return true;
    }

    private long CostOf(int[] path)
    {
        long cost = 0;
        foreach (int half in path)
        {
            cost += _weights[half];
        }

        return cost;
    }

    private int Compare(int[]? left, int[]? right)
    {
        int order = CostOf(left!).CompareTo(CostOf(right!));
        if (order == 0)
        {
            order = left!.Length.CompareTo(right!.Length);
        }

        // Half-links are numbered by node, neighbour and link: comparing them compares the nodes from the front.
        return order != 0 ? order : left.AsSpan().SequenceCompareTo(right);
    }

    private RoutePath Describe(int[] path, int from)
    {
        int[] nodes = new int[path.Length + 1];
        int[] links = new int[path.Length];
        nodes[0] = from;
        for (int i = 0; i < path.Length; i++)
        {
            nodes[i + 1] = _graph.Neighbors[path[i]];
            links[i] = _graph.Links[path[i]];
        }

        return new RoutePath(nodes, links, CostOf(path));
    }
}
