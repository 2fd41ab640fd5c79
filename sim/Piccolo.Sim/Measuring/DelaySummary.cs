namespace Piccolo.Sim.Measuring;

/// <summary>A distribution of durations in a few numbers.</summary>
/// <remarks>Units: nanoseconds. Percentiles are at most 1/128 too long.</remarks>
public sealed record DelaySummary(
    long Count, long MinimumNs, long MeanNs, long MedianNs, long P90Ns, long P99Ns, long P999Ns, long MaximumNs)
{
    /// <summary>The numbers of a histogram.</summary>
    public static DelaySummary Of(DelayHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return new DelaySummary(
            histogram.Count,
            histogram.MinimumNs,
            histogram.MeanNs,
            histogram.QuantileNs(500),
            histogram.QuantileNs(900),
            histogram.QuantileNs(990),
            histogram.QuantileNs(999),
            histogram.MaximumNs);
    }
}
