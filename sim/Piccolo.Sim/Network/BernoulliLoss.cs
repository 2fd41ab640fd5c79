using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Network;

/// <summary>Loses each frame with one probability, whatever happened to the others.</summary>
internal sealed class BernoulliLoss(double rate) : LossProcess
{
    private readonly Probability _loss = new(rate);

    /// <inheritdoc/>
    public override bool IsLost(long nowNs, int octets, IRandomSource random) => _loss.Happens(random);
}
