namespace Piccolo.Sim.Reports;

/// <summary>A series that is ready to draw: numbers, and names where x is a text.</summary>
internal sealed class FigureSeries
{
    public required string Label { get; init; }

    public required SeriesKind Kind { get; init; }

    public bool IsReference { get; init; }

    public List<double> X { get; init; } = [];

    public List<double> Y { get; init; } = [];

    /// <summary>What x is called on a bar chart, aligned with <see cref="X"/>.</summary>
    public List<string> Names { get; init; } = [];
}
