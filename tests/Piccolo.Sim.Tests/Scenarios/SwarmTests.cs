using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Swarms hold, and repeat themselves.</summary>
public sealed class SwarmTests
{
    [Fact]
    public void Swarm_of_a_pair_holds_what_must_always_hold()
    {
        ScenarioSettings scenario = ScenarioFiles.Parse(ScenarioFiles.Pair()).Settle(3);
        for (ulong number = 0; number < 40; number++)
        {
            SwarmPlan plan = SwarmPlan.Make(scenario, number);
            SwarmResult result = SwarmJudge.Run(plan);
            Assert.True(result.Failures.Count == 0, $"{plan.Describe()}: {string.Join("; ", result.Failures)}");
        }
    }

    [Fact]
    public void Member_of_a_swarm_is_the_same_again()
    {
        ScenarioSettings scenario = ScenarioFiles.Parse(ScenarioFiles.Pair()).Settle(3);
        SwarmResult first = SwarmJudge.Run(SwarmPlan.Make(scenario, 5));
        SwarmResult second = SwarmJudge.Run(SwarmPlan.Make(scenario, 5));
        Assert.Equal(first.Digest, second.Digest);
        Assert.NotEqual(first.Digest, SwarmJudge.Run(SwarmPlan.Make(scenario, 6)).Digest);
    }

    [Fact]
    public void Consumer_that_gets_nothing_after_the_faults_is_seen()
    {
        ScenarioSettings scenario = ScenarioFiles.Parse(ScenarioFiles.Pair(
            "\"faults\": { \"links\": [{ \"link\": [\"A\", \"B\"], \"down\": \"1s\" }] }")).Settle(3);
        Assert.Contains(
            SwarmJudge.Run(SwarmPlan.Make(scenario, 0)).Failures, failure => failure.Contains("got nothing", StringComparison.Ordinal));
    }
}
