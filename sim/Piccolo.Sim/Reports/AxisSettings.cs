namespace Piccolo.Sim.Reports;

/// <summary>One axis of a figure.</summary>
public sealed record AxisSettings
{
    /// <summary>What it measures; empty takes the name of the first series' column.</summary>
    public string Label { get; init; } = "";

    /// <summary>In which unit, written in parentheses after the label; empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether its scale is logarithmic; points that are not positive are then left out.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where it begins; null leaves that to the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>Where it ends; null leaves that to the data.</summary>
    public double? Maximum { get; init; }
}
