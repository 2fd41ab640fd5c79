using System.CommandLine;
using System.Globalization;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim run</c>: one run of a scenario, its results in a folder and a table.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        Option<ulong?> seed = CommonOptions.Seed();
        Option<string[]> set = CommonOptions.Set("The value of a parameter; may be given several times.");
        var folder = new Option<string?>("--out")
        {
            Description = "The folder for results: traces, captures, figures, summary.json, and scenario.json for a replay.",
            HelpName = "DIR",
        };
        var threads = new Option<int?>("--threads") { Description = "Threads; the results do not depend on them.", HelpName = "N" };
        var until = new Option<string?>("--until") { Description = "End the run early, for example 10s.", HelpName = "TIME" };
        var pcap = new Option<string[]>("--pcap") { Description = "Capture a link as pcap: A-B, or A,B.", HelpName = "LINK" };
        var command = new Command("run", "Run a scenario.") { file, seed, folder, threads, set, until, pcap };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new SimOutput(parsed.GetValue(CommonOptions.Json));
            Scenario scenario = Scenario.Load(parsed.GetValue(file)!);
            Dictionary<string, string> parameters = CommonOptions.Pairs(parsed.GetValue(set));
            string? target = parsed.GetValue(folder);
            string[] links = parsed.GetValue(pcap) ?? [];
            if (links.Length > 0 && target is null)
            {
                throw new ScenarioException("--pcap writes files; say with --out where they go");
            }

            long? untilNs = parsed.GetValue(until) is string text ? TimeText.Parse("--until", text) : null;
            ulong? runSeed = parsed.GetValue(seed);
            ScenarioSettings settings = scenario.Settle(runSeed, parameters, untilNs);
            var options = new ScenarioRunOptions
            {
                Folder = target,
                Threads = parsed.GetValue(threads),
                UntilNs = untilNs,
                Captures = [.. links.Select(link => CaptureText.Parse(settings.Topology, link))],
            };
            return Task.FromResult(Run(output, scenario, settings, parameters, options, cancellation));
        });
        return command;
    }

    private static int Run(
        SimOutput output,
        Scenario scenario,
        ScenarioSettings settings,
        Dictionary<string, string> parameters,
        ScenarioRunOptions options,
        CancellationToken cancellation)
    {
        TimeProvider clock = TimeProvider.System;
        long began = clock.GetTimestamp();
        foreach (string warning in settings.Topology.Warnings)
        {
            SimOutput.Remark($"pcl-sim: {warning}");
        }

        try
        {
            if (options.Folder is not null)
            {
                ResolvedScenario.Save(scenario, settings, parameters, options);
            }

            using var run = new ScenarioRun(settings, options);
            ScenarioResult result = RunProgressView.Show(output, settings.Name, clock, progress => run.Run(progress, cancellation));
            Print(output, result, run.Network.LinkFrameCount, clock.GetElapsedTime(began), options.Folder);
            return result is { IsComplete: true, IsAsExpected: true } ? 0 : 1;
        }
        catch (SimulationException error)
        {
            SimOutput.Error(error.Message);
            SimOutput.Remark(ReplayLine.Of(scenario, settings.Seed, parameters));
            return 1;
        }
        catch (OutputException error)
        {
            SimOutput.Error(error.Message);
            SimOutput.Remark($"What was written before is kept{(options.Folder is null ? "" : $" in {options.Folder}")}.");
            return 1;
        }
    }

    private static void Print(SimOutput output, ScenarioResult result, long frames, TimeSpan elapsed, string? folder)
    {
        double seconds = Math.Max(1e-6, elapsed.TotalSeconds);
        if (output.IsJson)
        {
            SimOutput.Json(RunReport.Of(result, seconds));
            return;
        }

        SimOutput.Table(
            ["", "", ""],
            RunSummaryWriter.ToLines(result.Summary).Select(line => (IReadOnlyList<string>)[line.Section, line.Label, line.Value]));
        SimOutput.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds:0.00} s of wall time, {result.Summary.EventCount / seconds / 1e6:0.00} M events/s, ")
            + string.Create(CultureInfo.InvariantCulture, $"{frames / seconds / 1e3:0} k frames/s"));
        if (folder is not null)
        {
            SimOutput.Line($"results are in {folder}");
        }

        if (!result.IsComplete)
        {
            SimOutput.Error("interrupted; the results go as far as the run did");
        }

        ExpectationView.Print(result.Expectations);
    }
}
