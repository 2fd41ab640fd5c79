using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>The scenarios of sim/scenarios: what they expect holds, and they run alike however often and with however many
/// threads.</summary>
public sealed class FieldScenarioTests
{
    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (string file in ScenarioFiles.All())
        {
            files.Add(Path.GetRelativePath(ScenarioFiles.Folder, file));
        }

        return files;
    }

    [Fact]
    public void Field_has_the_seven_examples_of_ndnsim()
    {
        string[] names = [.. ScenarioFiles.All().Select(file => Path.GetRelativePath(ScenarioFiles.Folder, file))];
        foreach (string name in new[] { "simple", "grid", "tree", "two-bottlenecks", "zipf", "link-failure", "load-balancer" })
        {
            Assert.Contains($"ndnsim/{name}.json", names);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Scenario_meets_its_expectations_twice_and_with_two_threads(string file)
    {
        Scenario scenario = Scenario.Load(Path.Combine(ScenarioFiles.Folder, file));
        ulong first = Run(scenario, 1);
        Assert.Equal(first, Run(scenario, 1));
        Assert.Equal(first, Run(scenario, 2));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Scenario_expects_something(string file)
    {
        ScenarioSettings settings = Scenario.Load(Path.Combine(ScenarioFiles.Folder, file)).Settle();
        Assert.NotEmpty(settings.Expectations);
        Assert.NotEmpty(settings.Description);
    }

    [Fact]
    public void Zipf_scenario_differs_with_another_seed()
    {
        Scenario scenario = Scenario.Load(Path.Combine(ScenarioFiles.Folder, "ndnsim/zipf.json"));
        using ScenarioRun one = scenario.Build(1, null, new ScenarioRunOptions { UntilNs = 1_000_000_000 });
        using ScenarioRun two = scenario.Build(2, null, new ScenarioRunOptions { UntilNs = 1_000_000_000 });
        one.Run();
        two.Run();
        Assert.NotEqual(one.Network.Digest, two.Network.Digest);
    }

    private static ulong Run(Scenario scenario, int threads)
    {
        using ScenarioRun run = scenario.Build(null, null, new ScenarioRunOptions { Threads = threads });
        ScenarioResult result = run.Run();
        Assert.True(result.IsComplete);
        Assert.All(result.Expectations, one => Assert.True(
            one.IsMet, $"{one.Expectation.Place}: {one.Expectation.Metric} is {one.Value:R}"));
        return result.Summary.Digest;
    }
}
