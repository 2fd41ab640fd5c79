using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Geometric, as E / -ln(1 - p) of an exponential variate E, rounded down.</summary>
internal sealed class GeometricDistribution(double success) : Distribution
{
    private readonly double _rate =
        success == 1 ? double.PositiveInfinity : success < 1.0 / 256 ? Series(success) : -FixedMath.Log(1 - success);

    /// <inheritdoc/>
    public override double Mean => (1 - success) / success;

    /// <inheritdoc/>
    public override long Next(IRandomSource random)
    {
        double count = FixedMath.ToDouble(Draw.Exponential(random)) / _rate;
        return count >= Largest ? Largest : (long)count;
    }

    /// <summary>-ln(1 - p) for a small p, exact to the last place but one.</summary>
    private static double Series(double p)
    {
        double sum = 0;
        for (int k = 8; k >= 1; k--)
        {
            sum = p * ((1.0 / k) + sum);
        }

        return sum;
    }
}
