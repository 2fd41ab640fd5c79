namespace Piccolo.Sim.Topologies;

/// <summary>Places for nodes that have none: rings around the best linked node, each branch in a sector as wide as its leaves.</summary>
internal static class RadialLayout
{
    internal static (double X, double Y)[] Of(Topology topology)
    {
        int count = topology.Nodes.Count;
        List<int>[] neighbors = new List<int>[count];
        for (int i = 0; i < count; i++)
        {
            neighbors[i] = [];
        }

        foreach (TopologyLink link in topology.Links)
        {
            neighbors[link.A].Add(link.B);
            neighbors[link.B].Add(link.A);
        }

        // Breadth first; what is not connected begins on the first ring, as if it hung on the middle.
        int[] order = new int[count];
        int[] above = new int[count];
        int[] depth = new int[count];
        Array.Fill(depth, -1);
        int reached = 0;
        int centre = Enumerable.Range(0, count).MaxBy(node => neighbors[node].Count);
        Enter(centre, -1, 0);
        int next = 0;
        for (int stray = 0; reached < count || next < reached;)
        {
            if (next == reached)
            {
                while (depth[stray] >= 0)
                {
                    stray++;
                }

                Enter(stray, centre, 1);
            }

            int node = order[next++];
            foreach (int neighbor in neighbors[node])
            {
                if (depth[neighbor] < 0)
                {
                    Enter(neighbor, node, depth[node] + 1);
                }
            }
        }

        return Place(order, above, depth);

        void Enter(int node, int from, int level)
        {
            depth[node] = level;
            above[node] = from;
            order[reached++] = node;
        }
    }

    private static (double X, double Y)[] Place(int[] order, int[] above, int[] depth)
    {
        int count = order.Length;
        int[] leaves = new int[count];
        for (int i = count - 1; i > 0; i--)
        {
            leaves[order[i]] = Math.Max(1, leaves[order[i]]);
            leaves[above[order[i]]] += leaves[order[i]];
        }

        double[] begin = new double[count];
        double[] given = new double[count];
        (double X, double Y)[] places = new (double X, double Y)[count];
        double all = Math.Max(1, leaves[order[0]]);
        for (int i = 1; i < count; i++)
        {
            int node = order[i];
            int parent = above[node];
            begin[node] = begin[parent] + given[parent];
            given[parent] += leaves[node];
            (double x, double y) = PortableMath.OnCircle((begin[node] + leaves[node] / 2.0) / all);
            places[node] = (x * depth[node], y * depth[node]);
        }

        return places;
    }
}
