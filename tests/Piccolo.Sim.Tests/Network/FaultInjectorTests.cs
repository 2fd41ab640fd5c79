using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Network;
using Piccolo.Sim.Tests.Applications;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Network;

/// <summary>What a schedule says happens to the network, when it says so and in its order.</summary>
public class FaultInjectorTests
{
    private static readonly LinkSettings Wire = new() { RateBps = 0, DelayNs = 5 * Millisecond };

    [Fact]
    public void Link_is_down_from_its_failure_to_its_repair_to_the_nanosecond()
    {
        using SimNetwork network = Make(3, Wire);
        Install(network, new() { Links = [Outage(0, 20 * Millisecond, 40 * Millisecond), Outage(1, 30 * Millisecond)] });
        (long TimeNs, bool First, bool Second)[] expected =
        [
            (0, true, true), ((20 * Millisecond) - 1, true, true), (20 * Millisecond, false, true),
            ((30 * Millisecond) - 1, false, true), (30 * Millisecond, false, false), ((40 * Millisecond) - 1, false, false),
            (40 * Millisecond, true, false), (Second, true, false),
        ];
        foreach ((long timeNs, bool first, bool second) in expected)
        {
            network.RunUntil(timeNs);
            Assert.Equal((timeNs, first, second), (timeNs, network.Links[0].IsUp, network.Links[1].IsUp));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cut_loses_what_travels_in_both_directions_and_nothing_else(int partitions)
    {
        using SimNetwork network = Make(2, Wire, partitions: partitions);
        Install(network, new() { Links = [Outage(0, 20 * Millisecond, 40 * Millisecond)] });
        LinkDirection[] directions = [network.Links[0].AtoB, network.Links[0].BtoA];
        foreach (LinkDirection direction in directions)
        {
            for (int i = 1; i <= 60; i++)
            {
                direction.From.Schedule(i * Millisecond, () => direction.Send(new byte[10]));
            }
        }

        network.RunUntil(Second);

        // A frame of a millisecond arrives 5 ms later: 1 to 14 before the cut, 40 to 60 after it; that of 15 arrives as the link is cut.
        Assert.All(directions, direction => Assert.Equal(
            (60L, 14L + 21, 25L), (direction.Counters.Sent, direction.Counters.Delivered, direction.Counters.DroppedDown)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Crashed_node_comes_back_with_its_tables_or_without(bool keepsState)
    {
        using SimNetwork network = Make(3, Wire);
        RouteToLast(network, "/p");
        int lives = 0;
        int empty = 0;
        network.Restarted += _ => empty++;
        network.Nodes[2].Add(() => new Producer(new ProducerSettings { Prefix = Name.Parse("/p"), FreshnessMs = 60_000 }));
        network.Nodes[0].Add(() => new Consumer(new ConsumerSettings { Prefix = Name.Parse("/p"), Batches = [(0, 7)] }));
        network.Nodes[1].Add(() =>
        {
            lives++;
            return new Own(async (it, _) =>
            {
                if (lives == 1)
                {
                    await it.Node.Disk.WriteAsync("flushed", new byte[10]);
                    await it.Node.Disk.FlushAsync("flushed");
                    await it.Node.Disk.WriteAsync("lost", new byte[10]);
                }
            });
        });
        Install(network, new() { Nodes = [new("n1", 100 * Millisecond, 300 * Millisecond, keepsState)] });

        network.RunUntil((100 * Millisecond) - 1);
        Assert.True(network.Nodes[1].IsUp);
        Assert.Equal(7, network.Nodes[1].Forwarder.ContentStoreEntryCount);
        network.RunUntil(100 * Millisecond);
        Assert.False(network.Nodes[1].IsUp);
        network.RunUntil((300 * Millisecond) - 1);
        Assert.False(network.Nodes[1].IsUp);
        network.RunUntil(300 * Millisecond);
        Assert.True(network.Nodes[1].IsUp);
        network.RunUntil(Second);

        Assert.Equal(keepsState ? 7 : 0, network.Nodes[1].Forwarder.ContentStoreEntryCount);
        Assert.Equal(keepsState ? 1 : 0, network.Nodes[1].Forwarder.FindRoute(Name.Parse("/p")).NextHops.Count);
        Assert.Equal((2, keepsState ? 0 : 1), (lives, empty));

        // A power cut takes what was not flushed, and no more.
        Assert.Equal(10, network.Nodes[1].Disk.UsedOctets);
    }

    [Fact]
    public void Nothing_crosses_a_partition_and_what_is_inside_of_a_group_goes_on()
    {
        using SimNetwork network = Make(4, Wire);
        Install(network, new() { Partitions = [new([["n0", "n1"], ["n2", "n3"]], 20 * Millisecond, 40 * Millisecond)] });
        foreach (SimLink link in network.Links)
        {
            for (int i = 1; i <= 60; i++)
            {
                link.A.Schedule(i * Millisecond, () => link.AtoB.Send(new byte[10]));
                link.B.Schedule(i * Millisecond, () => link.BtoA.Send(new byte[10]));
            }
        }

        network.RunUntil(Second);
        Assert.Equal(
            [0, 0, 25, 25, 0, 0],
            network.Links.SelectMany(link => new[] { link.AtoB, link.BtoA }).Select(direction => direction.Counters.DroppedDown));
    }

    [Fact]
    public void Repairs_of_a_time_come_before_its_failures_and_each_is_told_of_when_it_was_noticed()
    {
        const long Time = 50 * Millisecond;
        using SimNetwork network = Make(6, Wire);
        List<string> seen = [];
        network.Restarted += node => seen.Add($"{node.Name} empty: {Look()}");
        IReadOnlyList<FaultAction> actions = FaultInjector.Install(
            network,
            new()
            {
                Links = [Outage(1, Time), Outage(0, 10, Time)],
                Nodes = [new("n3", Time), new("n4", 20, Time), new("n5", 30, Time, KeepsState: true)],
            },
            Second,
            () => seen.Add($"{network.NowNs}"),
            changedAfterNs: 7);
        string Look() => string.Concat(
            network.Links[0].IsUp ? "L0 " : "", network.Links[1].IsUp ? "L1 " : "",
            network.Nodes[3].IsUp ? "n3 " : "", network.Nodes[5].IsUp ? "n5" : "");
        network.At(Time, () => seen.Add("after: " + Look()));
        network.RunUntil(Second);

        Assert.Equal(
            ["17", "27", "37", "n4 empty: L0 L1 n3 n5", "after: L0 n5", .. Enumerable.Repeat($"{Time + 7}", 5)], seen);
        Assert.Equal(actions.Order(), actions);
        Assert.Equal(8, actions.Count);
    }

    [Fact]
    public void Past_and_end_of_the_run_bound_what_happens_and_what_is_told()
    {
        using SimNetwork network = Make(3, Wire);
        network.RunUntil(15);
        int told = 0;
        var schedule = new FaultSchedule { Links = [Outage(0, 10, 20), Outage(1, 90), Outage(0, 100)] };
        FaultInjector.Install(network, schedule, 100, () => told++, changedAfterNs: 10);

        // What was over before does not happen; what would be noticed at the end is not told any more.
        Assert.True(network.Links[0].IsUp);
        network.RunUntil(1000);
        Assert.Equal((true, false, 1), (network.Links[0].IsUp, network.Links[1].IsUp, told));
    }

    private static LinkOutage Outage(int link, long downNs, long? upNs = null) => new(new($"n{link}", $"n{link + 1}"), downNs, upNs);

    private static void Install(SimNetwork network, FaultSchedule schedule) => FaultInjector.Install(network, schedule, 10 * Second);
}
