using FsCheck;
using FsCheck.Fluent;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Routes;

/// <summary>Small random topologies, disconnected and with parallel and free links now and then, and masks over them.</summary>
internal sealed record RandomGraph(Topology Topology, int[] Producers, bool[] LinksDown, bool[] NodesDown)
{
    internal static Arbitrary<RandomGraph> Any => (
        from nodes in Gen.Choose(1, 9)
        from linkCount in Gen.Choose(0, nodes == 1 ? 0 : 2 * nodes)
        from ends in Gen.Choose(0, nodes * (nodes - 1) - (nodes == 1 ? 0 : 1)).ArrayOf(linkCount)
        from metrics in Gen.Choose(0, 4).ArrayOf(linkCount)
        from producers in Gen.Choose(0, nodes - 1).NonEmptyListOf()
        from linksDown in Gen.Choose(0, 9).ArrayOf(linkCount)
        from nodesDown in Gen.Choose(0, 14).ArrayOf(nodes)
        select Make(nodes, ends, metrics, [.. producers], linksDown, nodesDown)).ToArbitrary();

    internal RouteMask Mask()
    {
        RouteMask mask = new(Topology);
        for (int i = 0; i < LinksDown.Length; i++)
        {
            if (LinksDown[i])
            {
                mask.TakeLinkDown(i);
            }
        }

        for (int i = 0; i < NodesDown.Length; i++)
        {
            if (NodesDown[i])
            {
                mask.TakeNodeDown(i);
            }
        }

        return mask;
    }

    /// <summary>The cost of every pair, by Floyd and Warshall.</summary>
    internal long[,] AllCosts()
    {
        int count = Topology.Nodes.Count;
        long[,] cost = new long[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                cost[i, j] = i == j && !NodesDown[i] ? 0 : long.MaxValue;
            }
        }

        for (int i = 0; i < LinksDown.Length; i++)
        {
            TopologyLink link = Topology.Links[i];
            if (!LinksDown[i] && !NodesDown[link.A] && !NodesDown[link.B])
            {
                cost[link.A, link.B] = Math.Min(cost[link.A, link.B], link.Settings.Metric);
                cost[link.B, link.A] = cost[link.A, link.B];
            }
        }

        for (int via = 0; via < count; via++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    if (cost[i, via] != long.MaxValue && cost[via, j] != long.MaxValue)
                    {
                        cost[i, j] = Math.Min(cost[i, j], cost[i, via] + cost[via, j]);
                    }
                }
            }
        }

        return cost;
    }

    private static RandomGraph Make(int nodes, int[] ends, int[] metrics, int[] producers, int[] linksDown, int[] nodesDown)
    {
        List<TopologyLink> links = [];
        for (int i = 0; i < ends.Length; i++)
        {
            int a = ends[i] / (nodes - 1);
            int b = ends[i] % (nodes - 1);
            links.Add(new TopologyLink(a, b >= a ? b + 1 : b, new LinkSettings { Metric = metrics[i] }));
        }

        TopologyNode[] made = [.. Enumerable.Range(0, nodes).Select(i => new TopologyNode($"n{i}"))];
        bool[] deadLinks = [.. linksDown.Select(draw => draw == 0)];
        return new RandomGraph(new Topology(made, links), producers, deadLinks, [.. nodesDown.Select(draw => draw == 0)]);
    }
}
