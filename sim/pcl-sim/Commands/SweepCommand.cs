using System.CommandLine;
using System.Globalization;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Cli.Sweeps;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim sweep</c>: every combination of parameters and seeds, side by side.</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        Option<string[]> set = CommonOptions.Set("A parameter and its values: rate=100,200,400; may be given several times.");
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds: 1..10, or 1,2,5.",
            HelpName = "SEEDS",
            DefaultValueFactory = _ => "1..5"
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Runs at a time; as many as there are processors if absent.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var folder = new Option<string?>("--out")
        {
            Description = "The folder for results.csv (a row for each run), means.csv and figures.",
            HelpName = "DIR",
        };
        var metrics = new Option<string[]>("--metric")
        {
            Description = "A metric to print and draw; may be given several times.",
            HelpName = "NAME"
        };
        var command = new Command("sweep", "Run a scenario with many parameters and seeds.") { file, set, seeds, jobs, folder, metrics };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new SimOutput(parsed.GetValue(CommonOptions.Json));
            int atOnce = parsed.GetValue(jobs);
            if (atOnce is < 1 or > 1024)
            {
                throw new ScenarioException($"--jobs takes 1 to 1024, not {atOnce}");
            }

            SweepAxis[] axes = [.. (parsed.GetValue(set) ?? []).Select(SweepAxis.Parse)];
            if (axes.Select(static axis => axis.Name).Distinct(StringComparer.Ordinal).Count() != axes.Length)
            {
                throw new ScenarioException("--set names a parameter twice; write its values as name=value,value");
            }

            var sweep = new Sweep(Scenario.Load(parsed.GetValue(file)!), axes, SweepAxis.ParseSeeds(parsed.GetValue(seeds)!));
            string[] shown = Shown(sweep, parsed.GetValue(metrics) ?? []);
            return Task.FromResult(Run(output, sweep, atOnce, parsed.GetValue(folder), shown, cancellation));
        });
        return command;
    }

    private static string[] Shown(Sweep sweep, string[] asked)
    {
        foreach (string metric in asked)
        {
            if (!sweep.Metrics.Contains(metric))
            {
                throw new ScenarioException($"--metric: there is no metric '{metric}'; there are {string.Join(", ", sweep.Metrics)}");
            }
        }

        return asked.Length > 0
            ? asked
            : [.. sweep.Metrics.Where(static metric =>
                metric.EndsWith(".received", StringComparison.Ordinal) || metric is "delay.mean" or "cs.hitRatio")];
    }

    private static int Run(
        SimOutput output, Sweep sweep, int jobs, string? folder, IReadOnlyList<string> shown, CancellationToken cancellation)
    {
        IReadOnlyList<SweepRow> rows;
        using (RowWriter? writer = folder is null
            ? null
            : new RowWriter(Path.Combine(folder, "results.csv"), RowFormat.Csv, sweep.Columns()))
        {
            rows = CountProgressView.Show(output, "runs", sweep.Count, ended => sweep.Run(jobs, writer, ended, cancellation));
        }

        var report = new SweepReport(sweep, rows);
        MetricTable means = report.ToTable();
        if (folder is not null)
        {
            means.Save(Path.Combine(folder, "means.csv"));
            foreach (string metric in sweep.Axes.Count == 0 ? [] : shown)
            {
                Figure.Save(report.FigureOf(metric, means), folder, means);
            }
        }

        Print(output, sweep, report, rows, shown);
        if (folder is not null && !output.IsJson)
        {
            SimOutput.Line($"results are in {folder}");
        }

        return Complain(sweep, rows);
    }

    private static int Complain(Sweep sweep, IReadOnlyList<SweepRow> rows)
    {
        foreach (SweepRow row in rows.Where(static row => row.Error.Length > 0).Take(10))
        {
            SimOutput.Error($"{Describe(sweep, row)}: {row.Error}");
        }

        int failed = rows.Count(static row => row.Error.Length > 0);
        int missed = rows.Count(static row => row.Missed > 0);
        if (failed + missed > 0)
        {
            SimOutput.Error($"{failed} of {rows.Count} runs failed, {missed} missed what was expected");
        }

        return failed + missed > 0 || rows.Count < sweep.Count ? 1 : 0;
    }

    private static string Describe(Sweep sweep, SweepRow row)
    {
        IEnumerable<string> values = sweep.Combinations[row.Combination].Select(static pair => $"{pair.Key}={pair.Value}");
        return string.Join(' ', values.Append($"seed={row.Seed}"));
    }

    private static void Print(SimOutput output, Sweep sweep, SweepReport report, IReadOnlyList<SweepRow> rows, IReadOnlyList<string> shown)
    {
        int[] columns = [.. shown.Select(metric => sweep.Metrics.ToList().IndexOf(metric))];
        if (output.IsJson)
        {
            SimOutput.Json(new
            {
                Runs = rows.Count,
                Failed = rows.Count(static row => row.Error.Length > 0),
                Combinations = sweep.Combinations.Select((parameters, combination) => new
                {
                    Parameters = parameters,
                    Metrics = sweep.Metrics.Select((metric, column) => (metric, Estimate: report[combination, column]))
                        .Where(static one => double.IsFinite(one.Estimate.Mean))
                        .ToDictionary(
                            static one => one.metric,
                            static one => new { one.Estimate.Mean, HalfWidth = Finite(one.Estimate.HalfWidth), one.Estimate.Count }),
                }),
            });
            return;
        }

        SimOutput.Table(
            [.. sweep.Axes.Select(static axis => axis.Name), "runs", .. shown],
            sweep.Combinations.Select((parameters, combination) => (IReadOnlyList<string>)
            [
                .. sweep.Axes.Select(axis => parameters[axis.Name]),
                rows.Count(row => row.Combination == combination && row.Error.Length == 0).ToString(CultureInfo.InvariantCulture),
                .. columns.Select(column => Text(report[combination, column])),
            ]));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Text(Estimate estimate) => double.IsNaN(estimate.HalfWidth)
        ? ExpectationView.Number(estimate.Mean)
        : $"{ExpectationView.Number(estimate.Mean)} ± {ExpectationView.Number(estimate.HalfWidth)}";
}
