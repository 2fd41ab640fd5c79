using System.Text;
using OxyPlot;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Piccolo.Sim.Reports;

/// <summary>Draws figures as SVG.</summary>
/// <remarks>The same tables give the same octets. Nothing of the machine (fonts, locale, time) enters a file.</remarks>
public static class Figure
{
    /// <summary>Draws a figure.</summary>
    /// <exception cref="ScenarioException">It names a table, column or file that is not there, or a file breaks its format.</exception>
    public static string ToSvg(FigureSettings figure, params IReadOnlyList<MetricTable> tables)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(tables);
        List<FigureSeries> series = FigureData.Collect(figure, tables);
        PlotModel model = Build(figure, series);
        using var stream = new MemoryStream();
        var exporter = new SvgExporter
        {
            Width = figure.Width,
            Height = figure.Height,
            UseVerticalTextAlignmentWorkaround = true,
            TextMeasurer = new FigureText(),
        };
        exporter.Export(model, stream);
        string svg = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        return svg.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    /// <summary>Draws a figure into <c>NAME.svg</c> in a folder.</summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="ScenarioException">It names a table, column or file that is not there, or a file breaks its format.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static string Save(FigureSettings figure, string folder, params IReadOnlyList<MetricTable> tables)
    {
        ArgumentNullException.ThrowIfNull(figure);
        string path = Path.Combine(folder, figure.Name + ".svg");
        byte[] svg = Encoding.UTF8.GetBytes(ToSvg(figure, tables));
        using var file = new OutputFile(path);
        file.Write(svg);
        file.EndRecord();
        return path;
    }

    private static PlotModel Build(FigureSettings figure, List<FigureSeries> series)
    {
        var model = new PlotModel
        {
            Title = figure.Title.Length == 0 ? null : figure.Title,
            TitleFontSize = 15,
            TitleFontWeight = FontWeights.Bold,
            TitlePadding = 10,
            DefaultFont = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif",
            DefaultFontSize = 12,
            TextColor = FigurePalette.Text,
            Background = OxyColors.White,
            PlotAreaBorderColor = FigurePalette.Frame,
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
            Padding = new OxyThickness(8, 8, 16, 8),
        };
        bool isBars = series.Exists(one => one.Kind == SeriesKind.Bars);
        List<string> names = isBars ? FigureBars.Names(series) : [];
        FigureAxes.Add(model, figure, series, names);
        int own = 0;
        int references = 0;
        int bars = series.Count(one => one.Kind == SeriesKind.Bars);
        int bar = 0;
        foreach (FigureSeries one in series)
        {
            if (one.IsReference)
            {
                AddReference(model, one, references++, names);
                continue;
            }

            if (one.Kind == SeriesKind.Bars)
            {
                FigureBars.Add(model, one, names, bar++, bars, FigurePalette.Colour(own), figure.Y.IsLogarithmic);
            }
            else
            {
                AddLine(model, one, own);
            }

            own++;
        }

        AddLegend(model, figure, series.Count);
        return model;
    }

    private static void AddLine(PlotModel model, FigureSeries one, int index)
    {
        if (one.Kind == SeriesKind.Points)
        {
            var points = new ScatterSeries
            {
                Title = one.Label,
                MarkerType = FigurePalette.Marker(index),
                MarkerSize = one.X.Count > 500 ? 1.8 : 3.2,
                MarkerFill = FigurePalette.Colour(index),
                MarkerStrokeThickness = 0,
            };
            for (int i = 0; i < one.X.Count; i++)
            {
                points.Points.Add(new ScatterPoint(one.X[i], one.Y[i]));
            }

            model.Series.Add(points);
            return;
        }

        var line = new LineSeries
        {
            Title = one.Label,
            Color = FigurePalette.Colour(index),
            LineStyle = FigurePalette.Line(index),
            StrokeThickness = 1.6,
            LineJoin = one.Kind == SeriesKind.Line ? LineJoin.Round : LineJoin.Miter,
        };
        if (one.Kind == SeriesKind.Line && one.X.Count <= 40)
        {
            line.MarkerType = FigurePalette.Marker(index);
            line.MarkerSize = 3;
            line.MarkerFill = line.Color;
        }

        for (int i = 0; i < one.X.Count; i++)
        {
            // A step is two points of one line: a drawing of its own for each step would make files of megabytes.
            if (one.Kind != SeriesKind.Line && i > 0)
            {
                line.Points.Add(new DataPoint(one.X[i], one.Y[i - 1]));
            }

            line.Points.Add(new DataPoint(one.X[i], one.Y[i]));
        }

        model.Series.Add(line);
    }

    // Published points are hollow and dark: they stand out on a line of ours and do not hide it.
    private static void AddReference(PlotModel model, FigureSeries one, int index, List<string> names)
    {
        var points = new ScatterSeries
        {
            Title = one.Label,
            MarkerType = FigurePalette.Marker(index),
            MarkerSize = 4.2,
            MarkerFill = OxyColor.FromAColor(0, OxyColors.White),
            MarkerStroke = FigurePalette.Text,
            MarkerStrokeThickness = 1.3,
        };
        for (int i = 0; i < one.X.Count; i++)
        {
            if (!double.IsNaN(one.Y[i]))
            {
                points.Points.Add(new ScatterPoint(names.Count == 0 ? one.X[i] : FigureBars.PositionOf(names, one.X[i]), one.Y[i]));
            }
        }

        model.Series.Add(points);
    }

    private static void AddLegend(PlotModel model, FigureSettings figure, int count)
    {
        model.IsLegendVisible = count > 1 && figure.Legend != LegendPlace.None;
        bool isOutside = figure.Legend is LegendPlace.Right or LegendPlace.Below;
        model.Legends.Add(new Legend
        {
            LegendPlacement = isOutside ? LegendPlacement.Outside : LegendPlacement.Inside,
            LegendPosition = figure.Legend switch
            {
                LegendPlace.Below => LegendPosition.BottomCenter,
                LegendPlace.TopLeft => LegendPosition.TopLeft,
                LegendPlace.TopRight => LegendPosition.TopRight,
                LegendPlace.BottomRight => LegendPosition.BottomRight,
                _ => LegendPosition.RightTop,
            },
            LegendOrientation = figure.Legend == LegendPlace.Below ? LegendOrientation.Horizontal : LegendOrientation.Vertical,
            LegendBorderThickness = 0,
            LegendBackground = isOutside ? OxyColors.Transparent : OxyColor.FromAColor(225, OxyColors.White),
            LegendFontSize = 11,
            LegendSymbolLength = 22,
            LegendPadding = 6,
            LegendLineSpacing = 3,
            LegendItemSpacing = 20,
            ShowInvisibleSeries = false,
        });
    }
}
