using System.Globalization;
using System.Xml.Linq;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Tests.Reports;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>A scenario's figure with published points over ours, from the file to the picture.</summary>
public sealed class ReferenceOverlayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Published_points_lie_over_ours_on_the_same_axes()
    {
        // Ten Interests a second, all answered: the router's store has 10 t contents. The published ones are 5 too many.
        _folder.File("paper.dat", "# Figure 7 of the paper\nt contents\n0.5 10\n1.0 15\n1.5 20\n2.0 25\n");
        using ScenarioRun run = Scenario.Load(Write("\"reference\": \"paper.dat\"")).Build(null, null, new() { Folder = _folder.Path });
        ScenarioResult result = run.Run();

        string path = Assert.Single(result.Figures);
        Assert.Equal(_folder.File("store.svg"), path);
        XElement svg = XElement.Load(path);
        string[] texts = [.. svg.Descendants().Where(static one => one.Name.LocalName == "text").Select(static one => one.Value)];
        Assert.Contains("ours", texts);
        Assert.Contains("paper", texts);
        Assert.Contains("Time (s)", texts);

        XElement[] shapes = [.. svg.Descendants().Where(static one => one.Attribute("clip-path") is not null).Elements()];
        (double X, double Y)[] line = shapes.Where(static one => one.Name.LocalName == "polyline")
            .Select(static one => Points(one.Attribute("points")!.Value)).First(static points => points.Length == 4);

        // Ours has markers too, being short; right of its end there is only the legend.
        (double X, double Y)[] published =
        [
            .. shapes.Where(static one => one.Name.LocalName == "ellipse")
                .Select(static one => (X: Number(one, "cx"), Y: Number(one, "cy")))
                .Where(point => point.X <= line[3].X + 0.01 && !line.Contains(point)),
        ];
        double unit = (line[0].Y - line[3].Y) / 15;
        Assert.Equal(4, published.Length);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(line[i].X, published[i].X, 0.01);
            Assert.Equal(5, (line[i].Y - published[i].Y) / unit, 0.05);
        }
    }

    [Theory]
    [InlineData("1 2\n3\n", "{0}:2: 1 columns where the lines before have 2; a missing point is written '-'")]
    [InlineData("t y\n1 2\n\n2 three\n", "{0}:4: column 2 is 'three', which is no number")]
    [InlineData("# nothing\n", "{0}:1: the file ends without a single point")]
    [InlineData(null, "{1}:{2}: $.figures[0].reference: there is no file 'paper.dat', looked for as {0}")]
    public void Reference_file_that_is_missing_or_malformed_is_refused_before_the_run(string? text, string message)
    {
        string file = text is null ? _folder.File("paper.dat") : _folder.File("paper.dat", text);
        string scenario = Write("\"reference\": \"paper.dat\"");
        foreach (string? folder in new[] { _folder.Path, null })
        {
            ScenarioException error = Assert.Throws<ScenarioException>(
                () => Scenario.Load(scenario).Build(null, null, new() { Folder = folder }).Dispose());
            string[] lines = File.ReadAllLines(scenario);
            int line = 1 + Array.FindIndex(lines, static one => one.Contains("\"reference\"", StringComparison.Ordinal));
            string expected = string.Format(CultureInfo.InvariantCulture, message, file, scenario, line);
            Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"table\": \"nodez\"", "figure 'store': there is no table 'nodez'; this run has 'nodes'")]
    [InlineData("\"y\": \"CsEntriez\"", "figure 'store': table 'nodes' has no column 'CsEntriez'; it has 'Time', 'Node'")]
    [InlineData("\"reference\": [{ \"file\": \"paper.dat\", \"columns\": \"z\" }]", "figure 'store': ")]
    public void Figure_of_what_is_not_there_is_refused_before_the_run(string wrong, string message)
    {
        _folder.File("paper.dat", "t y\n1 2\n");
        string key = wrong[..wrong.IndexOf(':', StringComparison.Ordinal)];
        string scenario = key == "\"reference\"" ? Write(wrong) : Write("\"width\": 500", key, wrong);
        ScenarioException error = Assert.Throws<ScenarioException>(() => Scenario.Load(scenario).Build().Dispose());
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static (double X, double Y)[] Points(string text) =>
    [
        .. text.Split(' ').Select(static point => point.Split(','))
            .Select(static point => (Number(point[0]), Number(point[1]))),
    ];

    private static double Number(XElement element, string name) => Number(element.Attribute(name)!.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private string Write(string figure, string key = "", string instead = "")
    {
        string text = $$"""
            "measure": { "traces": ["nodes"], "period": "500ms" },
            "figures": [{
              "name": "store", "x": { "label": "Time", "unit": "s" }, {{figure}},
              "series": [{ "table": "nodes", "y": "CsEntries", "where": { "Node": "B" }, "label": "ours" }]
            }]
            """;
        if (key.Length > 0)
        {
            int at = text.IndexOf(key, StringComparison.Ordinal);
            int end = text.IndexOf(',', at);
            text = text[..at] + instead + text[end..];
        }

        return _folder.File("s.json", ScenarioFiles.Pair(text));
    }
}
