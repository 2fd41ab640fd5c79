using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Pareto, as least * e^(E / shape) of an exponential variate E.</summary>
internal sealed class ParetoDistribution(double least, double shape, long most) : Distribution
{
    /// <inheritdoc/>
    /// <remarks>That of the distribution without the cut.</remarks>
    public override double Mean => shape > 1 ? shape * least / (shape - 1) : double.NaN;

    /// <inheritdoc/>
    public override long Next(IRandomSource random)
    {
        double value = least * FixedMath.Exp(FixedMath.ToDouble(Draw.Exponential(random)) / shape);
        return value >= most ? most : (long)value;
    }
}
