namespace Piccolo.Sim.Topologies;

public static partial class TopologyGenerator
{
    /// <summary>A data centre: k pods of k/2 edge and k/2 aggregation switches, (k/2)² core switches, k/2 hosts at each edge.</summary>
    /// <param name="k">Ports of a switch; even.</param>
    /// <param name="hosts">1 adds the hosts, 0 leaves them out.</param>
    /// <param name="links">What every link is like.</param>
    /// <remarks>Source: Al-Fares, Loukissas, Vahdat, "A Scalable, Commodity Data Center Network Architecture", 2008.</remarks>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology FatTree(int k, int hosts, LinkSettings links)
    {
        Require(k >= 2 && k % 2 == 0, $"a fat tree's k is an even number from 2, not {k}");
        Require(hosts is 0 or 1, $"a fat tree has hosts (1) or not (0), not {hosts}");
        long half = k / 2;
        RequireSize("fat-tree", half * half + 2 * k * half + hosts * k * half * half, (2 + hosts) * k * half * half);
        List<TopologyNode> made = [];
        List<TopologyLink> edges = [];
        int n = (int)half;
        double width = k * n * n;
        for (int core = 0; core < n * n; core++)
        {
            made.Add(new TopologyNode(Id("core", core), Round((core + 0.5) * width / (n * n)), 0, "core"));
        }

        for (int pod = 0; pod < k; pod++)
        {
            int firstAggregation = made.Count;
            double left = pod * n * n;
            for (int i = 0; i < n; i++)
            {
                made.Add(new TopologyNode(Id(Id("agg", pod) + "-", i), Round(left + (i + 0.5) * n), width / 8, "aggregation"));
                for (int port = 0; port < n; port++)
                {
                    edges.Add(new TopologyLink(i * n + port, firstAggregation + i, links));
                }
            }

            for (int i = 0; i < n; i++)
            {
                int edge = made.Count;
                made.Add(new TopologyNode(Id(Id("edge", pod) + "-", i), Round(left + (i + 0.5) * n), width / 4, "edge"));
                for (int above = 0; above < n; above++)
                {
                    edges.Add(new TopologyLink(firstAggregation + above, edge, links));
                }

                for (int host = 0; host < n * hosts; host++)
                {
                    edges.Add(new TopologyLink(edge, made.Count, links));
                    string name = Id(Id(Id("host", pod) + "-", i) + "-", host);
                    made.Add(new TopologyNode(name, Round(left + i * n + host + 0.5), width / 3, "host"));
                }
            }
        }

        return new Topology(made, edges);
    }

    /// <summary>A network's edge with links alike at every level.</summary>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology EdgeHierarchy(int core, int aggregation, int edge, int hosts, LinkSettings links) =>
        EdgeHierarchy(core, aggregation, edge, hosts, links, links, links, links);

    /// <summary>A network's edge: core nodes in a full mesh, aggregation below them, edge nodes below those, hosts at the edges.</summary>
    /// <param name="core">How many core nodes.</param>
    /// <param name="aggregation">How many aggregation nodes below each core node; each has a second link, to the next core node.</param>
    /// <param name="edge">How many edge nodes below each aggregation node.</param>
    /// <param name="hosts">How many hosts at each edge node.</param>
    /// <param name="coreLinks">The links among core nodes.</param>
    /// <param name="aggregationLinks">The links from core to aggregation.</param>
    /// <param name="edgeLinks">The links from aggregation to edge.</param>
    /// <param name="hostLinks">The links from edge to hosts.</param>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology EdgeHierarchy(
        int core,
        int aggregation,
        int edge,
        int hosts,
        LinkSettings coreLinks,
        LinkSettings aggregationLinks,
        LinkSettings edgeLinks,
        LinkSettings hostLinks)
    {
        Require(
            core >= 1 && aggregation >= 1 && edge >= 1 && hosts >= 0,
            $"an edge hierarchy needs core, aggregation and edge nodes, not {core}, {aggregation}, {edge} with {hosts} hosts");
        long aggregations = (long)core * aggregation;
        Int128 nodes = core + aggregations + (Int128)aggregations * edge + (Int128)aggregations * edge * hosts;
        Int128 count = nodes - core + (core > 1 ? aggregations : 0) + (long)core * (core - 1) / 2;
        RequireSize("edge-hierarchy", (long)Int128.Min(nodes, long.MaxValue), (long)Int128.Min(count, long.MaxValue));
        List<TopologyNode> made = [];
        List<TopologyLink> edges = [];
        double slot = Math.Max(1, hosts);
        double coreWidth = aggregation * edge * slot;
        for (int c = 0; c < core; c++)
        {
            made.Add(new TopologyNode(Id("core", c), Round((c + 0.5) * coreWidth), 0, "core"));
            for (int other = 0; other < c; other++)
            {
                edges.Add(new TopologyLink(other, c, coreLinks));
            }
        }

        double step = Round(core * coreWidth / 6);
        for (int c = 0; c < core; c++)
        {
            for (int a = 0; a < aggregation; a++)
            {
                int above = made.Count;
                string name = Id(Id("", c) + "-", a);
                double left = c * coreWidth + a * edge * slot;
                made.Add(new TopologyNode("agg" + name, Round(left + edge * slot / 2), step, "aggregation"));
                edges.Add(new TopologyLink(c, above, aggregationLinks));
                if (core > 1)
                {
                    edges.Add(new TopologyLink((c + 1) % core, above, aggregationLinks));
                }

                for (int e = 0; e < edge; e++)
                {
                    AddEdge(above, Id(name + "-", e), left + e * slot);
                }
            }
        }

        return new Topology(made, edges);

        void AddEdge(int above, string name, double left)
        {
            int index = made.Count;
            made.Add(new TopologyNode("edge" + name, Round(left + slot / 2), 2 * step, "edge"));
            edges.Add(new TopologyLink(above, index, edgeLinks));
            for (int host = 0; host < hosts; host++)
            {
                edges.Add(new TopologyLink(index, made.Count, hostLinks));
                made.Add(new TopologyNode(Id("host" + name + "-", host), Round(left + host + 0.5), 3 * step, "host"));
            }
        }
    }
}
