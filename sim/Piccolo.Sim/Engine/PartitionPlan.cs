using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Engine;

/// <summary>Cuts a topology into parts of equal weight that few links join, and none without delay.</summary>
internal static class PartitionPlan
{
    /// <summary>Makes the cut.</summary>
    /// <param name="topology">What to cut.</param>
    /// <param name="wanted">How many parts.</param>
    /// <param name="count">How many there are: fewer when nodes are, or when links without delay hold too many together.</param>
    /// <param name="lookaheadNs">The least delay of a link between two parts; <see cref="long.MaxValue"/> when there is none.</param>
    /// <returns>The part of each node.</returns>
    /// <remarks>Nodes are taken in breadth-first order, so that parts are near each other's nodes; each weighs 1 and its links.</remarks>
    public static int[] Make(Topology topology, int wanted, out int count, out long lookaheadNs)
    {
        int nodes = topology.Nodes.Count;
        int[] groups = FindInseparable(topology);
        List<int>[] neighbours = new List<int>[nodes];
        long[] weights = new long[nodes];
        long total = 0;
        for (int i = 0; i < nodes; i++)
        {
            neighbours[i] = [];
        }

        foreach (TopologyLink link in topology.Links)
        {
            int a = groups[link.A];
            int b = groups[link.B];
            if (a != b)
            {
                neighbours[a].Add(b);
                neighbours[b].Add(a);
            }

            weights[a]++;
            weights[b]++;
            total += 2;
        }

        for (int i = 0; i < nodes; i++)
        {
            weights[groups[i]]++;
            total++;
        }

        int[] parts = new int[nodes];
        parts.AsSpan().Fill(-1);
        long taken = 0;
        int last = 0;
        var queue = new Queue<int>();
        for (int start = 0; start < nodes; start++)
        {
            if (groups[start] != start || parts[start] >= 0)
            {
                continue;
            }

            queue.Enqueue(start);
            parts[start] = 0;
            while (queue.TryDequeue(out int node))
            {
                last = (int)Math.Min(wanted - 1, taken * wanted / Math.Max(1, total));
                parts[node] = last;
                taken += weights[node];
                foreach (int neighbour in neighbours[node])
                {
                    if (parts[neighbour] < 0)
                    {
                        parts[neighbour] = 0;
                        queue.Enqueue(neighbour);
                    }
                }
            }
        }

        for (int i = 0; i < nodes; i++)
        {
            parts[i] = parts[groups[i]];
        }

        return Number(parts, topology, out count, out lookaheadNs);
    }

    /// <summary>Numbers the parts that have nodes without gaps.</summary>
    private static int[] Number(int[] parts, Topology topology, out int count, out long lookaheadNs)
    {
        Dictionary<int, int> numbers = [];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!numbers.TryGetValue(parts[i], out int number))
            {
                number = numbers.Count;
                numbers.Add(parts[i], number);
            }

            parts[i] = number;
        }

        count = Math.Max(1, numbers.Count);
        lookaheadNs = long.MaxValue;
        foreach (TopologyLink link in topology.Links)
        {
            if (parts[link.A] != parts[link.B])
            {
                lookaheadNs = Math.Min(lookaheadNs, link.Settings.DelayNs);
            }
        }

        return parts;
    }

    /// <summary>Nodes that links without delay join belong to one part; each group is named by its lowest node.</summary>
    private static int[] FindInseparable(Topology topology)
    {
        int[] groups = new int[topology.Nodes.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = i;
        }

        foreach (TopologyLink link in topology.Links)
        {
            if (link.Settings.DelayNs == 0)
            {
                int a = Root(groups, link.A);
                int b = Root(groups, link.B);
                groups[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = Root(groups, i);
        }

        return groups;
    }

    private static int Root(int[] groups, int node)
    {
        while (groups[node] != node)
        {
            node = groups[node] = groups[groups[node]];
        }

        return node;
    }
}
