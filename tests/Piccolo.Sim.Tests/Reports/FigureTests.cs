using System.Globalization;
using System.Xml.Linq;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Tests.Reports;

public class FigureTests
{
    private static readonly FigureSettings Rates = new()
    {
        Name = "rates",
        Title = "Data received",
        X = new AxisSettings { Label = "Time", Unit = "s" },
        Y = new AxisSettings { Label = "Throughput", Unit = "Mbit/s" },
        Series = [new SeriesSettings { Table = "rates", X = "Time", Y = "Rate", By = "Node" }],
    };

    [Theory]
    [InlineData(SeriesKind.Line)]
    [InlineData(SeriesKind.Points)]
    [InlineData(SeriesKind.Steps)]
    [InlineData(SeriesKind.Cdf)]
    [InlineData(SeriesKind.Bars)]
    public void Figure_of_each_kind_is_an_svg_with_its_labels(SeriesKind kind)
    {
        XElement svg = XElement.Parse(Figure.ToSvg(Rates with { Series = [Rates.Series[0] with { Kind = kind }] }, RateTable(2)));

        Assert.Equal("svg", svg.Name.LocalName);
        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("Time (s)", texts);
        Assert.Contains("Throughput (Mbit/s)", texts);
        Assert.Contains("Data received", texts);
        Assert.Contains("node-0", texts);
        Assert.Contains("node-1", texts);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Same_data_give_the_same_octets()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string first = Figure.ToSvg(Rates, RateTable(3));
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        string second = Figure.ToSvg(Rates, RateTable(3));
        CultureInfo.CurrentCulture = before;

        Assert.Equal(first, second);
        Assert.NotEqual(first, Figure.ToSvg(Rates, RateTable(2)));
    }

    [Fact]
    public void Where_picks_rows_and_aggregate_joins_them()
    {
        var table = new MetricTable("t", "Time", "Node", "Type", "N");
        for (int time = 0; time < 3; time++)
        {
            foreach (string node in new[] { "a", "b" })
            {
                table.Append(MetricValue.Of(2 - time), MetricValue.Of(node), MetricValue.Of("In"), MetricValue.Of(time + 1));
                table.Append(MetricValue.Of(2 - time), MetricValue.Of(node), MetricValue.Of("Out"), MetricValue.Of(100));
            }
        }

        var series = new SeriesSettings
        {
            Table = "T",
            Y = "n",
            Aggregate = SeriesAggregate.Sum,
            YScale = 10,
            Where = new Dictionary<string, string> { ["Type"] = "In" },
        };
        FigureSeries one = Assert.Single(FigureData.Collect(new FigureSettings { Series = [series] }, [table]));

        Assert.Equal([0, 1, 2], one.X);
        Assert.Equal([60, 40, 20], one.Y);
    }

    [Fact]
    public void Cdf_ends_at_one_and_steps_at_each_value()
    {
        var table = new MetricTable("t", "Delay");
        foreach (int delay in new[] { 3, 1, 1, 2 })
        {
            table.Append(MetricValue.Of(delay));
        }

        var series = new SeriesSettings { Table = "t", X = "Delay", Kind = SeriesKind.Cdf };
        FigureSeries one = Assert.Single(FigureData.Collect(new FigureSettings { Series = [series] }, [table]));

        Assert.Equal([1, 1, 2, 3], one.X);
        Assert.Equal([0, 0.5, 0.75, 1], one.Y);
    }

    [Fact]
    public void Long_series_is_thinned_and_keeps_its_peak()
    {
        var table = new MetricTable("t", "Time", "N");
        for (int i = 0; i < 100_000; i++)
        {
            table.Append(MetricValue.Of(i), MetricValue.Of(i == 54_321 ? 1_000 : i % 7));
        }

        var series = new SeriesSettings { Table = "t", Y = "N" };
        FigureSeries one = Assert.Single(FigureData.Collect(new FigureSettings { Series = [series] }, [table]));

        Assert.InRange(one.X.Count, 1_000, SeriesShapes.PointsMax);
        Assert.Equal(54_321, one.X[one.Y.IndexOf(1_000)]);
        Assert.True(one.X.SequenceEqual(one.X.Order()));
    }

    [Fact]
    public void Reference_points_lie_over_ours()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("published.dat", "# from the paper\ntime rate other\n1 10 5\n2 12 -\n");
        var settings = new ReferenceSettings { File = file, Columns = ["rate"], Label = "published" };
        FigureSettings figure = Rates with { References = [settings] };

        FigureSeries reference = FigureData.Collect(figure, [RateTable(1)])[^1];

        Assert.True(reference.IsReference);
        Assert.Equal([10, 12], reference.Y);
        Assert.Contains(">published<", Figure.ToSvg(figure, RateTable(1)), StringComparison.Ordinal);
        Assert.Equal(2, FigureData.Collect(figure with { Series = [], References = [new ReferenceSettings { File = file }] }, []).Count);
    }

    [Theory]
    [InlineData("rate", "Rate", "Node", "figure 'rates': there is no table 'rate'; this run has 'rates'")]
    [InlineData("rates", "Speed", "Node", "figure 'rates': table 'rates' has no column 'Speed'; it has 'Time', 'Node', 'Rate'")]
    [InlineData("rates", "Rate", "Nodes", "figure 'rates': table 'rates' has no column 'Nodes'; it has 'Time', 'Node', 'Rate'")]
    public void Error_names_what_is_not_there_and_what_is(string table, string y, string by, string message)
    {
        FigureSettings figure = Rates with { Series = [new SeriesSettings { Table = table, Y = y, By = by }] };
        Assert.Equal(message, Assert.Throws<ScenarioException>(() => Figure.ToSvg(figure, RateTable(1))).Message);
    }

    [Fact]
    public void Logarithmic_axis_cannot_begin_at_zero()
    {
        FigureSettings figure = Rates with { Y = new AxisSettings { IsLogarithmic = true, Minimum = 0 } };
        ScenarioException error = Assert.Throws<ScenarioException>(() => Figure.ToSvg(figure, RateTable(1)));
        Assert.Equal("figure 'rates': the y axis is logarithmic; its limits must be more than 0", error.Message);
    }

    [Fact]
    public void Figure_without_rows_is_still_a_figure()
    {
        Assert.Contains("Time (s)", Figure.ToSvg(Rates, RateTable(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_that_cannot_be_written_names_its_file()
    {
        using var folder = new TemporaryFolder();
        string blocked = folder.File("out", "in the way");
        OutputException error = Assert.Throws<OutputException>(() => Figure.Save(Rates, blocked, RateTable(1)));
        Assert.Equal(Path.Combine(blocked, "rates.svg"), error.File);
    }

    private static MetricTable RateTable(int nodes)
    {
        var table = new MetricTable("rates", "Time", "Node", "Rate");
        for (int time = 1; time <= 20; time++)
        {
            for (int node = 0; node < nodes; node++)
            {
                table.Append(
                    MetricValue.Seconds(time * 500_000_000L),
                    MetricValue.Of($"node-{node}"),
                    MetricValue.Of(10 + (node * 3) + (time % 5 * 0.7)));
            }
        }

        return table;
    }
}
