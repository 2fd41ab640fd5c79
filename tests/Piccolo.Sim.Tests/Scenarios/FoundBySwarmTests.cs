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

    /// <remarks>
    /// Every node floods, and has an answer of its own at once, so that a copy that went to a neighbour finds neither a pending Interest
    /// nor, in a cache of one packet, the Data of the other content. It went round until the end of the run.
    /// </remarks>
    [Fact]
    public void Interests_that_are_answered_on_the_way_do_not_go_round_for_ever_when_caches_are_small()
    {
        var prefix = Name.Parse("/ring");
        LinkSettings wire = Networks.Wire(100 * Millisecond);
        TopologyNode[] nodes = [new("B"), new("C"), new("D")];
        TopologyLink[] links = [new(0, 1, wire), new(1, 2, wire), new(2, 0, wire)];
        using var network = new SimNetwork(
            new Topology(nodes, links), new SimOptions { NodeDefaults = new NodeSettings { ContentStoreCapacity = 1 } });
        foreach (SimNode node in network.Nodes)
        {
            node.Forwarder.SetStrategy(prefix, StrategyRegistry.Multicast);
            Assert.All(network.Nodes.Where(other => other != node), other => Assert.True(node.AddRoute(prefix, node.FaceTo(other)!)));
            node.Add(() => new Producer(new ProducerSettings { Prefix = prefix }));
        }

        network.Nodes[0].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = prefix,
            Gap = Distribution.Constant(Millisecond),
            CountMax = 3,
            RetransmissionsMax = 0,
        }));
        network.RunUntil(10 * Second);
        long frames = network.LinkFrameCount;
        network.RunUntil(20 * Second);

        Assert.InRange(frames, 6, 100);
        Assert.Equal(frames, network.LinkFrameCount);
    }

    /// <remarks>What was corrupted on the way stayed in the cache next to the consumer and answered all that it sent.</remarks>
    [Fact]
    public void Consumer_gets_past_a_cache_that_holds_corrupted_Data()
    {
        var prefix = Name.Parse("/p");
        var broken = new LinkSettings
        {
            RateBps = 0,
            DelayNs = Millisecond,
            Faults = new FaultSettings { CorruptionRate = 1 },
        };
        using SimNetwork network = Networks.Line(new SimOptions(), Networks.Wire(Millisecond), broken);
        Networks.RouteAlongLine(network, prefix);
        network.Nodes[2].Add(() => new Producer(new ProducerSettings { Prefix = prefix, FreshnessMs = 0, PayloadOctets = 1000 }));
        network.Nodes[0].Add(() => new Consumer(
            new ConsumerSettings { Prefix = prefix, Gap = Distribution.Constant(Second), CountMax = 8 }));
        network.At(8 * Second, network.Links[1].BtoA.StopFaults);
        network.At(8 * Second, network.Links[1].AtoB.StopFaults);
        network.RunUntil(100 * Second);

        var consumer = (Consumer)network.Nodes[0].Applications[0];
        Assert.True(consumer.ForgedCount > 0, "no corrupted Data came");
        Assert.Equal((8, 0), (consumer.ReceivedCount, consumer.FailedCount));
    }

    [Fact]
    public void Timers_of_a_node_that_crashed_do_not_wait_until_they_would_be_due()
    {
        using SimNetwork network = Networks.Line(new SimOptions(), Networks.Wire(Millisecond));
        SimNode node = network.Nodes[0];
        bool hasFired = false;
        SimTimer first = node.Schedule(3600 * Second, () => hasFired = true);
        SimTimer second = node.Schedule(3601 * Second, () => hasFired = true);
        node.Schedule(3602 * Second, () => hasFired = true);
        second.Cancel();
        first.Set(3500 * Second);
        Assert.Equal(2, network.PendingEventCount);
        network.At(Second, node.Crash);
        network.RunUntil(2 * Second);
        Assert.Equal(0, network.PendingEventCount);
        Assert.False(first.IsSet);
        network.RunUntil(4000 * Second);
        Assert.False(hasFired);
    }
}
