using OxyPlot;

namespace Piccolo.Sim.Reports;

/// <summary>Colours, line styles and markers of figures.</summary>
/// <remarks>Source: the palette of Okabe and Ito, which colour blindness leaves apart, without its yellow, too pale on white.</remarks>
internal static class FigurePalette
{
    private static readonly OxyColor[] Colours =
    [
        OxyColor.FromRgb(0x00, 0x72, 0xB2),
        OxyColor.FromRgb(0xD5, 0x5E, 0x00),
        OxyColor.FromRgb(0x00, 0x9E, 0x73),
        OxyColor.FromRgb(0xCC, 0x79, 0xA7),
        OxyColor.FromRgb(0x56, 0xB4, 0xE9),
        OxyColor.FromRgb(0xE6, 0x9F, 0x00),
        OxyColor.FromRgb(0x5A, 0x5A, 0x5A),
    ];

    private static readonly MarkerType[] Markers =
        [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    // When the colours begin again, the lines are dashed.
    private static readonly LineStyle[] Lines = [LineStyle.Solid, LineStyle.Dash, LineStyle.Dot, LineStyle.DashDot];

    public static OxyColor Text { get; } = OxyColor.FromRgb(0x22, 0x22, 0x22);

    public static OxyColor Frame { get; } = OxyColor.FromRgb(0x80, 0x80, 0x80);

    public static OxyColor Grid { get; } = OxyColor.FromRgb(0xE4, 0xE4, 0xE4);

    public static OxyColor MinorGrid { get; } = OxyColor.FromRgb(0xF2, 0xF2, 0xF2);

    public static OxyColor Colour(int series) => Colours[series % Colours.Length];

    public static LineStyle Line(int series) => Lines[series / Colours.Length % Lines.Length];

    public static MarkerType Marker(int series) => Markers[series % Markers.Length];
}
