using System.CommandLine;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim swarm</c>: a scenario under random faults and sizes, many times, with what must always hold checked.</summary>
internal static class SwarmCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Description = "The scenario, a JSON file; without one every run has a topology and a workload of its own.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<ulong?> seed = CommonOptions.Seed("The seed of the swarm; the scenario's if absent.");
        Option<string[]> set = CommonOptions.Set("The value of a parameter; may be given several times.");
        var runs = new Option<int>("--runs") { Description = "How many runs.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Runs at a time; as many as there are processors if absent.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var only = new Option<ulong?>("--only") { Description = "Run this number of the swarm alone.", HelpName = "N" };
        var command = new Command("swarm", "Run scenarios under random faults, and check what must always hold.")
        {
            file, seed, set, runs, jobs, only,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new SimOutput(parsed.GetValue(CommonOptions.Json));
            (Func<ulong, SwarmPlan> make, Func<ulong, string> replay) = parsed.GetValue(file) is string path
                ? OfScenario(path, parsed.GetValue(seed), CommonOptions.Pairs(parsed.GetValue(set)))
                : Random(parsed.GetValue(seed) ?? 1);
            ulong first = parsed.GetValue(only) ?? 0;
            int count = parsed.GetValue(only) is null ? parsed.GetValue(runs) : 1;
            int atOnce = parsed.GetValue(jobs);
            if (count is < 1 or > 10_000_000 || atOnce is < 1 or > 1024)
            {
                throw new ScenarioException("--runs takes 1 to 10000000, and --jobs 1 to 1024");
            }

            SwarmResult[] results = CountProgressView.Show(
                output, "runs", count, ended => Run(make, first, count, atOnce, ended, cancellation));
            return Task.FromResult(Print(output, replay, make, results));
        });
        return command;
    }

    private static (Func<ulong, SwarmPlan> Make, Func<ulong, string> Replay) OfScenario(
        string path, ulong? seed, Dictionary<string, string> parameters)
    {
        Scenario scenario = Scenario.Load(path);
        ScenarioSettings settings = scenario.Settle(seed, parameters);
        string replay = ReplayLine.Of(scenario, settings.Seed, parameters);
        return (number => SwarmPlan.Make(settings, number), number => $"{replay} --swarm {number}");
    }

    private static (Func<ulong, SwarmPlan> Make, Func<ulong, string> Replay) Random(ulong seed) =>
        (number => SwarmPlan.MakeRandom(seed, number), number => $"pcl-sim swarm --seed {seed} --only {number}");

    private static SwarmResult[] Run(
        Func<ulong, SwarmPlan> make, ulong first, int count, int jobs, Action<int> ended, CancellationToken cancellation)
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
                result = SwarmJudge.Run(make(first + (ulong)index), cancellation);
            }
            catch (OperationCanceledException)
            {
                state.Stop();
                return;
            }
            catch (Exception error)
            {
                // Whatever it is, the line that replays it must not be lost.
                string text = error is SimulationException ? error.Message : error.ToString();
                result = new SwarmResult(first + (ulong)index, 0, 0, [text]);
            }

            lock (gate)
            {
                results[index] = result;
                ended(++done);
            }
        });
        return [.. results.OfType<SwarmResult>()];
    }

    private static int Print(
        SimOutput output, Func<ulong, string> replay, Func<ulong, SwarmPlan> make, SwarmResult[] results)
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
                    Plan = make(result.Number).Describe(),
                    result.Failures,
                    Replay = replay(result.Number),
                }),
            });
        }
        else
        {
            foreach (SwarmResult result in failed)
            {
                SimOutput.Error(make(result.Number).Describe());
                foreach (string failure in result.Failures)
                {
                    SimOutput.Remark($"  {failure}");
                }

                SimOutput.Remark($"  {replay(result.Number)}");
            }

            SimOutput.Line($"{results.Length} runs, {results.Sum(static result => result.EventCount)} events, {failed.Length} failed");
        }

        return failed.Length > 0 ? 1 : 0;
    }
}
