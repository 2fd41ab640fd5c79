using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>A flood of Interests that nobody can answer.</summary>
public sealed record InterestFlooderSettings
{
    /// <summary>Names are this and a random component.</summary>
    public required Name Prefix { get; init; }

    /// <summary>The time between two Interests, in nanoseconds.</summary>
    public required Distribution Gap { get; init; }

    /// <summary>Octets of the random component.</summary>
    public int RandomOctets { get; init; } = 8;

    /// <summary>The InterestLifetime that is claimed: the longer, the longer the victims' tables remember.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong LifetimeMs { get; init; } = 4000;

    /// <summary>Interests sent at most; 0 for no end.</summary>
    public long CountMax { get; init; }
}
