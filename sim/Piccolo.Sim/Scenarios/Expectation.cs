namespace Piccolo.Sim.Scenarios;

/// <summary>Something that must hold of a run's numbers.</summary>
public sealed record Expectation
{
    /// <summary>Which number: see <see cref="RunMetrics"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>The least it may be.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The most it may be.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>When counting begins.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long FromNs { get; init; }

    /// <summary>When counting ends; null for the end of the run.</summary>
    public long? ToNs { get; init; }

    /// <summary>Whether the count is divided by the seconds it took.</summary>
    public bool IsPerSecond { get; init; }

    /// <summary>Why it must hold, for who reads the failure.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where it is written, for messages.</summary>
    public string Place { get; init; } = "";
}
