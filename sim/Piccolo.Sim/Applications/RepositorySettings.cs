using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Applications;

/// <summary>What a repository publishes.</summary>
public sealed record RepositorySettings
{
    /// <summary>Objects are named by this and a sequence number, as consumers ask for them.</summary>
    public required Name Prefix { get; init; }

    /// <summary>How many objects there are.</summary>
    public int ObjectCount { get; init; } = 100;

    /// <summary>Octets of each.</summary>
    /// <remarks>Bound: an object travels in one packet, so at most 8,000.</remarks>
    public int ObjectOctets { get; init; } = 1024;

    /// <summary>The time between two publications.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long GapNs { get; init; } = 10_000_000;

    /// <summary>How many objects are published between two flushes; what was not flushed a crash may take.</summary>
    public int FlushEvery { get; init; } = 1;
}
