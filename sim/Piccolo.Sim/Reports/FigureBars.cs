using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Piccolo.Sim.Reports;

/// <summary>Upright bars: each name has a place on a linear axis, its series share the place.</summary>
internal static class FigureBars
{
    public const string AxisKey = "names";

    private const double Width = 0.76;

    /// <summary>The names of all bars, in the order of first appearance.</summary>
    public static List<string> Names(List<FigureSeries> series)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (FigureSeries one in series)
        {
            foreach (string name in one.Names)
            {
                if (seen.Add(name))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    public static Axis Axis(List<string> names) => new LinearAxis
    {
        Key = AxisKey,
        Minimum = -0.6,
        Maximum = names.Count - 0.4,
        MajorStep = (names.Count + 19) / 20,
        MinimumMajorStep = 1,
        LabelFormatter = value => value >= 0 && value < names.Count && value == Math.Floor(value) ? names[(int)value] : "",
    };

    public static void Add(
        PlotModel model, FigureSeries one, List<string> names, int index, int count, OxyColor colour, bool isLogarithmic)
    {
        var bars = new RectangleBarSeries { Title = one.Label, FillColor = colour, StrokeThickness = 0, XAxisKey = AxisKey };
        double width = Width / count;

        // A logarithmic axis has no 0: the foot of its bars is far below what it shows.
        double foot = isLogarithmic ? 1e-300 : 0;
        for (int i = 0; i < one.Names.Count; i++)
        {
            double left = names.IndexOf(one.Names[i]) - (Width / 2) + (index * width);
            bars.Items.Add(new RectangleBarItem(left, foot, left + (width * 0.94), one.Y[i]));
        }

        model.Series.Add(bars);
    }

    /// <summary>Where a reference point with this x stands: over the bar whose name is that number, else out of sight.</summary>
    public static double PositionOf(List<string> names, double x)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (double.TryParse(names[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value == x)
            {
                return i;
            }
        }

        return double.NaN;
    }
}
