namespace Piccolo.Sim.Reports;

/// <summary>A figure: which measured columns are drawn, and how.</summary>
public sealed record FigureSettings
{
    /// <summary>The name of its file, without <c>.svg</c>.</summary>
    public string Name { get; init; } = "figure";

    /// <summary>The line above it; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public AxisSettings X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public AxisSettings Y { get; init; } = new();

    /// <summary>What is drawn.</summary>
    public IReadOnlyList<SeriesSettings> Series { get; init; } = [];

    /// <summary>Published points that are laid over ours.</summary>
    public IReadOnlyList<ReferenceSettings> References { get; init; } = [];

    /// <summary>Where the legend stands, when there is more than one thing to tell apart.</summary>
    public LegendPlace Legend { get; init; } = LegendPlace.Right;

    /// <summary>How wide it is.</summary>
    /// <remarks>Units: SVG user units (pixels at 96 dpi).</remarks>
    public int Width { get; init; } = 760;

    /// <summary>How high it is.</summary>
    /// <remarks>Units: SVG user units.</remarks>
    public int Height { get; init; } = 440;
}
