namespace Piccolo.Sim.Nodes;

/// <summary>How wrong a node's clock is.</summary>
public sealed record ClockSettings
{
    /// <summary>How far the wall clock is ahead of the true time at the start; negative: behind.</summary>
    /// <remarks>Units: nanoseconds. Bound: a billion seconds, some 31 years, in either direction.</remarks>
    public long SkewNs { get; init; }

    /// <summary>How much faster than true time the clock runs; negative: slower.</summary>
    /// <remarks>Units: parts in a billion. Bound: half of true speed in either direction.</remarks>
    public long DriftPpb { get; init; }
}
