using System.Globalization;
using System.Xml.Linq;
using Piccolo.Sim.Cli.Sweeps;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Tests.Scenarios;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>Means and 95 % confidence intervals of a sweep, against numbers computed by hand.</summary>
public sealed class SweepReportTests
{
    private const string Metric = "consumer.received";

    /// <summary>
    /// What four runs of rate 10 and three of rate 20 received; one of rate 20 failed, as both of rate 40 but one did. By hand:
    /// 2 4 4 6: mean 4, squares 4 + 0 + 0 + 4, s = sqrt(8 / 3), t(3) = 3.182, half width 3.182 sqrt(8 / 3) / 2 = 2.59809.
    /// 10 11 15: mean 12, squares 4 + 1 + 9, s = sqrt(7), t(2) = 4.303, half width 4.303 sqrt(7 / 3) = 6.57294.
    /// 9: no interval.
    /// </summary>
    private static readonly double?[][] Received = [[2, 4, 4, 6], [10, null, 11, 15], [null, 9, null, null]];

    [Fact]
    public void Table_gives_runs_mean_and_interval_of_the_runs_that_ended()
    {
        MetricTable table = Report().ToTable();
        Assert.Equal(["rate", "metric", "runs", "mean", "low", "high"], table.Columns);
        string[][] rows =
        [
            .. Enumerable.Range(0, table.RowCount)
                .Select(row => table.Columns.Select((_, column) => table[row, column].ToString()).ToArray())
                .Where(static row => row[1] == Metric),
        ];
        Assert.Equal(["10", "20", "40"], rows.Select(static row => row[0]));
        Assert.Equal(["4", "3", "1"], rows.Select(static row => row[2]));
        AssertNumbers([4, 12, 9], rows.Select(static row => row[3]));
        AssertNumbers([4 - 2.59809, 12 - 6.57294], rows.Take(2).Select(static row => row[4]));
        AssertNumbers([4 + 2.59809, 12 + 6.57294], rows.Take(2).Select(static row => row[5]));
        Assert.Equal(["", ""], rows[2][4..]);
    }

    [Fact]
    public void Figure_draws_the_mean_and_both_ends_of_the_interval()
    {
        SweepReport report = Report();
        MetricTable means = report.ToTable();
        FigureSettings figure = report.FigureOf(Metric, means);
        XElement svg = XElement.Parse(Figure.ToSvg(figure, means));
        string[] texts = [.. svg.Descendants().Where(static one => one.Name.LocalName == "text").Select(static one => one.Value)];
        Assert.All(new[] { "mean", "95 % from", "95 % to", Metric, "rate" }, text => Assert.Contains(text, texts));

        double[] line =
        [
            .. svg.Descendants().Where(static one => one.Name.LocalName == "polyline")
                .Select(static one => one.Attribute("points")!.Value.Split(' '))
                .Single(static points => points.Length == 3)
                .Select(static point => Number(point.Split(',')[1])),
        ];

        // Pixels go down as values go up; the mean's own points give the scale: 8 from the first to the second.
        double scale = (line[0] - line[1]) / 8;
        Assert.Equal(5, (line[0] - line[2]) / scale, 0.01);
        double[] squares =
        [
            .. svg.Descendants().Where(static one => one.Name.LocalName == "rect" && one.Attribute("width")!.Value == "6.4")
                .Select(static one => Number(one.Attribute("y")!.Value) + 3.2),
        ];
        Assert.Equal(-2.59809, (line[0] - squares[0]) / scale, 0.01);
        Assert.Equal(-6.57294, (line[1] - squares[1]) / scale, 0.01);
        double[] triangles =
        [
            .. svg.Descendants().Where(static one => one.Name.LocalName == "polygon")
                .Select(static one => one.Attribute("points")!.Value.Split(' ').Average(static point => Number(point.Split(',')[1]))),
        ];
        Assert.Equal(2.59809, (line[0] - triangles[0]) / scale, 0.01);
        Assert.Equal(6.57294, (line[1] - triangles[1]) / scale, 0.01);
    }

    [Fact]
    public void Quantiles_are_those_of_Students_t_distribution()
    {
        foreach (int degrees in Enumerable.Range(1, 40).Concat([60, 100, 1000, 100_000]))
        {
            Assert.Equal(StudentTQuantile(degrees), StudentT.Of(degrees), 0.00051);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Of(0));
    }

    private static double StudentTQuantile(int degrees) => MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degrees, 0.975);

    private static SweepReport Report()
    {
        string text = ScenarioFiles.Pair("\"parameters\": { \"rate\": 10 }", "\"rate\": \"$rate\"");
        var sweep = new Sweep(ScenarioFiles.Parse(text), [SweepAxis.Parse("rate=10,20,40")], SweepAxis.ParseSeeds("1..4"));
        SweepRow[] rows =
        [
            .. Received.SelectMany((runs, combination) => runs.Select((received, run) => new SweepRow
            {
                Combination = combination,
                Seed = (ulong)run + 1,
                Error = received is null ? "broken" : "",
                Values = received is double value ? [.. sweep.Metrics.Select(metric => metric == Metric ? value : 0)] : [],
            })),
        ];
        return new SweepReport(sweep, rows);
    }

    private static void AssertNumbers(double[] expected, IEnumerable<string> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, Number(pair.Second), 0.00001));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
