using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Cli.Sweeps;

/// <summary>Means and 95 % confidence intervals of a sweep: a table, a file, figures.</summary>
internal sealed class SweepReport
{
    private readonly Sweep _sweep;
    private readonly Estimate[,] _estimates;

    public SweepReport(Sweep sweep, IReadOnlyList<SweepRow> rows)
    {
        _sweep = sweep;
        _estimates = new Estimate[sweep.Combinations.Count, sweep.Metrics.Count];
        for (int combination = 0; combination < sweep.Combinations.Count; combination++)
        {
            SweepRow[] ended = [.. rows.Where(row => row.Combination == combination && row.Values.Count > 0)];
            for (int metric = 0; metric < sweep.Metrics.Count; metric++)
            {
                int column = metric;
                _estimates[combination, metric] = Estimate.Of([.. ended.Select(row => row.Values[column])]);
            }
        }
    }

    /// <summary>The estimate of a metric under a combination of parameters.</summary>
    public Estimate this[int combination, int metric] => _estimates[combination, metric];

    /// <summary>Rows of means: parameters, metric, number of runs, mean, interval.</summary>
    public MetricTable ToTable()
    {
        var table = new MetricTable("means", [.. _sweep.Axes.Select(static axis => axis.Name), "metric", "runs", "mean", "low", "high"]);
        for (int combination = 0; combination < _sweep.Combinations.Count; combination++)
        {
            for (int metric = 0; metric < _sweep.Metrics.Count; metric++)
            {
                Estimate estimate = _estimates[combination, metric];
                MetricValue[] cells =
                [
                    .. _sweep.Axes.Select(axis => Sweep.Cell(_sweep.Combinations[combination][axis.Name])),
                    MetricValue.Of(_sweep.Metrics[metric]),
                    MetricValue.Of((long)estimate.Count),
                    Number(estimate.Mean),
                    Number(estimate.Mean - estimate.HalfWidth),
                    Number(estimate.Mean + estimate.HalfWidth),
                ];
                table.Append(cells);
            }
        }

        return table;
    }

    /// <summary>A figure of a metric over the first parameter, a line for each value of the second.</summary>
    public FigureSettings FigureOf(string metric, MetricTable means)
    {
        string x = _sweep.Axes.Count > 0 ? _sweep.Axes[0].Name : "metric";
        var where = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["metric"] = metric };
        SeriesSettings Series(string column, SeriesKind kind, string label) => new()
        {
            Table = means.Name,
            X = x,
            Y = column,
            Kind = kind,
            Label = label,
            Where = where,
            By = _sweep.Axes.Count > 1 ? _sweep.Axes[1].Name : "",
        };
        return new FigureSettings
        {
            Name = "sweep-" + string.Concat(metric.Select(static letter => char.IsLetterOrDigit(letter) || letter == '.' ? letter : '-')),
            Title = metric,
            X = new AxisSettings { Label = x },
            Y = new AxisSettings { Label = metric },
            Series =
            [
                Series("mean", SeriesKind.Line, "mean"),
                Series("low", SeriesKind.Points, "95 % from"),
                Series("high", SeriesKind.Points, "95 % to"),
            ],
        };
    }

    private static MetricValue Number(double value) => double.IsFinite(value) ? MetricValue.Of(value) : default;
}
