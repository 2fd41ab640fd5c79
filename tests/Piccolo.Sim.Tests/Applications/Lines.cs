using Piccolo.Ndn.Naming;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Lines of nodes n0 - n1 - ... with routes towards the last.</summary>
internal static class Lines
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    public static SimNetwork Make(
        int nodes, LinkSettings link, ulong seed = 1, int partitions = 1, NodeSettings? all = null,
        params (int Node, NodeSettings Settings)[] special)
    {
        TopologyNode[] named = [.. Enumerable.Range(0, nodes).Select(i => new TopologyNode($"n{i}"))];
        TopologyLink[] links = [.. Enumerable.Range(0, nodes - 1).Select(i => new TopologyLink(i, i + 1, link))];
        return new SimNetwork(new Topology(named, links), new SimOptions
        {
            Seed = seed,
            Partitions = partitions,
            NodeDefaults = all ?? new NodeSettings(),
            Nodes = special.ToDictionary(one => one.Node, one => one.Settings),
        });
    }

    /// <summary>Routes a prefix to the last node, there to be registered by an application, and keeps it so after restarts.</summary>
    public static void RouteToLast(SimNetwork network, string prefix)
    {
        for (int i = 0; i < network.Nodes.Count - 1; i++)
        {
            Assert.True(network.Nodes[i].AddRoute(Name.Parse(prefix), network.Nodes[i].FaceTo(network.Nodes[i + 1])!));
        }
    }

    /// <summary>Sees to it that no frame is out, in any partition.</summary>
    public static void AssertNoFrameIsOut(SimNetwork network) =>
        Assert.All(network.Nodes, node => Assert.True(
            node.Partition.Frames.Outstanding == 0, $"{node.Name}: {node.Partition.Frames.DescribeOutstanding()}"));
}
