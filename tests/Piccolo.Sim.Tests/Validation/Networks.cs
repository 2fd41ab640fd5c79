using Piccolo.Ndn.Naming;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>Small networks to validate the simulator with.</summary>
internal static class Networks
{
    /// <summary>Nodes N0, N1, ... in a line; link i joins Ni and Ni+1. Nobody caches unless the options say so.</summary>
    public static SimNetwork Line(SimOptions options, params LinkSettings[] links)
    {
        TopologyNode[] nodes = [.. Enumerable.Range(0, links.Length + 1).Select(i => new TopologyNode($"N{i}"))];
        TopologyLink[] joined = [.. links.Select((settings, i) => new TopologyLink(i, i + 1, settings))];
        return new SimNetwork(new Topology(nodes, joined), options);
    }

    /// <summary>Options without caches.</summary>
    public static SimOptions Uncached(ulong seed, int partitions = 1) => new()
    {
        Seed = seed,
        Partitions = partitions,
        NodeDefaults = new NodeSettings { ContentStoreCapacity = 0 },
    };

    /// <summary>A link without a limit of rate.</summary>
    public static LinkSettings Wire(long delayNs) => new() { RateBps = 0, DelayNs = delayNs };

    /// <summary>Routes a prefix from each node of a line to the next one.</summary>
    public static void RouteAlongLine(SimNetwork network, Name prefix)
    {
        for (int i = 0; i < network.Nodes.Count - 1; i++)
        {
            SimNode node = network.Nodes[i];
            Assert.True(node.AddRoute(prefix, node.FaceTo(network.Nodes[i + 1])!));
        }
    }
}
