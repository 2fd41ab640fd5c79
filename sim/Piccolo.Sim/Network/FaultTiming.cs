namespace Piccolo.Sim.Network;

/// <summary>How often a component fails and how long it is then away.</summary>
public sealed record FaultTiming
{
    /// <summary>Whether times are exactly those given; otherwise they are the means of exponential ones.</summary>
    public bool IsPeriodic { get; init; }

    /// <summary>From a repair (or the beginning) to the next failure.</summary>
    /// <remarks>Units: nanoseconds; the MTBF without the repair.</remarks>
    public long BetweenNs { get; init; } = 10_000_000_000;

    /// <summary>From a failure to its repair.</summary>
    /// <remarks>Units: nanoseconds; the MTTR.</remarks>
    public long RepairNs { get; init; } = 1_000_000_000;

    /// <summary>When the component begins to age.</summary>
    public long FromNs { get; init; }

    /// <summary>When failures cease and all that is broken is repaired; 0 for never.</summary>
    public long UntilNs { get; init; }
}
