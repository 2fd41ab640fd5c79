using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Engine;

/// <summary>Cuts a topology into parts of equal weight: at links with delay only, and at long ones rather than short ones.</summary>
internal static class PartitionPlan
{
    /// <summary>Several for each thread, so that threads can share them out by what each turns out to have to do.</summary>
    private const int PartsPerThread = 8;

    /// <summary>A thread must get so many of the groups that stay together, but for a fifth.</summary>
    private const int GroupsPerThreadMin = 2;

    /// <summary>
    /// The tables of so many nodes are in a core's own cache together. That is why a single thread has parts as well: what it runs of
    /// a window it runs part by part.
    /// </summary>
    public const int NodesPerPart = 32;

    /// <summary>Every window looks at every part.</summary>
    private const int PartsMax = 64;

    /// <summary>Below it windows hold so few events that parts are no gain on a single thread.</summary>
    private const long OneThreadLookaheadMinNs = 200_000;

    /// <summary>Makes the cut.</summary>
    /// <param name="topology">What to cut.</param>
    /// <param name="threads">For how many threads.</param>
    /// <param name="nodesPerPart">How many nodes to have in a part at least.</param>
    /// <param name="count">How many parts there are: fewer when nodes are, or when links without delay hold too many together.</param>
    /// <param name="lookaheadNs">The least delay of a link between two parts; <see cref="long.MaxValue"/> when there is none.</param>
    /// <returns>The part of each node.</returns>
    public static int[] Make(Topology topology, int threads, int nodesPerPart, out int count, out long lookaheadNs)
    {
        int wanted = PartsFor(topology, threads, nodesPerPart);
        if (wanted > 1)
        {
            int[] parts = Number(Cut(topology, FindGroups(topology, threads, wanted), wanted), topology, out count, out lookaheadNs);
            if (threads > 1 || lookaheadNs >= OneThreadLookaheadMinNs)
            {
                return parts;
            }
        }

        count = 1;
        lookaheadNs = long.MaxValue;
        return new int[topology.Nodes.Count];
    }

    private static int PartsFor(Topology topology, int threads, int nodesPerPart)
    {
        int parts = Math.Clamp(topology.Nodes.Count / nodesPerPart, 1, PartsMax);
        int wanted = Math.Min(threads * PartsPerThread, Math.Max(threads, PartsMax));
        return threads == 1 ? parts : Math.Max(parts, wanted);
    }

    /// <summary>
    /// Takes groups in breadth-first order, so that parts are near each other's nodes; a node weighs 1 and its links. The part of a group
    /// stands at its lowest node, and then at all of it.
    /// </summary>
    private static int[] Cut(Topology topology, int[] groups, int wanted)
    {
        List<int>[] neighbours = NeighboursOf(topology, groups);
        long[] weights = WeightsOf(topology, groups);
        long total = Math.Max(1, weights.Sum());
        int[] parts = new int[groups.Length];
        parts.AsSpan().Fill(-1);
        long taken = 0;
        var queue = new Queue<int>();
        for (int start = 0; start < groups.Length; start++)
        {
            if (groups[start] != start || parts[start] >= 0)
            {
                continue;
            }

            queue.Enqueue(start);
            parts[start] = 0;
            while (queue.TryDequeue(out int group))
            {
                parts[group] = (int)Math.Min(wanted - 1, taken * wanted / total);
                taken += weights[group];
                foreach (int neighbour in neighbours[group])
                {
                    if (parts[neighbour] < 0)
                    {
                        parts[neighbour] = 0;
                        queue.Enqueue(neighbour);
                    }
                }
            }
        }

        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = parts[groups[i]];
        }

        return parts;
    }

    /// <summary>Which groups links join, at the lowest node of each.</summary>
    private static List<int>[] NeighboursOf(Topology topology, int[] groups)
    {
        var neighbours = new List<int>[groups.Length];
        for (int i = 0; i < neighbours.Length; i++)
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
        }

        return neighbours;
    }

    private static long[] WeightsOf(Topology topology, int[] groups)
    {
        long[] weights = new long[groups.Length];
        foreach (int group in groups)
        {
            weights[group]++;
        }

        foreach (TopologyLink link in topology.Links)
        {
            weights[groups[link.A]]++;
            weights[groups[link.B]]++;
        }

        return weights;
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

    /// <summary>
    /// Nodes that stay together: those joined by links without delay, and by the shorter ones as long as no group becomes too large for
    /// threads to share the groups evenly. The shortest link that is cut is how far threads may run apart.
    /// </summary>
    private static int[] FindGroups(Topology topology, int threads, int wanted)
    {
        IEnumerable<long> all = topology.Links.Select(static link => link.Settings.DelayNs);
        long[] delays = [.. all.Where(static delay => delay > 0).Distinct().Order()];
        int share = threads == 1 ? Math.Max(1, wanted / GroupsPerThreadMin) : threads * GroupsPerThreadMin;
        long weightMax = (topology.Nodes.Count + (2L * topology.Links.Count)) * 6 / (5 * share);
        int low = 0;
        int high = delays.Length - 1;
        int[] groups = FindInseparable(topology, 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            int[] candidate = FindInseparable(topology, delays[middle]);
            if (WeightsOf(topology, candidate).Max() <= weightMax)
            {
                groups = candidate;
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return groups;
    }

    /// <summary>Nodes that links of less than a delay join belong to one group; each is named by its lowest node.</summary>
    private static int[] FindInseparable(Topology topology, long delayNs)
    {
        int[] groups = new int[topology.Nodes.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = i;
        }

        foreach (TopologyLink link in topology.Links)
        {
            if (link.Settings.DelayNs < delayNs)
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
