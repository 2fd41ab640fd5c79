using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

public class FaultScheduleTests
{
    private const long Second = 1_000_000_000;

    /// <summary>a - b - c - d, and a second link between b and c.</summary>
    private static readonly Topology Line = new(
        [new("a"), new("b"), new("c"), new("d")],
        [new(0, 1, new()), new(1, 2, new()), new(2, 3, new()), new(2, 1, new())]);

    [Fact]
    public void Outages_at_given_times_become_actions_in_order()
    {
        var schedule = new FaultSchedule
        {
            Links = [new(new("b", "a"), 5, 9), new(new("a", "b"), 20)],
            Nodes = [new("d", 7, 20), new("a", 1, 9, KeepsState: true)],
        };
        Assert.Equal(
            [
                new(1, FaultActionKind.NodeCrash, 0), new(5, FaultActionKind.LinkDown, 0), new(7, FaultActionKind.NodeCrash, 3),
                new(9, FaultActionKind.LinkUp, 0), new(9, FaultActionKind.NodeRestartWithState, 0),
                new(20, FaultActionKind.NodeRestartEmpty, 3), new(20, FaultActionKind.LinkDown, 0),
            ],
            Expand(schedule));
    }

    [Fact]
    public void Nothing_happens_from_the_end_on()
    {
        var schedule = new FaultSchedule { Links = [new(new("a", "b"), 5, 9), new(new("a", "b"), 10, 11)] };
        Assert.Equal([new FaultAction(5, FaultActionKind.LinkDown, 0)], schedule.Expand(Line, new RandomStreams(1), 9));
    }

    [Fact]
    public void Partition_cuts_every_link_between_its_groups_until_it_heals()
    {
        var schedule = new FaultSchedule { Partitions = [new([["a", "b"], ["c"]], 10, 30)] };
        Assert.Equal(
            [
                new(10, FaultActionKind.LinkDown, 1), new(10, FaultActionKind.LinkDown, 2), new(10, FaultActionKind.LinkDown, 3),
                new(30, FaultActionKind.LinkUp, 1), new(30, FaultActionKind.LinkUp, 2), new(30, FaultActionKind.LinkUp, 3),
            ],
            Expand(schedule));
    }

    [Fact]
    public void Link_that_two_causes_have_down_comes_up_after_the_later()
    {
        var schedule = new FaultSchedule
        {
            Links = [new(new("c", "d"), 5, 20), new(new("c", "d"), 40, 50)],
            Partitions = [new([["d"]], 10, 30), new([["d"]], 30, 35)],
        };
        Assert.Equal(
            [
                new(5, FaultActionKind.LinkDown, 2), new(35, FaultActionKind.LinkUp, 2),
                new(40, FaultActionKind.LinkDown, 2), new(50, FaultActionKind.LinkUp, 2),
            ],
            Expand(schedule));
    }

    [Fact]
    public void Node_that_one_of_two_causes_makes_forget_restarts_empty()
    {
        var timing = new FaultTiming { IsPeriodic = true, BetweenNs = 10, RepairNs = 10, UntilNs = 25 };
        var schedule = new FaultSchedule
        {
            Nodes = [new("a", 15, 30, KeepsState: false)],
            RandomNodes = [new(timing, ["a"], KeepsState: true)],
        };
        Assert.Equal([new(10, FaultActionKind.NodeCrash, 0), new(30, FaultActionKind.NodeRestartEmpty, 0)], Expand(schedule));
    }

    [Fact]
    public void Periodic_faults_come_at_exact_times_and_are_repaired_at_their_end()
    {
        var timing = new FaultTiming { IsPeriodic = true, BetweenNs = 10, RepairNs = 5, FromNs = 100, UntilNs = 143 };
        var schedule = new FaultSchedule { RandomLinks = [new(timing, [new("a", "b")])] };
        Assert.Equal([110, 115, 125, 130, 140, 143], Expand(schedule).Select(static action => action.TimeNs));
        Assert.Equal(FaultActionKind.LinkUp, Expand(schedule)[^1].Kind);
    }

    [Fact]
    public void Exponential_faults_have_their_means()
    {
        var timing = new FaultTiming { BetweenNs = 9 * Second, RepairNs = Second };
        var schedule = new FaultSchedule { RandomLinks = [new(timing)] };
        IReadOnlyList<FaultAction> actions = schedule.Expand(Line, new RandomStreams(3), 100_000 * Second);
        for (int link = 0; link < 4; link++)
        {
            long last = 0;
            var gaps = new Dictionary<FaultActionKind, List<double>> { [FaultActionKind.LinkDown] = [], [FaultActionKind.LinkUp] = [] };
            FaultActionKind expected = FaultActionKind.LinkDown;
            foreach (FaultAction action in actions.Where(action => action.Index == link))
            {
                Assert.Equal(expected, action.Kind);
                gaps[action.Kind].Add(action.TimeNs - last);
                last = action.TimeNs;
                expected = expected == FaultActionKind.LinkDown ? FaultActionKind.LinkUp : FaultActionKind.LinkDown;
            }

            List<double> up = gaps[FaultActionKind.LinkDown], down = gaps[FaultActionKind.LinkUp];
            Confidence.Mean(9 * Second, up.Sum(), up.Count, 9 * Second);
            Confidence.Mean(Second, down.Sum(), down.Count, Second);
        }
    }

