using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests;

public class SimNetworkTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    private static readonly Name Prefix = Name.Parse("/p");

    [Fact]
    public void Parallel_run_with_every_model_is_the_sequential_one()
    {
        (ulong Digest, long Events, string Counters) one = RunEverything(1);
        foreach (int partitions in new[] { 2, 3 })
        {
            Assert.Equal(one, RunEverything(partitions));
        }
    }

    [Fact]
    public void Timer_set_for_ever_never_fires()
    {
        using SimNetwork network = Networks.Line(new SimOptions(), Networks.Wire(1));
        bool hasFired = false;
        network.At(10, () => network.Nodes[0].Schedule(long.MaxValue, () => hasFired = true));
        network.At(10, () => network.Every(long.MaxValue, () => hasFired = true));
        network.RunUntil(Second);
        Assert.False(hasFired);
        Assert.Equal(Second, network.NowNs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_only_control_events_may_do_is_refused_to_applications(int partitions)
    {
        Action<SimNetwork>[] forbidden =
        [
            network => network.At(network.NowNs + 1, () => { }),
            network => network.RunUntil(2 * Second),
            network => network.Links[0].SetUp(false),
            network => network.Nodes[1].Crash(),
            network => network.Nodes[1].Restart(),
            network => network.Nodes[1].Add(() => new Producer(new ProducerSettings { Prefix = Prefix })),
        ];
        foreach (Action<SimNetwork> action in forbidden)
        {
            using SimNetwork network = Networks.Line(new SimOptions { Partitions = partitions }, Networks.Wire(Millisecond));
            network.Nodes[0].Schedule(1, () => action(network));
            SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(Second));
            Assert.Contains("control event", error.Message, StringComparison.Ordinal);
            Assert.Equal("N0", error.Node);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Network_that_failed_fails_again_and_can_be_disposed_of_twice(int partitions)
    {
        using SimNetwork network = Networks.Line(new SimOptions { Partitions = partitions }, Networks.Wire(Millisecond));
        network.Nodes[1].Schedule(5, () => throw new InvalidOperationException("broken"));
        SimulationException first = Assert.Throws<SimulationException>(() => network.RunUntil(Second));
        SimulationException second = Assert.Throws<SimulationException>(() => network.RunUntil(Second));
        Assert.Same(first, second);
        Assert.Equal(("N1", 5L), (first.Node, first.TimeNs));
        network.Dispose();
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.RunUntil(2 * Second));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_faults_at_one_instant_the_same_one_is_named_however_the_network_is_cut(int partitions)
    {
        TopologyNode[] nodes = [new("d"), new("b"), new("a"), new("c")];
        TopologyLink[] links = [.. Enumerable.Range(0, 3).Select(i => new TopologyLink(i, i + 1, Networks.Wire(Millisecond)))];
        using var network = new SimNetwork(new Topology(nodes, links), new SimOptions { Partitions = partitions });
        Assert.Equal(partitions, network.PartitionCount);
        foreach (SimNode node in network.Nodes)
        {
            // The first by name fails later in the same window.
            node.Schedule(node.Name == "a" ? 6 : 5, () => throw new InvalidOperationException("broken"));
        }

        SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(Second));
        Assert.Equal(("b", 5L), (error.Node, error.TimeNs));
    }

    [Fact]
    public void Settings_for_a_node_that_is_not_there_are_refused()
    {
        var options = new SimOptions { Nodes = new Dictionary<int, NodeSettings> { [2] = new() } };
        ScenarioException error = Assert.Throws<ScenarioException>(() => Networks.Line(options, Networks.Wire(1)));
        Assert.Contains("2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_nonce_of_a_former_life_comes_back()
    {
        using SimNetwork network = Networks.Line(Networks.Uncached(3), Networks.Wire(Millisecond));
        Networks.RouteAlongLine(network, Prefix);
        network.Restarted += node => node.AddRoute(Prefix, node.FaceTo(network.Nodes[1])!);
        network.Nodes[0].Add(() => new Consumer(new ConsumerSettings { Prefix = Prefix, Gap = Distribution.Constant(Millisecond) }));
        var frames = new FrameLog();
        network.Links[0].AtoB.Tap = frames;
        for (int crash = 1; crash <= 3; crash++)
        {
            network.At(crash * 10 * Millisecond, network.Nodes[0].Crash);
            network.At((crash * 10 * Millisecond) + 1, () => network.Nodes[0].Restart());
        }

        network.RunUntil(40 * Millisecond);

        // Each life asks for the same names, so that frames differ by their Nonce only.
        Assert.InRange(frames.All.Count, 35, 45);
        Assert.Equal(frames.All.Count, frames.All.Distinct(StringComparer.Ordinal).Count());
    }

    private static (ulong Digest, long Events, string Counters) RunEverything(int partitions)
    {
        LinkSettings plain = new() { RateBps = 2_000_000, DelayNs = 2 * Millisecond, Queue = new QueueSettings { CapacityPackets = 10 } };
        LinkSettings[] links =
        [
            plain,
            plain with { Queue = new QueueSettings { Kind = QueueKind.CoDel, CapacityPackets = 50 } },
            plain with { Queue = new QueueSettings { Kind = QueueKind.Red } },
            plain with { Faults = new FaultSettings { Loss = LossSettings.GilbertElliott(0.02, 0.3), CorruptionRate = 0.01 } },
            plain with { Faults = new FaultSettings { DuplicationRate = 0.05, ReorderRate = 0.1, ReorderDelayNs = 5 * Millisecond } },
        ];
        var options = new SimOptions
        {
            Seed = 11,
            Partitions = partitions,
            NodeDefaults = new NodeSettings { EnableCongestionMarking = true, ContentStoreCapacity = 20 },
            Nodes = new Dictionary<int, NodeSettings>
            {
                [2] = new() { Cpu = new CpuSettings { PacketNs = 200_000, BacklogMax = 5 } },
                [3] = new() { Clock = new ClockSettings { DriftPpb = 80_000_000 } },
                [4] = new() { Clock = new ClockSettings { DriftPpb = -80_000_000 } },
                [5] = new() { Cpu = new CpuSettings { SignNs = Millisecond } },
            },
        };
        using SimNetwork network = Networks.Line(options, links);
        Assert.Equal(partitions, network.PartitionCount);
        Networks.RouteAlongLine(network, Prefix);
        network.Restarted += node =>
        {
            if (node.Index < 5)
            {
                node.AddRoute(Prefix, node.FaceTo(network.Nodes[node.Index + 1])!);
            }
        };
        network.Nodes[5].Add(() => new Producer(
            new ProducerSettings { Prefix = Prefix, PayloadOctets = 500, Signing = PacketSigning.Hmac }));
        var popularity = new ZipfMandelbrot(200);
        foreach (int node in new[] { 0, 1, 3 })
        {
            network.Nodes[node].Add(() => new Consumer(new ConsumerSettings
            {
                Prefix = Prefix,
                Gap = Distribution.PoissonGapsNs(150),
                Popularity = popularity,
                Verify = PacketSigning.Hmac,
                RetransmissionsMax = 2,
            }));
        }

        network.At(Second, () => network.Links[1].SetUp(false));
        network.At(Second + (100 * Millisecond), () => network.Links[1].SetUp(true));
        network.At(2 * Second, () => network.Nodes[3].Crash());
        network.At(2 * Second + (200 * Millisecond), () => network.Nodes[3].Restart());
        network.Every(Second / 4, network.CheckConservation);
        network.RunUntil(3 * Second);
        string counters = string.Join('\n', network.Links.Select(link => $"{link.AtoB.Counters} {link.BtoA.Counters}"));
        return (network.Digest, network.EventCount, counters);
    }

    private sealed class FrameLog : ILinkTap
    {
        public List<string> All { get; } = [];

        public void OnFrame(LinkDirection direction, long timeNs, ReadOnlySpan<byte> frame, bool isDropped) =>
            All.Add(Convert.ToHexString(frame));
    }
}
