namespace Piccolo.Sim.Reports;

/// <summary>One series of a figure, or one for each value of a column: rows of a metric table, picked by their cells.</summary>
public sealed record SeriesSettings
{
    /// <summary>The table.</summary>
    public string Table { get; init; } = "";

    /// <summary>The column of x.</summary>
    public string X { get; init; } = "Time";

    /// <summary>The column of y; a CDF has none.</summary>
    public string Y { get; init; } = "";

    /// <summary>How it is drawn.</summary>
    public SeriesKind Kind { get; init; }

    /// <summary>What the legend calls it; empty takes the name of the y column.</summary>
    public string Label { get; init; } = "";

    /// <summary>Only rows whose cell in each of these columns is written exactly so.</summary>
    public IReadOnlyDictionary<string, string> Where { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A column whose every value becomes a series of its own; empty for one series.</summary>
    public string By { get; init; } = "";

    /// <summary>What becomes of rows with the same x.</summary>
    public SeriesAggregate Aggregate { get; init; }

    /// <summary>What x is multiplied by, to change its unit.</summary>
    public double XScale { get; init; } = 1;

    /// <summary>What y is multiplied by, to change its unit.</summary>
    public double YScale { get; init; } = 1;
}
