using OxyPlot;

namespace Piccolo.Sim.Reports;

/// <summary>How large a text will be, whatever font the viewer has.</summary>
/// <remarks>
/// The widths are those of the widest of the common sans-serif fonts, by class of letter: with a narrower one a figure has a little more
/// air, and no legend is cut. Nothing is asked of the machine, so the layout is the same everywhere.
/// </remarks>
internal sealed class FigureText : ClippingRenderContext
{
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        if (string.IsNullOrEmpty(text))
        {
            return OxySize.Empty;
        }

        double ems = 0;
        foreach (char letter in text)
        {
            ems += Width(letter);
        }

        return new OxySize(ems * fontSize * (fontWeight >= 600 ? 1.1 : 1), fontSize * 0.95);
    }

    public override void DrawLine(
        IList<ScreenPoint> points,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin) =>
        throw new NotSupportedException("it measures only");

    public override void DrawPolygon(
        IList<ScreenPoint> points,
        OxyColor fill,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin) =>
        throw new NotSupportedException("it measures only");

    public override void DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string fontFamily,
        double fontSize,
        double fontWeight,
        double rotation,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize) =>
        throw new NotSupportedException("it measures only");

    protected override void SetClip(OxyRect clippingRectangle)
    {
    }

    protected override void ResetClip()
    {
    }

    private static double Width(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' or 'I' => 0.33,
        '\u2009' => 0.2,
        'f' or 't' or 'r' or '(' or ')' or '/' or '-' or '[' or ']' => 0.41,
        'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.98,
        '<' or '>' or '=' or '+' or '&' => 0.84,
        >= 'A' and <= 'Z' => 0.72,
        >= '\u2E80' => 1,
        _ => 0.64,
    };
}
