using System.Globalization;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Sweeps;

/// <summary>Runs all combinations of parameters and seeds, several at a time.</summary>
/// <remarks>A run that fails is a row with its error, and the sweep goes on. Rows are in the order of combinations and seeds.</remarks>
internal sealed class Sweep
{
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<SweepAxis> _axes;
    private readonly IReadOnlyList<IReadOnlyDictionary<string, string>> _combinations;
    private readonly IReadOnlyList<ulong> _seeds;

    /// <summary>A sweep that nothing has started; the first combination is built, to see that it can be.</summary>
    /// <exception cref="ScenarioException">The scenario is wrong, or a parameter unknown.</exception>
    public Sweep(Scenario scenario, IReadOnlyList<SweepAxis> axes, IReadOnlyList<ulong> seeds)
    {
        _scenario = scenario;
        _axes = axes;
        _seeds = seeds;
        _combinations = SweepAxis.Combine(axes);
        using ScenarioRun first = scenario.Build(seeds[0], _combinations[0]);
        Metrics = [.. first.Metrics.Names
            .Concat(first.Settings.Expectations.Select(static expectation => expectation.Metric)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The columns of metrics.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>How many runs there are.</summary>
    public int Count => _combinations.Count * _seeds.Count;

    /// <summary>The combinations of parameters.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Combinations => _combinations;

    /// <summary>The swept parameters.</summary>
    public IReadOnlyList<SweepAxis> Axes => _axes;

    /// <summary>Runs everything.</summary>
    /// <param name="jobs">Runs at a time.</param>
    /// <param name="sink">Takes each row as soon as all before it are there; null for none.</param>
    /// <param name="ended">Told after each run how many have ended.</param>
    /// <param name="cancellation">Ends the sweep after the runs that are under way.</param>
    /// <exception cref="OutputException">The sink's file cannot be written; the runs under way ended, no other began.</exception>
    public IReadOnlyList<SweepRow> Run(int jobs, IRowSink? sink, Action<int> ended, CancellationToken cancellation)
    {
        var rows = new SweepRow?[Count];
        int written = 0;
        int done = 0;
        var gate = new Lock();
        OutputException? failure = null;
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = jobs }, (index, state) =>
        {
            if (cancellation.IsCancellationRequested || Volatile.Read(ref failure) is not null)
            {
                state.Stop();
                return;
            }

            SweepRow row = RunOne(index / _seeds.Count, _seeds[index % _seeds.Count], cancellation);
            lock (gate)
            {
                rows[index] = row;
                try
                {
                    for (; failure is null && written < rows.Length && rows[written] is SweepRow ready; written++)
                    {
                        Write(sink, ready);
                    }
                }
                catch (OutputException error)
                {
                    failure = error;
                }

                ended(++done);
            }
        });
        if (failure is not null)
        {
            throw failure;
        }

        for (; written < rows.Length; written++)
        {
            if (rows[written] is SweepRow late)
            {
                Write(sink, late);
            }
        }

        return [.. rows.OfType<SweepRow>()];
    }

    /// <summary>The columns of <c>results.csv</c>.</summary>
    public IReadOnlyList<string> Columns() =>
        [.. _axes.Select(static axis => axis.Name), "seed", "error", "missed", "digest", .. Metrics];

    private SweepRow RunOne(int combination, ulong seed, CancellationToken cancellation)
    {
        try
        {
            using ScenarioRun run = _scenario.Build(seed, _combinations[combination], new ScenarioRunOptions { Threads = 1 });
            ScenarioResult result = run.Run(null, cancellation);
            return new SweepRow
            {
                Combination = combination,
                Seed = seed,
                Digest = result.Summary.Digest.ToString("x16", CultureInfo.InvariantCulture),
                Error = result.IsComplete ? "" : "interrupted",
                Missed = result.Expectations.Count(static one => !one.IsMet),
                Values = [.. Metrics.Select(name => run.Metrics[name])],
            };
        }
        catch (Exception error) when (error is SimulationException or ScenarioException)
        {
            return new SweepRow { Combination = combination, Seed = seed, Error = error.Message };
        }
    }

    private void Write(IRowSink? sink, SweepRow row)
    {
        if (sink is null)
        {
            return;
        }

        var cells = new List<MetricValue>();
        cells.AddRange(_axes.Select(axis => Cell(_combinations[row.Combination][axis.Name])));
        cells.Add(MetricValue.Of(row.Seed));
        cells.Add(MetricValue.Of(row.Error));
        cells.Add(row.Error.Length > 0 ? default : MetricValue.Of((long)row.Missed));
        cells.Add(MetricValue.Of(row.Digest));
        cells.AddRange(Metrics.Select((_, i) => i < row.Values.Count ? MetricValue.Of(row.Values[i]) : default));
        sink.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(cells));
    }

    internal static MetricValue Cell(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? MetricValue.Of(number)
            : MetricValue.Of(text);
}
