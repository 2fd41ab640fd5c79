using System.Text.Json;

namespace Piccolo.Sim.Tests.Validation.Reality;

/// <summary>What a consumer measured, real or simulated.</summary>
/// <param name="Throughput">Data a second.</param>
/// <param name="MedianMs">The median delay from Interest to Data.</param>
/// <param name="MeanMs">The mean.</param>
/// <param name="LossPercent">Interests that no Data answered.</param>
internal sealed record LoadReport(double Throughput, double MedianMs, double MeanMs, double LossPercent)
{
    /// <summary>Reads what ndnload prints.</summary>
    public static LoadReport Parse(string json)
    {
        JsonElement root = JsonDocument.Parse(json).RootElement;
        JsonElement latency = root.GetProperty("lat_us");
        return new LoadReport(
            root.GetProperty("satisfied").GetDouble() / root.GetProperty("seconds").GetDouble(),
            latency.GetProperty("p50").GetDouble() / 1000,
            latency.GetProperty("mean").GetDouble() / 1000,
            root.GetProperty("loss_pct").GetDouble());
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Throughput,8:F1} Data/s, delay median {MedianMs,7:F2} ms, mean {MeanMs,7:F2} ms, lost {LossPercent:F2} %";
}
