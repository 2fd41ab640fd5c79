using Piccolo.Forwarder.Strategies;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Faults of the product that swarms found, each made as small as it gets.</summary>
public sealed class FoundBySwarmTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    /// <remarks>
    /// D loses its tables while its Interest is in the ring. What comes back from C is new to D then, so that D, B and C each wait for
    /// the one before: every copy came over the very face it had come over before, which is no loop to a node but a retransmission, and
    /// each renewed the entry. It went round until the end of the run.
    /// </remarks>
    [Fact]
    public void Interest_in_a_ring_whose_node_restarted_does_not_go_round_for_ever()
    {
        var prefix = Name.Parse("/ring");
        LinkSettings wire = Networks.Wire(100 * Millisecond);
        TopologyNode[] nodes = [new("A"), new("D"), new("B"), new("C")];
        TopologyLink[] links = [new(0, 1, wire), new(1, 2, wire), new(2, 3, wire), new(3, 1, wire)];
        using var network = new SimNetwork(new Topology(nodes, links), Networks.Uncached(seed: 1));
        SimNode a = network.Nodes[0];
        SimNode d = network.Nodes[1];
        SimNode b = network.Nodes[2];
        SimNode c = network.Nodes[3];
        Route(a, d);
        RouteD();
        Route(b, c, d);
        Route(c, d, b);
        a.Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = prefix,
            Gap = Distribution.Constant(Second),
            CountMax = 1,
            LifetimeMs = 1000,
            RetransmissionsMax = 0,
        }));
        network.At(50 * Millisecond, () => network.Links[3].SetUp(false));
        network.At(150 * Millisecond, () => network.Links[3].SetUp(true));
        network.At(160 * Millisecond, d.Crash);
        network.At(170 * Millisecond, () =>
        {
            d.Restart();
            RouteD();
        });

        network.RunUntil(Second);
        long framesOfTheFirst = network.LinkFrameCount;
        network.RunUntil(20 * Second);

        Assert.True(framesOfTheFirst > 6, "the Interest did not come round to the node that forgot it");
        Assert.All(network.Nodes, static node => Assert.Equal(0, node.Forwarder.PitEntryCount));

        void RouteD() => Route(d, b, c);

        void Route(SimNode from, params SimNode[] hops)
        {
            from.Forwarder.SetStrategy(prefix, StrategyRegistry.Multicast);
            Assert.All(hops, hop => Assert.True(from.AddRoute(prefix, from.FaceTo(hop)!)));
        }
    }
}
