using Piccolo.Sim.Network;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Faults and the routes that follow them, at the edges of time.</summary>
public sealed class FaultPlanTests
{
    private const long Second = 1_000_000_000;

    private static readonly ScenarioSettings Pair = new()
    {
        Topology = TopologyGenerator.Line(2, new LinkSettings()),
        Faults = new FaultSchedule { Links = [new(new("n0", "n1"), Second / 2)] },
    };

    [Fact]
    public void Routes_that_follow_faults_after_the_end_of_time_never_do()
    {
        using ScenarioRun run = new(Pair with { DurationNs = Second, Routes = new RouteSettings { RerouteNs = long.MaxValue } });
        Assert.True(run.Run().IsComplete);
        Assert.False(run.Network.Links[0].IsUp);
    }

    [Theory]
    [InlineData(long.MaxValue, 0, "$.duration: 9223372036854775807 ns leads beyond the end of time")]
    [InlineData(Second, -1, "$.routes.reroute: -1 ns is before the fault")]
    public void Times_that_cannot_be_are_refused(long durationNs, long rerouteNs, string message)
    {
        var settings = Pair with { DurationNs = durationNs, Routes = new RouteSettings { RerouteNs = rerouteNs } };
        ScenarioException error = Assert.Throws<ScenarioException>(() => new ScenarioRun(settings).Dispose());
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
