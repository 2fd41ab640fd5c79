namespace Piccolo.Sim.Routes;

/// <summary>The best routes to a destination as a forest, numbered so that "does this route lead through that node" is quick.</summary>
internal sealed class RouteTree
{
    private readonly int[] _enter;
    private readonly int[] _leave;

    internal RouteTree(RouteGraph graph, int[] next, long[] cost)
    {
        int count = next.Length;
        int[] firstChild = new int[count];
        int[] sibling = new int[count];
        Array.Fill(firstChild, -1);
        for (int node = count - 1; node >= 0; node--)
        {
            if (next[node] >= 0)
            {
                int parent = graph.Neighbors[next[node]];
                sibling[node] = firstChild[parent];
                firstChild[parent] = node;
            }
        }

        _enter = new int[count];
        _leave = new int[count];
        int clock = 0;
        for (int root = 0; root < count; root++)
        {
            if (next[root] < 0 && cost[root] != DestinationRoutes.Unreachable)
            {
                clock = Number(root, clock, graph, next, firstChild, sibling);
            }
        }
    }

    /// <summary>Whether a node's best route leads through another one, or it is that node.</summary>
    internal bool IsBelow(int node, int other) => _enter[node] >= _enter[other] && _leave[node] <= _leave[other];

    /// <summary>Walks a tree in depth, without recursion: down over first children, up over parents.</summary>
    private int Number(int root, int clock, RouteGraph graph, int[] next, int[] firstChild, int[] sibling)
    {
        int node = root;
        _enter[node] = clock++;
        while (true)
        {
            int child = firstChild[node];
            if (child >= 0)
            {
                // A child is consumed when it is entered, so that coming back finds the next one.
                firstChild[node] = sibling[child];
                node = child;
                _enter[node] = clock++;
                continue;
            }

            _leave[node] = clock++;
            if (node == root)
            {
                return clock;
            }

            node = graph.Neighbors[next[node]];
        }
    }
}
