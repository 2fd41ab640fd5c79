using System.CommandLine;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim swarm</c>: a scenario under random faults and sizes, many times, with what must always hold checked.</summary>
internal static class SwarmCommand
{
    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        Option<ulong?> seed = CommonOptions.Seed("The seed of the swarm; the scenario's if absent.");
        Option<string[]> set = CommonOptions.Set("The value of a parameter; may be given several times.");
        var runs = new Option<int>("--runs") { Description = "How many runs.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Runs at a time; as many as there are processors if absent.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var command = new Command("swarm", "Run a scenario under random faults, and check what must always hold.")
        {
            file, seed, set, runs, jobs,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new SimOutput(parsed.GetValue(CommonOptions.Json));
            Scenario scenario = Scenario.Load(parsed.GetValue(file)!);
            Dictionary<string, string> parameters = CommonOptions.Pairs(parsed.GetValue(set));
            ScenarioSettings settings = scenario.Settle(parsed.GetValue(seed), parameters);
            int count = parsed.GetValue(runs);
            int atOnce = parsed.GetValue(jobs);
            if (count is < 1 or > 10_000_000 || atOnce is < 1 or > 1024)
            {
                throw new ScenarioException("--runs takes 1 to 10000000, and --jobs 1 to 1024");
            }

            SwarmResult[] results = CountProgressView.Show(
                output, "runs", count, ended => Run(settings, count, atOnce, ended, cancellation));
            return Task.FromResult(Print(output, ReplayLine.Of(scenario, settings.Seed, parameters), settings, results));
        });
        return command;
    }

    private static SwarmResult[] Run(ScenarioSettings settings, int count, int jobs, Action<int> ended, CancellationToken cancellation)
    {
        var results = new SwarmResult?[count];
        int done = 0;
        var gate = new Lock();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = jobs }, (index, state) =>
        {
            if (cancellation.IsCancellationRequested)
            {
                state.Stop();
                return;
            }

            SwarmResult result;
            try
            {
                result = SwarmJudge.Run(SwarmPlan.Make(settings, (ulong)index), cancellation);
            }
            catch (SimulationException error)
            {
                result = new SwarmResult((ulong)index, 0, 0, [error.Message]);
            }
            catch (OperationCanceledException)
            {
                state.Stop();
                return;
            }

            lock (gate)
            {
                results[index] = result;
                ended(++done);
            }
        });
        return [.. results.OfType<SwarmResult>()];
    }

    private static int Print(SimOutput output, string replay, ScenarioSettings settings, SwarmResult[] results)
    {
        SwarmResult[] failed = [.. results.Where(static result => result.Failures.Count > 0)];
        if (output.IsJson)
        {
            SimOutput.Json(new
            {
                Runs = results.Length,
                Events = results.Sum(static result => result.EventCount),
                Failed = failed.Select(result => new
                {
                    result.Number,
                    Plan = SwarmPlan.Make(settings, result.Number).Describe(),
                    result.Failures,
                    Replay = $"{replay} --swarm {result.Number}",
                }),
            });
        }
        else
        {
            foreach (SwarmResult result in failed)
            {
                SimOutput.Error(SwarmPlan.Make(settings, result.Number).Describe());
                foreach (string failure in result.Failures)
                {
                    SimOutput.Remark($"  {failure}");
                }

                SimOutput.Remark($"  {replay} --swarm {result.Number}");
            }

            SimOutput.Line($"{results.Length} runs, {results.Sum(static result => result.EventCount)} events, {failed.Length} failed");
        }

        return failed.Length > 0 ? 1 : 0;
    }
}