    [Fact]
    public void Faults_of_a_component_depend_on_the_seed_and_nothing_else()
    {
        var timing = new FaultTiming();
        var all = new FaultSchedule { RandomNodes = [new(timing)], RandomLinks = [new(timing)] };
        var one = new FaultSchedule { RandomNodes = [new(timing, ["c"])] };
        FaultAction[] ofNode =
        [
            .. Expand(all, 5).Where(
                static action => action.Index == 2 && action.Kind is not (FaultActionKind.LinkDown or FaultActionKind.LinkUp)),
        ];
        Assert.Equal(Expand(one, 5), ofNode);
        Assert.NotEqual(Expand(one, 5), Expand(one, 6));
        Assert.NotEmpty(ofNode);
    }

    public static TheoryData<FaultSchedule, string> Impossible => new()
    {
        { new() { Links = [new(new("a", "x"), 1)] }, "links[0].link.b: there is no node 'x' in the topology" },
        { new() { Links = [new(new("a", "d"), 1)] }, "links[0].link.b: there is no link between 'a' and 'd'" },
        { new() { Links = [new(new("a", "b"), -1)] }, "links[0].downNs: -1 is too small" },
        { new() { Links = [new(new("a", "b"), long.MaxValue - 1)] }, "links[0].downNs: 9223372036854775806 ns is after the end of time" },
        { new() { Nodes = [new("a", long.MaxValue)] }, "nodes[0].crashNs: 9223372036854775807 ns is after the end of time" },
        { new() { RandomLinks = [new(new() { FromNs = long.MaxValue - 5 })] }, "randomLinks[0].timing.fromNs: 9223372036854775802 ns is" },
        { new() { Links = [new(new("a", "b"), 5, 5)] }, "links[0].upNs: 5 ns does not come after downNs, 5 ns" },
        { new() { Links = [new(new("a", "b"), 5, 9), new(new("b", "a"), 8)] }, "links[1].downNs: link b-a is down already at 8 ns" },
        {
            new() { Links = [new(new("a", "b"), 5), new(new("a", "b"), 2, 9)] },
            "links[1].downNs: link a-b is down already at 2 ns, or goes down again before 9 ns"
        },
        { new() { Nodes = [new("x", 1)] }, "nodes[0].node: there is no node 'x'" },
        { new() { Nodes = [new("a", 9, 3)] }, "nodes[0].restartNs: 3 ns does not come after crashNs, 9 ns" },
        {
            new() { Nodes = [new("a", 1), new("a", 7)] },
            "nodes[1].crashNs: node 'a' is down already at 7 ns, or crashes again before the end"
        },
        { new() { Partitions = [new([["a"], ["a"]], 1)] }, "partitions[0].groups[1]: node 'a' is named twice" },
        { new() { Partitions = [new([["x"]], 1)] }, "partitions[0].groups[0]: there is no node 'x'" },
        { new() { Partitions = [new([["a"]], 5, 4)] }, "partitions[0].healNs: 4 ns does not come after fromNs" },
        { new() { RandomLinks = [new(new() { BetweenNs = 0 })] }, "randomLinks[0].timing.betweenNs: 0 is too small" },
        { new() { RandomLinks = [new(new() { RepairNs = -4 })] }, "randomLinks[0].timing.repairNs: -4 is too small" },
        {
            new() { RandomLinks = [new(new(), [new("a", "b"), new("a", "c")])] },
            "randomLinks[0].links[1].b: there is no link between 'a' and 'c'"
        },
        {
            new() { RandomNodes = [new(new() { FromNs = 5, UntilNs = 5 })] },
            "randomNodes[0].timing.untilNs: 5 ns does not come after fromNs"
        },
        { new() { RandomNodes = [new(new(), ["a", "y"])] }, "randomNodes[0].nodes[1]: there is no node 'y'" },
        { new() { RandomNodes = [new(new() { BetweenNs = 1, RepairNs = 1 })] }, "randomNodes[0].timing: more than 1000000 outages" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Schedule_that_cannot_be_names_its_culprit(FaultSchedule schedule, string message)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScenarioException error = Assert.Throws<ScenarioException>(
            () => schedule.Expand(Line, new RandomStreams(1), 1000 * Second, "s.json: $.faults"));
        Assert.StartsWith("s.json: $.faults." + message, error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<FaultAction> Expand(FaultSchedule schedule, ulong seed = 1) =>
        schedule.Expand(Line, new RandomStreams(seed), 1000 * Second);
}
