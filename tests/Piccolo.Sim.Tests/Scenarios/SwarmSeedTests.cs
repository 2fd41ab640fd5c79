using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>The fixed seeds of every test run: random networks, workloads, calls and faults, and what must always hold.</summary>
public sealed class SwarmSeedTests
{
    private const int SeedCount = 500;

    [Fact]
    public void Swarm_of_random_networks_holds_what_must_always_hold()
    {
        bool isLong = Environment.GetEnvironmentVariable("PICCOLO_TEST_LONG") == "1";
        string[] failures = RunAll(seed: 1, isLong ? 20 * SeedCount : SeedCount);
        Assert.True(failures.Length == 0, string.Join('\n', failures));
    }

    private static string[] RunAll(ulong seed, int count)
    {
        var failures = new string?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var number = (ulong)index;
            try
            {
                SwarmResult result = SwarmJudge.Run(SwarmPlan.MakeRandom(seed, number));
                failures[index] = result.Failures.Count == 0 ? null : string.Join("; ", result.Failures);
            }
            catch (SimulationException error)
            {
                failures[index] = error.Message;
            }

            if (failures[index] is not null)
            {
                failures[index] += $" [pcl-sim swarm --seed {seed} --only {number}]";
            }
        });
        return [.. failures.OfType<string>()];
    }
}
