using System.Diagnostics;
using System.Globalization;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Random networks, workloads, calls and faults, and what must always hold.</summary>
/// <remarks>
/// The fixed seeds of every test run, and one in ten of them on several threads too, which must not matter. <c>./test --long</c> goes on
/// with a seed of the day until its time is over.
/// </remarks>
public sealed class SwarmSeedTests
{
    private const int SeedCount = 500;
    private const int ThreadedEvery = 10;
    private static readonly TimeSpan LongTime = TimeSpan.FromMinutes(20);

    [Fact]
    public void Swarm_of_random_networks_holds_what_must_always_hold()
    {
        string[] failures = RunAll(seed: 1, SeedCount, TimeSpan.MaxValue, out int ended);
        Assert.True(failures.Length == 0, string.Join('\n', failures));
        Assert.Equal(SeedCount, ended);
        if (Environment.GetEnvironmentVariable("PICCOLO_TEST_LONG") == "1")
        {
            RunLong();
        }
    }

    private static void RunLong()
    {
        ulong seed = ulong.Parse(DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        string[] failures = RunAll(seed, int.MaxValue / 2, LongTime, out int ended);
        Assert.True(failures.Length == 0, string.Join('\n', failures));
        Assert.True(ended > SeedCount, $"only {ended} runs ended within {LongTime}");
    }

    private static string[] RunAll(ulong seed, int count, TimeSpan time, out int ended)
    {
        var failures = new List<string>();
        int runs = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (index, state) =>
        {
            if (clock.Elapsed > time)
            {
                state.Stop();
                return;
            }

            if (Judge(seed, (ulong)index) is string failure)
            {
                lock (failures)
                {
                    failures.Add($"{failure} [pcl-sim swarm --seed {seed} --only {index}]");
                }
            }

            Interlocked.Increment(ref runs);
        });
        ended = runs;
        return [.. failures];
    }

    private static string? Judge(ulong seed, ulong number)
    {
        try
        {
            SwarmResult result = SwarmJudge.Run(SwarmPlan.MakeRandom(seed, number));
            if (result.Failures.Count > 0)
            {
                return string.Join("; ", result.Failures);
            }

            if (number % ThreadedEvery > 0)
            {
                return null;
            }

            int threads = 2 + (int)(number / ThreadedEvery % 3);
            SwarmResult other = SwarmJudge.Run(SwarmPlan.MakeRandom(seed, number), threads);
            return other.Digest == result.Digest ? null : $"{threads} threads make another run of it than one";
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }
}
