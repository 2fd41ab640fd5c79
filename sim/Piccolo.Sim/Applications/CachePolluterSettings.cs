using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>Requests that fill caches with what nobody else wants.</summary>
public sealed record CachePolluterSettings
{
    /// <summary>Names are this and a sequence number, as consumers ask for them.</summary>
    public required Name Prefix { get; init; }

    /// <summary>The time between two Interests, in nanoseconds.</summary>
    public required Distribution Gap { get; init; }

    /// <summary>The first of the unpopular contents.</summary>
    public long FirstSequence { get; init; }

    /// <summary>How many there are; each is asked for as often as every other.</summary>
    public required long ContentCount { get; init; }

    /// <summary>InterestLifetime.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong LifetimeMs { get; init; } = 2000;
}
