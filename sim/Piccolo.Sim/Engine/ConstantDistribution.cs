using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>One number.</summary>
internal sealed class ConstantDistribution(long value) : Distribution
{
    /// <inheritdoc/>
    public override double Mean => value;

    /// <inheritdoc/>
    public override long Next(IRandomSource random) => value;
}
