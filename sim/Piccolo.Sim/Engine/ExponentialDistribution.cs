using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Exponential.</summary>
internal sealed class ExponentialDistribution(double mean) : Distribution
{
    /// <inheritdoc/>
    public override double Mean => mean;

    /// <inheritdoc/>
    public override long Next(IRandomSource random) => Whole(mean * FixedMath.ToDouble(Draw.Exponential(random)));
}
