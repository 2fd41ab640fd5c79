using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Each number of a range alike.</summary>
internal sealed class UniformDistribution(long least, long most) : Distribution
{
    private readonly ulong _count = (ulong)(most - least) + 1;

    /// <inheritdoc/>
    public override double Mean => ((double)least + most) / 2;

    /// <inheritdoc/>
    public override long Next(IRandomSource random) => least + (long)Draw.Below(random, _count);
}
