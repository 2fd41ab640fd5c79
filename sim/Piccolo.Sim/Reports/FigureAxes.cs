using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;

namespace Piccolo.Sim.Reports;

/// <summary>The axes of a figure.</summary>
internal static class FigureAxes
{
    public static void Add(PlotModel model, FigureSettings figure, List<FigureSeries> series, List<string> names)
    {
        SeriesSettings? first = figure.Series.Count == 0 ? null : figure.Series[0];
        string x = figure.X.Label.Length > 0 ? figure.X.Label : first?.X ?? "";
        bool isCdf = first?.Kind == SeriesKind.Cdf;
        string y = figure.Y.Label.Length > 0 ? figure.Y.Label : isCdf ? "Share of samples" : first?.Y ?? "";
        model.Axes.Add(names.Count > 0
            ? Dress(FigureBars.Axis(names), AxisPosition.Bottom, x, figure.X.Unit)
            : Dress(Create(figure, figure.X, series, one => one.X, "x"), AxisPosition.Bottom, x, figure.X.Unit));
        Axis vertical = Dress(Create(figure, figure.Y, series, one => one.Y, "y"), AxisPosition.Left, y, figure.Y.Unit);
        if (isCdf && !figure.Y.IsLogarithmic)
        {
            vertical.Minimum = figure.Y.Minimum ?? 0;
            vertical.Maximum = figure.Y.Maximum ?? 1;
        }

        if (names.Count > 0 && !figure.Y.IsLogarithmic && !series.Exists(one => one.Y.Exists(value => value < 0)))
        {
            vertical.Minimum = figure.Y.Minimum ?? 0;
        }

        model.Axes.Add(vertical);
    }

    private static Axis Create(
        FigureSettings figure, AxisSettings settings, List<FigureSeries> series, Func<FigureSeries, List<double>> values, string which)
    {
        if (settings.Minimum >= settings.Maximum)
        {
            throw new ScenarioException(
                $"figure '{figure.Name}': the {which} axis begins at {Text(settings.Minimum)}, "
                + $"not before its end at {Text(settings.Maximum)}");
        }

        if (settings.IsLogarithmic)
        {
            if (settings.Minimum <= 0 || settings.Maximum <= 0)
            {
                throw new ScenarioException($"figure '{figure.Name}': the {which} axis is logarithmic; its limits must be more than 0");
            }

            var logarithmic = new LogarithmicAxis { PowerPadding = false, MinimumPadding = 0.02, MaximumPadding = 0.02 };
            Limit(logarithmic, settings);
            if (settings.Minimum is null && which == "y" && series.Exists(one => one.Kind == SeriesKind.Bars))
            {
                // The feet of the bars lie far below; they must not stretch the axis.
                logarithmic.Minimum = PowerOfTenBelow(series);
                logarithmic.Maximum = settings.Maximum ?? Math.Max(logarithmic.Minimum * 10, 1.5 * Extreme(series, values, Math.Max, 0));
            }

            return logarithmic;
        }

        var axis = new LinearAxis
        {
            MinimumPadding = 0,
            MaximumPadding = which == "x" ? 0.01 : 0.05,
            LabelFormatter = Label,
        };
        Limit(axis, settings);

        // Counts and times begin at 0 unless the data lie in a narrow band far from it.
        double low = Extreme(series, values, Math.Min, double.PositiveInfinity);
        double high = Extreme(series, values, Math.Max, double.NegativeInfinity);
        if (settings.Minimum is null && low >= 0 && low <= high / 2)
        {
            axis.Minimum = 0;
        }
        else if (settings.Minimum is null)
        {
            axis.MinimumPadding = axis.MaximumPadding;
        }

        return axis;
    }

    private static double PowerOfTenBelow(List<FigureSeries> series)
    {
        double low = double.PositiveInfinity;
        foreach (FigureSeries one in series)
        {
            foreach (double value in one.Y)
            {
                low = value > 0 ? Math.Min(low, value) : low;
            }
        }

        double power = 1;
        while (power * 10 < low && power < 1e300)
        {
            power *= 10;
        }

        while (power >= low && power > 1e-300)
        {
            power /= 10;
        }

        return power;
    }

    private static double Extreme(
        List<FigureSeries> series, Func<FigureSeries, List<double>> values, Func<double, double, double> choose, double start)
    {
        double result = start;
        foreach (FigureSeries one in series)
        {
            foreach (double value in values(one))
            {
                result = double.IsFinite(value) ? choose(result, value) : result;
            }
        }

        return result;
    }

    private static Axis Limit(Axis axis, AxisSettings settings)
    {
        axis.Minimum = settings.Minimum ?? double.NaN;
        axis.Maximum = settings.Maximum ?? double.NaN;
        return axis;
    }

    private static Axis Dress(Axis axis, AxisPosition position, string label, string unit)
    {
        axis.Position = position;
        axis.Title = unit.Length == 0 ? label : label.Length == 0 ? unit : $"{label} ({unit})";
        axis.AxisTitleDistance = 10;
        axis.TitleFontSize = 12.5;
        axis.FontSize = 11;
        axis.TextColor = FigurePalette.Text;
        axis.TitleColor = FigurePalette.Text;
        axis.TicklineColor = FigurePalette.Frame;
        axis.AxislineColor = FigurePalette.Frame;
        axis.TickStyle = TickStyle.Outside;
        axis.MajorTickSize = 5;
        axis.MinorTickSize = axis is LogarithmicAxis ? 2.5 : 0;
        if (axis is not CategoryAxis && !(axis is LinearAxis { Key: FigureBars.AxisKey }))
        {
            axis.MajorGridlineStyle = LineStyle.Solid;
            axis.MajorGridlineColor = FigurePalette.Grid;
            axis.MajorGridlineThickness = 1;
            axis.MinorGridlineStyle = axis is LogarithmicAxis ? LineStyle.Solid : LineStyle.None;
            axis.MinorGridlineColor = FigurePalette.MinorGrid;
        }

        return axis;
    }

    // 1000000 as 1 000 000 with a thin space; what binary fractions leave at the end of a tick's value is cut.
    private static string Label(double value)
    {
        double size = Math.Abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e9))
        {
            return value.ToString("0.###e0", CultureInfo.InvariantCulture);
        }

        return value.ToString(size >= 10_000 ? "#,0.######" : "0.######", CultureInfo.InvariantCulture).Replace(',', '\u2009');
    }

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
