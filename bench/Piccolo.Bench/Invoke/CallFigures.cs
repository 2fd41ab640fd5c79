namespace Piccolo.Bench.Invoke;

/// <summary>What was measured of one way to call; times in microseconds.</summary>
/// <param name="P50">Median.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="CallsPerSecond">Calls a second, one after the other.</param>
/// <param name="CpuPerCall">CPU time of caller and server together, for each call.</param>
internal sealed record CallFigures(double P50, double P99, double CallsPerSecond, double CpuPerCall)
{
    /// <summary>Takes the figures of what was timed.</summary>
    public static CallFigures Of(Latencies timed) =>
        new(timed.Percentile(0.5), timed.Percentile(0.99), timed.PerSecond, timed.CpuPerCall);
}
