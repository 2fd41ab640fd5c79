namespace Piccolo.Sim.Reports;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind : byte
{
    /// <summary>Points in the order of x, joined.</summary>
    Line,

    /// <summary>A marker for each point.</summary>
    Points,

    /// <summary>A value that holds until the next one: queues, table sizes.</summary>
    Steps,

    /// <summary>The share of samples at or below x; only the x column is read.</summary>
    Cdf,

    /// <summary>A bar for each x, side by side where there are several series; x may be a text.</summary>
    Bars,
}
