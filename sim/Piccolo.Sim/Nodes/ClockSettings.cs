using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Nodes;

/// <summary>How wrong a node's clock is.</summary>
public sealed record ClockSettings
{
    private const long DriftPpbMax = 500_000_000;

    /// <summary>Some 31 years: wall clocks stay after 1970, and far from where calendars end.</summary>
    private const long SkewNsMax = 1_000_000_000_000_000_000;

    /// <summary>How far the wall clock is ahead of the true time at the start; negative: behind.</summary>
    /// <remarks>Units: nanoseconds. Bound: a billion seconds, some 31 years, in either direction.</remarks>
    public long SkewNs { get; init; }

    /// <summary>How much faster than true time the clock runs; negative: slower.</summary>
    /// <remarks>Units: parts in a billion. Bound: half of true speed in either direction.</remarks>
    public long DriftPpb { get; init; }

    internal void Validate(string where)
    {
        SettingsCheck.AtLeast(where, "driftPpb", DriftPpb, -DriftPpbMax);
        SettingsCheck.AtMost(where, "driftPpb", DriftPpb, DriftPpbMax);
        SettingsCheck.AtLeast(where, "skewNs", SkewNs, -SkewNsMax);
        SettingsCheck.AtMost(where, "skewNs", SkewNs, SkewNsMax);
    }
}
