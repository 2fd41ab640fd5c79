namespace Piccolo.Sim.Engine;

/// <summary>Arithmetic of times that ends at the end of time.</summary>
internal static class VirtualTimes
{
    /// <summary>Some 146 years: no run is longer, so that what is added to a time of a run stays before the end of time.</summary>
    public const long RunNsMax = long.MaxValue / 2;

    /// <summary>A time later by a duration; <see cref="long.MaxValue"/>, which no run reaches, instead of the past.</summary>
    /// <param name="timeNs">Not negative.</param>
    /// <param name="durationNs">Not negative.</param>
    public static long Later(long timeNs, long durationNs) => timeNs > long.MaxValue - durationNs ? long.MaxValue : timeNs + durationNs;
}
