using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Decides which frames arrive corrupted, twice or late; one for each direction.</summary>
/// <remarks>The three are independent of each other. Loss is decided apart, by <see cref="LossProcess"/>, and before.</remarks>
public sealed class FrameFaults
{
    private readonly Probability _corruption;
    private readonly Probability _duplication;
    private readonly Probability _reorder;
    private readonly long _reorderDelayNs;

    private FrameFaults(FaultSettings settings)
    {
        _corruption = new Probability(settings.CorruptionRate);
        _duplication = new Probability(settings.DuplicationRate);
        _reorder = new Probability(settings.ReorderRate);
        _reorderDelayNs = settings.ReorderDelayNs;
    }

    /// <summary>Makes the faults of a direction, or nothing where none can happen.</summary>
    /// <exception cref="ScenarioException">The settings are impossible.</exception>
    public static FrameFaults? Create(FaultSettings? settings)
    {
        settings?.Validate("");
        return settings is { CorruptionRate: > 0 } or { DuplicationRate: > 0 } or { ReorderRate: > 0 } ? new FrameFaults(settings) : null;
    }

    /// <summary>What happens to the next frame.</summary>
    /// <param name="octets">Octets of the frame.</param>
    /// <param name="random">The direction's randomness.</param>
    public FrameFate Decide(int octets, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int bit = octets > 0 && _corruption.Happens(random) ? (int)random.NextBelow((uint)octets * 8) : -1;
        bool isDuplicated = _duplication.Happens(random);
        return new FrameFate(bit, isDuplicated, _reorder.Happens(random) ? _reorderDelayNs : 0);
    }
}
