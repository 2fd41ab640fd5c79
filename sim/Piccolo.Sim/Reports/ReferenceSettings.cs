namespace Piccolo.Sim.Reports;

/// <summary>The points of a published file, drawn as markers over ours.</summary>
public sealed record ReferenceSettings
{
    /// <summary>The file; its first column is x.</summary>
    public string File { get; init; } = "";

    /// <summary>Which of its columns are drawn; empty for all.</summary>
    /// <remarks>By name, from <see cref="Names"/> or the file's first line, or by number, x being 1.</remarks>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What its columns are called, x included; empty takes the file's first line where that is no row of numbers.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What the legend calls it; the names of its columns follow when it has several. Empty takes the file's name.</summary>
    public string Label { get; init; } = "";

    /// <summary>What x is multiplied by, to change its unit.</summary>
    public double XScale { get; init; } = 1;

    /// <summary>What y is multiplied by, to change its unit.</summary>
    public double YScale { get; init; } = 1;
}
