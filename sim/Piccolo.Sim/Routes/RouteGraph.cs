using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Routes;

/// <summary>A topology as flat arrays: for each node its half-links, in the order of neighbour and link index.</summary>
internal sealed class RouteGraph
{
    private readonly long[]?[] _weights = new long[]?[3];

    internal RouteGraph(Topology topology)
    {
        Topology = topology;
        int nodeCount = topology.Nodes.Count;
        IReadOnlyList<TopologyLink> links = topology.Links;
        First = new int[nodeCount + 1];
        foreach (TopologyLink link in links)
        {
            First[link.A + 1]++;
            First[link.B + 1]++;
        }

        for (int node = 0; node < nodeCount; node++)
        {
            First[node + 1] += First[node];
        }

        Neighbors = new int[First[nodeCount]];
        Links = new int[First[nodeCount]];
        int[] filled = new int[nodeCount];
        for (int i = 0; i < links.Count; i++)
        {
            Put(links[i].A, links[i].B, i);
            Put(links[i].B, links[i].A, i);
        }

        for (int node = 0; node < nodeCount; node++)
        {
            // Links were put in by rising index; the stable order wanted is by neighbour, then by link.
            SortHalves(First[node], First[node + 1] - First[node]);
        }

        void Put(int from, int to, int link)
        {
            int at = First[from] + filled[from]++;
            Neighbors[at] = to;
            Links[at] = link;
        }
    }

    internal Topology Topology { get; }

    internal int NodeCount => First.Length - 1;

    /// <summary>Where a node's half-links begin; they end where the next node's begin.</summary>
    internal int[] First { get; }

    internal int[] Neighbors { get; }

    internal int[] Links { get; }

    /// <summary>The cost of each half-link.</summary>
    /// <exception cref="ScenarioException">A cost is negative, or the sum along a path could leave 63 bits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    internal long[] Weights(RouteMetric metric)
    {
        if ((uint)metric >= (uint)_weights.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "there is no such route metric; say Metric, Delay or Hops");
        }

        long[]? weights = _weights[(int)metric];
        if (weights is null)
        {
            weights = Weigh(metric);
            _weights[(int)metric] = weights;
        }

        return weights;
    }

    private long[] Weigh(RouteMetric metric)
    {
        long limit = long.MaxValue / Math.Max(1, NodeCount) - 1;
        long[] weights = new long[Links.Length];
        for (int half = 0; half < weights.Length; half++)
        {
            TopologyLink link = Topology.Links[Links[half]];
            long weight = metric switch
            {
                RouteMetric.Metric => link.Settings.Metric,
                RouteMetric.Delay => link.Settings.DelayNs,
                _ => 1,
            };
            if (weight < 0 || weight > limit)
            {
                string name = $"{Topology.Nodes[link.A].Name} - {Topology.Nodes[link.B].Name}";
                throw new ScenarioException($"link {name} costs {weight} in routing; it must cost 0 to {limit}");
            }

            weights[half] = weight;
        }

        return weights;
    }

    private void SortHalves(int start, int count)
    {
        if (count > 1)
        {
            Span<int> neighbors = Neighbors.AsSpan(start, count);
            Span<int> links = Links.AsSpan(start, count);
            long[] keys = new long[count];
            for (int i = 0; i < count; i++)
            {
                keys[i] = ((long)neighbors[i] << 32) | (uint)links[i];
            }

            Array.Sort(keys);
            for (int i = 0; i < count; i++)
            {
                neighbors[i] = (int)(keys[i] >> 32);
                links[i] = (int)keys[i];
            }
        }
    }
}
