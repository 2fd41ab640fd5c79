using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Normal, by Marsaglia's polar method; the second variate of a pair is not used, so that no state is kept.</summary>
/// <remarks>Bound: 64 tries for a point in the circle, each of which succeeds with 0.785; the last is taken as the middle.</remarks>
internal sealed class NormalDistribution(double mean, double deviation) : Distribution
{
    private const int TriesMax = 64;
    private const double TwoToMinus52 = 1.0 / (1L << 52);

    /// <inheritdoc/>
    /// <remarks>Cutting at 0 raises it; by less than a thousandth when the deviation is below a third of the mean.</remarks>
    public override double Mean => mean;

    /// <inheritdoc/>
    public override long Next(IRandomSource random) => Whole(mean + (deviation * Standard(random)));

    /// <summary>A standard normal variate.</summary>
    internal static double Standard(IRandomSource random)
    {
        for (int attempt = 0; attempt < TriesMax; attempt++)
        {
            double x = ((long)random.NextUInt64() >> 11) * TwoToMinus52;
            double y = ((long)random.NextUInt64() >> 11) * TwoToMinus52;
            double square = (x * x) + (y * y);
            if (square is > 0 and < 1)
            {
                return x * Math.Sqrt(-2 * FixedMath.Log(square) / square);
            }
        }

        return 0;
    }
}
