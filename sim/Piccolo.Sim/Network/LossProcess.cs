using Piccolo.Ndn;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Decides which frames a link loses; one for each direction, asked once for every frame in the order of sending.</summary>
public abstract class LossProcess
{
    /// <summary>Whether a frame is lost.</summary>
    /// <param name="nowNs">The time.</param>
    /// <param name="octets">Octets of the frame.</param>
    /// <param name="random">The direction's randomness.</param>
    public abstract bool IsLost(long nowNs, int octets, IRandomSource random);

    /// <summary>Makes the process of a direction, or nothing where nothing is ever lost.</summary>
    /// <exception cref="ScenarioException">The settings are impossible.</exception>
    public static LossProcess? Create(LossSettings? settings)
    {
        if (settings is null)
        {
            return null;
        }

        settings.Validate("");
        return settings.Kind switch
        {
            LossKind.GilbertElliott => new GilbertElliottLoss(settings),
            LossKind.Trace => new TraceLoss(settings.Trace!),
            _ => settings.Rate > 0 ? new BernoulliLoss(settings.Rate) : null,
        };
    }
}
