using Piccolo.Ndn;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;

namespace Piccolo.Sim.Tests.Nodes;

public class NodeClockTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(37_000)]
    [InlineData(-37_000)]
    [InlineData(500_000_000)]
    [InlineData(-500_000_000)]
    public void Global_is_the_first_time_at_which_the_local_clock_shows_it(long driftPpb)
    {
        NodeClock clock = Clock(new ClockSettings { DriftPpb = driftPpb });
        foreach (long local in new[] { 0, 1, 2, 3, 999_999_999, 1_000_000_001, 86_400_000_000_007, 3_000_000_000_000_000_001 })
        {
            long global = clock.Global(new Instant(local));
            Assert.True(clock.Local(global).Nanoseconds >= local, $"{local}");
            Assert.True(global == 0 || clock.Local(global - 1).Nanoseconds < local, $"{local}");
        }
    }

    [Theory]
    [InlineData(500_000_000)]
    [InlineData(-500_000_000)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Times_at_the_end_of_all_time_neither_overflow_nor_hang(long driftPpb)
    {
        NodeClock clock = Clock(new ClockSettings { DriftPpb = driftPpb });
        foreach (long time in new[] { long.MaxValue, long.MaxValue - 1, long.MaxValue / 2 })
        {
            Assert.InRange(clock.Local(time).Nanoseconds, time / 2, long.MaxValue);
            Assert.InRange(clock.Global(new Instant(time)), time / 2, long.MaxValue);
            Assert.InRange(clock.ToGlobalDelay(time), time / 2, long.MaxValue);
        }
    }

    [Theory]
    [InlineData(500_000_001, 0)]
    [InlineData(-500_000_001, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(0, long.MinValue)]
    [InlineData(0, long.MaxValue)]
    public void Impossible_clock_is_refused(long driftPpb, long skewNs)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => Clock(new ClockSettings { DriftPpb = driftPpb, SkewNs = skewNs }));
        Assert.Contains("clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skew_moves_the_wall_clock_of_the_forwarder_too()
    {
        NodeSettings Skewed(long skewNs) => new() { Clock = new ClockSettings { SkewNs = skewNs } };
        using SimNetwork network = Networks.Line(
            new SimOptions { Nodes = new Dictionary<int, NodeSettings> { [0] = Skewed(1_500_000_000), [1] = Skewed(-1_500_000_000) } },
            Networks.Wire(1));

        Assert.Equal((ulong)(NodeClock.UnixSecondsAtZero * 1000) + 1500, network.Nodes[0].Forwarder.Options.UnixTimeAtZeroMs);
        Assert.Equal((ulong)(NodeClock.UnixSecondsAtZero * 1000) - 1500, network.Nodes[1].Forwarder.Options.UnixTimeAtZeroMs);
        Assert.Equal((NodeClock.UnixSecondsAtZero * 1_000_000_000) + 1_500_000_000, network.Nodes[0].Clock.UnixNs(0));
    }

    private static NodeClock Clock(ClockSettings settings)
    {
        using SimNetwork network = Networks.Line(
            new SimOptions { NodeDefaults = new NodeSettings { Clock = settings } }, Networks.Wire(1));
        return network.Nodes[0].Clock;
    }
}
