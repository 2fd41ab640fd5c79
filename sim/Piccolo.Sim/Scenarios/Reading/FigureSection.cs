using System.Buffers;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads what is drawn.</summary>
internal static class FigureSection
{
    private static readonly SearchValues<char> NotInFiles = SearchValues.Create("/\\\0:*?\"<>|");

    private static readonly ObjectShape AxisShape = new(
        "axis",
        "An axis of a figure.",
        [
            new("label", ValueShape.Text, "What it measures; the column's name if absent."),
            new("unit", ValueShape.Text, "In which unit."),
            new("log", ValueShape.Flag, "Whether its scale is logarithmic; false if absent."),
            new("min", ValueShape.Number(), "Where it begins."),
            new("max", ValueShape.Number(), "Where it ends."),
        ]);

    private static readonly ObjectShape SeriesShape = new(
        "series",
        "What is drawn: rows of a trace, picked by their cells.",
        [
            new("table", ValueShape.Text, "The trace: its file's name without the ending, for example rate-trace.", IsRequired: true),
            new("x", ValueShape.Text, "The column of x; Time if absent."),
            new("y", ValueShape.Text, "The column of y; a cdf has none."),
            new("kind", ValueShape.Choice("line", "points", "steps", "cdf", "bars"), "How it is drawn; line if absent."),
            new("label", ValueShape.Text, "What the legend calls it."),
            new("where", ValueShape.Map(ValueShape.Text), "Only rows with exactly these cells."),
            new("by", ValueShape.Text, "A column whose every value becomes a series of its own."),
            new("aggregate", ValueShape.Choice("none", "sum", "mean", "minimum", "maximum", "count"),
                "What becomes of rows with the same x; "
                + "each stays a point if absent."),
            new("xScale", ValueShape.Number(), "What x is multiplied by; 1 if absent."),
            new("yScale", ValueShape.Number(), "What y is multiplied by; 1 if absent."),
        ]);

    private static readonly ObjectShape ReferenceShape = new(
        "reference",
        "Published points that are laid over ours.",
        [
            new("file", ValueShape.Text, "The file; its first column is x.", IsRequired: true),
            new("columns", ValueShape.Texts, "Which columns, by name or number; all if absent."),
            new("names", ValueShape.Texts, "What its columns are called, x included; the file's first line if absent."),
            new("label", ValueShape.Text, "What the legend calls it."),
            new("xScale", ValueShape.Number(), "What x is multiplied by; 1 if absent."),
            new("yScale", ValueShape.Number(), "What y is multiplied by; 1 if absent."),
        ]);

    /// <summary>A figure.</summary>
    public static ObjectShape Shape { get; } = new(
        "figure",
        "A figure, written as NAME.svg.",
        [
            new("name", ValueShape.Text, "The name of its file, without .svg.", IsRequired: true),
            new("title", ValueShape.Text, "The line above it."),
            new("x", ValueShape.Object(AxisShape), "The horizontal axis."),
            new("y", ValueShape.Object(AxisShape), "The vertical axis."),
            new("series", ValueShape.List(ValueShape.Object(SeriesShape)), "What is drawn.", IsRequired: true),
            new("reference", ValueShape.Either(ValueShape.Text, ValueShape.List(ValueShape.Object(ReferenceShape))), "A file of published "
                + "points, or several with more to say."),
            new("legend", ValueShape.Choice("right", "below", "topLeft", "topRight", "bottomRight", "none"),
                "Where the legend stands; right if absent."),
            new("width", ValueShape.Whole(200, 4000), "How wide it is; 760 if absent."),
            new("height", ValueShape.Whole(120, 4000), "How high it is; 440 if absent."),
        ]);

    public static FigureSettings Read(ScenarioObject source)
    {
        string name = source["name"].Text();
        if (name.Length is 0 or > 100 || name.AsSpan().IndexOfAny(NotInFiles) >= 0 || name.StartsWith('.'))
        {
            throw source.Error("name", "it becomes a file's name: 1 to 100 characters, no / \\ : * ? \" < > |, no dot in front");
        }

        var defaults = new FigureSettings();
        return defaults with
        {
            Name = name,
            Title = source.Text("title"),
            X = source.Object("x") is ScenarioObject x ? Axis(x) : new AxisSettings(),
            Y = source.Object("y") is ScenarioObject y ? Axis(y) : new AxisSettings(),
            Series = [.. source.Objects("series").Select(Series)],
            References = References(source),
            Legend = Enum.Parse<LegendPlace>(source.Choice("legend", "right"), ignoreCase: true),
            Width = (int)source.Whole("width", defaults.Width),
            Height = (int)source.Whole("height", defaults.Height),
        };
    }

    private static AxisSettings Axis(ScenarioObject source) => new()
    {
        Label = source.Text("label"),
        Unit = source.Text("unit"),
        IsLogarithmic = source.Flag("log"),
        Minimum = source.Has("min") ? source.Number("min", 0) : null,
        Maximum = source.Has("max") ? source.Number("max", 0) : null,
    };

    private static SeriesSettings Series(ScenarioObject source)
    {
        var where = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (source.Has("where"))
        {
            foreach ((string key, ScenarioValue value) in source["where"].Entries())
            {
                where.Add(key, value.Text());
            }
        }

        return new SeriesSettings
        {
            Table = source["table"].Text(),
            X = source.Text("x", "Time"),
            Y = source.Text("y"),
            Kind = Enum.Parse<SeriesKind>(source.Choice("kind", "line"), ignoreCase: true),
            Label = source.Text("label"),
            Where = where,
            By = source.Text("by"),
            Aggregate = Enum.Parse<SeriesAggregate>(source.Choice("aggregate", "none"), ignoreCase: true),
            XScale = source.Number("xScale", 1),
            YScale = source.Number("yScale", 1),
        };
    }

    private static IReadOnlyList<ReferenceSettings> References(ScenarioObject source)
    {
        if (!source.Has("reference"))
        {
            return [];
        }

        ScenarioValue value = source["reference"];
        return value.Kind == System.Text.Json.JsonValueKind.Array
            ? [.. value.Items().Select(item => Reference(item.Object(ReferenceShape)))]
            : [new ReferenceSettings { File = value.File() }];
    }

    private static ReferenceSettings Reference(ScenarioObject source) => new()
    {
        File = source["file"].File(),
        Columns = source.Texts("columns"),
        Names = source.Texts("names"),
        Label = source.Text("label"),
        XScale = source.Number("xScale", 1),
        YScale = source.Number("yScale", 1),
    };
}
