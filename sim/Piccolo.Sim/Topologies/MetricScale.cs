namespace Piccolo.Sim.Topologies;

/// <summary>Makes whole metrics of weights with decimals: all are multiplied alike, so that the best routes stay the same.</summary>
internal static class MetricScale
{
    private const int MostDecimals = 1000;

    /// <summary>The least of 1, 10, 100 and 1000 that makes all weights whole; what is finer, or would get too large, is rounded.</summary>
    internal static int For(IEnumerable<decimal> weights)
    {
        int scale = 1;
        decimal largest = 0;
        foreach (decimal weight in weights)
        {
            largest = Math.Max(largest, weight);
            while (scale < MostDecimals && weight * scale != decimal.Truncate(weight * scale))
            {
                scale *= 10;
            }
        }

        while (scale > 1 && largest * scale > int.MaxValue)
        {
            scale /= 10;
        }

        return scale;
    }

    /// <summary>A weight that is not negative and fits a metric.</summary>
    internal static bool TryRead(string text, out decimal weight) =>
        UnitText.TryNumber(text, out weight) && weight >= 0 && weight <= int.MaxValue;

    /// <summary>The reason when <see cref="TryRead"/> fails.</summary>
    internal static string Refusal(string text) => $"'{Quote.Clip(text)}' is no weight; write a number from 0 to {int.MaxValue}";

    internal static int Apply(decimal weight, int scale) => (int)decimal.Round(weight * scale);
}
