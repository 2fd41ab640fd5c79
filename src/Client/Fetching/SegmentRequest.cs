using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Fetching;

/// <summary>An Interest that a fetcher wants sent, once; it repeats by itself.</summary>
public readonly record struct SegmentRequest
{
    /// <summary>The same for every repetition of one request.</summary>
    public ulong RequestId { get; init; }

    /// <summary>What to ask for.</summary>
    public Name Name { get; init; }

    /// <summary>Whether it is for discovery: then CanBePrefix and MustBeFresh are set.</summary>
    public bool IsDiscovery { get; init; }

    /// <summary>InterestLifetime.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>Delegations.</summary>
    public IReadOnlyList<Name> ForwardingHint { get; init; }

    /// <summary>The Interest; who sends it draws the nonce.</summary>
    public Interest ToInterest() => new()
    {
        Name = Name,
        CanBePrefix = IsDiscovery,
        MustBeFresh = IsDiscovery,
        ForwardingHint = ForwardingHint,
        LifetimeMs = (ulong)Lifetime.TotalMilliseconds,
    };
}
