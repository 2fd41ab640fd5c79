using System.Text.Json;

namespace Piccolo.Bench.Forwarder;

/// <summary>One run of the load generator.</summary>
/// <param name="SatisfiedPerSecond">Interests answered by Data each second.</param>
/// <param name="LossPercent">Interests without an answer.</param>
/// <param name="P50">Median latency, microseconds.</param>
/// <param name="P90">90th percentile, microseconds.</param>
/// <param name="P99">99th percentile, microseconds.</param>
/// <param name="CpuPerExchange">CPU time of the forwarder's process for each exchange, microseconds.</param>
/// <param name="ResidentKilobytes">Memory of the forwarder's process.</param>
internal sealed record LoadResult(
    double SatisfiedPerSecond, double LossPercent, double P50, double P90, double P99, double CpuPerExchange, double ResidentKilobytes)
{
    /// <summary>Reads the generator's line of JSON.</summary>
    public static LoadResult Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement latency = root.GetProperty("lat_us");
        return new LoadResult(
            root.GetProperty("satisfied_per_s").GetDouble(),
            root.GetProperty("loss_pct").GetDouble(),
            latency.GetProperty("p50").GetDouble(),
            latency.GetProperty("p90").GetDouble(),
            latency.GetProperty("p99").GetDouble(),
            root.GetProperty("fwd_cpu_us_per_exchange").GetDouble(),
            root.GetProperty("fwd_rss_kb").GetDouble());
    }

    /// <summary>The median of each figure over several runs.</summary>
    public static LoadResult Median(IReadOnlyList<LoadResult> runs) => new(
        Middle(runs, r => r.SatisfiedPerSecond),
        Middle(runs, r => r.LossPercent),
        Middle(runs, r => r.P50),
        Middle(runs, r => r.P90),
        Middle(runs, r => r.P99),
        Middle(runs, r => r.CpuPerExchange),
        Middle(runs, r => r.ResidentKilobytes));

    private static double Middle(IReadOnlyList<LoadResult> runs, Func<LoadResult, double> figure)
    {
        double[] values = [.. runs.Select(figure).Order()];
        return values[values.Length / 2];
    }
}
