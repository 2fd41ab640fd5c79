using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Loses frames in bursts: a chain of two states that moves before each frame, and a probability of loss in each state.</summary>
/// <remarks>
/// Begins good. The share of frames that meet a bad link tends to p / (p + r), and bad times last 1 / r frames on average.
/// Source: Gilbert, "Capacity of a Burst-Noise Channel", 1960; Elliott, "Estimates of Error Rates for Codes on Burst-Noise Channels", 1963.
/// </remarks>
internal sealed class GilbertElliottLoss(LossSettings settings) : LossProcess
{
    private readonly Probability _goodToBad = new(settings.GoodToBad);
    private readonly Probability _badToGood = new(settings.BadToGood);
    private readonly Probability _lossGood = new(settings.LossGood);
    private readonly Probability _lossBad = new(settings.LossBad);
    private bool _isBad;

    /// <inheritdoc/>
    public override bool IsLost(long nowNs, int octets, IRandomSource random)
    {
        if ((_isBad ? _badToGood : _goodToBad).Happens(random))
        {
            _isBad = !_isBad;
        }

        return (_isBad ? _lossBad : _lossGood).Happens(random);
    }
}
