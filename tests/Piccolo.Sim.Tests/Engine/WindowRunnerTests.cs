using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Engine;

public class WindowRunnerTests
{
    private const long Millisecond = 1_000_000;
    private const int Side = 9;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8)]
    [InlineData(2, 1)]
    [InlineData(2, 32)]
    [InlineData(3, 8)]
    [InlineData(4, 1)]
    [InlineData(8, 1)]
    public void Digest_depends_on_no_cut(int threads, int nodesPerPart)
    {
        (ulong Digest, long Events, long Received) whole = RunUneven(1, int.MaxValue, out int wholeThreads);
        (ulong Digest, long Events, long Received) cut = RunUneven(threads, nodesPerPart, out int usedThreads);
        Assert.Equal(whole, cut);
        Assert.Equal((1, threads), (wholeThreads, usedThreads));
        Assert.True(whole.Received > 5_000, $"{whole.Received} contents came");
    }

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public void Use_of_another_node_is_refused_and_says_whose_code_did_it_when(int threads, int nodesPerPart)
    {
        using SimNetwork network = Grid(threads, nodesPerPart);
        network.Nodes[0].Schedule(5, () => network.Nodes[Side + 1].Schedule(7, () => { }));
        SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(Millisecond));
        Assert.Contains($"'{network.Nodes[0].Name}' uses this node", error.Message, StringComparison.Ordinal);
        Assert.Equal((network.Nodes[Side + 1].Name, 5), (error.Node, error.TimeNs));
    }

    [Fact]
    public void Parts_move_to_a_lane_that_has_less_to_do()
    {
        Partition[] partitions = [.. Enumerable.Range(0, 4).Select(i => new Partition(i, 2))];
        var balance = new LaneBalance(partitions, 2);
        Assert.Equal([0, 0, 1, 1], partitions.Select(partition => partition.Lane));
        Assert.NotSame(partitions[0].Buffers, partitions[2].Buffers);

        Run(partitions, [100, 90, 2, 1]);
        Assert.True(balance.TryImprove());
        Assert.NotEqual(partitions[0].Lane, partitions[1].Lane);
        foreach (Partition partition in partitions)
        {
            Assert.Contains(partition, balance.PartitionsOf(partition.Lane));
            Assert.DoesNotContain(partition, balance.PartitionsOf(1 - partition.Lane));
            Assert.Equal(partition.Lane == partitions[0].Lane, ReferenceEquals(partition.Buffers, partitions[0].Buffers));
        }

        // What was counted once is not counted again, and what gains nothing moves nothing.
        int[] lanes = [.. partitions.Select(partition => partition.Lane)];
        Run(partitions, [50, 49, 1, 1]);
        Assert.False(balance.TryImprove());
        Assert.Equal(lanes, partitions.Select(partition => partition.Lane));
    }

    [Fact]
    public void No_lane_is_left_without_a_part()
    {
        Partition[] partitions = [.. Enumerable.Range(0, 8).Select(i => new Partition(i, 4))];
        var balance = new LaneBalance(partitions, 4);
        Run(partitions, [100, 90, 0, 0, 0, 0, 0, 0]);
        Assert.True(balance.TryImprove());
        Assert.All(Enumerable.Range(0, 4), lane => Assert.NotEmpty(balance.PartitionsOf(lane)));
    }

    [Fact]
    public void Load_is_uneven_when_a_lane_has_a_tenth_more_than_the_mean()
    {
        var load = new LaneLoad(2);
        load.Add(0, 100);
        load.Add(1, 0);
        Assert.False(load.IsUneven(2));
        load.Add(0, 100);
        load.Add(1, 190);
        Assert.False(load.IsUneven(2));
        load.Add(0, 100);
        load.Add(1, 100);
        Assert.False(load.IsUneven(2));
        load.Add(1, 60);
        Assert.True(load.IsUneven(2));
    }

    private static void Run(Partition[] partitions, int[] events)
    {
        var target = new Nothing();
        foreach (Partition partition in partitions)
        {
            long now = partition.NowNs;
            for (int i = 0; i < events[partition.Index]; i++)
            {
                partition.Post(now + 1 + i, 0, target, 0, null);
            }

            Assert.Null(partition.RunAlone(now + 1000));
        }
    }

    /// <summary>All traffic is in one corner, so that lanes with as many nodes have unequal work.</summary>
    private static (ulong Digest, long Events, long Received) RunUneven(int threads, int nodesPerPart, out int usedThreads)
    {
        using SimNetwork network = Grid(threads, nodesPerPart);
        usedThreads = network.PartitionCount;
        for (int row = 0; row < 3; row++)
        {
            var prefix = Name.Parse($"/row/{row}");
            for (int column = 0; column < 4; column++)
            {
                SimNode at = network.Nodes[(row * Side) + column];
                Assert.True(at.AddRoute(prefix, at.FaceTo(network.Nodes[(row * Side) + column + 1])!));
            }

            network.Nodes[(row * Side) + 4].Add(() => new Producer(new ProducerSettings { Prefix = prefix }));
            network.Nodes[row * Side].Add(() => new Consumer(
                new ConsumerSettings { Prefix = prefix, Gap = Distribution.Exponential(Millisecond / 4) }));
        }

        network.RunUntil(600 * Millisecond);
        long received = network.Nodes.SelectMany(node => node.Applications.OfType<Consumer>()).Sum(consumer => consumer.ReceivedCount);
        return (network.Digest, network.EventCount, received);
    }

    private static SimNetwork Grid(int threads, int nodesPerPart) => new(
        TopologyGenerator.Grid(Side, Side, new LinkSettings { RateBps = 100_000_000, DelayNs = 4 * Millisecond }),
        new SimOptions { Seed = 3, Partitions = threads, NodesPerPart = nodesPerPart });

    private sealed class Nothing : IEventTarget
    {
        public void Fire(Partition partition, long argument, object? payload)
        {
        }

        public void Expect(bool isAtOnce)
        {
        }
    }
}
