namespace Piccolo.Sim.Engine;

/// <summary>Arithmetic of times that ends at the end of time.</summary>
internal static class VirtualTimes
{
    /// <summary>A time later by a duration; <see cref="long.MaxValue"/>, which no run reaches, instead of the past.</summary>
    /// <param name="timeNs">Not negative.</param>
    /// <param name="durationNs">Not negative.</param>
    public static long Later(long timeNs, long durationNs) => timeNs > long.MaxValue - durationNs ? long.MaxValue : timeNs + durationNs;
}
