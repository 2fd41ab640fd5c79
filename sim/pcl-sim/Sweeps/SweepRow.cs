namespace Piccolo.Sim.Cli.Sweeps;

/// <summary>A run of a sweep.</summary>
internal sealed record SweepRow
{
    /// <summary>Which combination of parameters.</summary>
    public required int Combination { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The run's digest, in hexadecimal; empty where it failed.</summary>
    public string Digest { get; init; } = "";

    /// <summary>What went wrong; empty for a run that ended.</summary>
    public string Error { get; init; } = "";

    /// <summary>Expectations that were missed.</summary>
    public int Missed { get; init; }

    /// <summary>The metrics, in the order of the sweep's columns; none where it failed.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];
}
