using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;

namespace Piccolo.Client.Fetching;

/// <summary>What one fetch may do and use.</summary>
/// <remarks>Whatever the network does, a fetch ends: every time and every number below is a bound.</remarks>
public sealed record FetchOptions
{
    /// <summary>How the versioned name is learned.</summary>
    public FetchDiscovery Discovery { get; init; }

    /// <summary>How many Interests may be under way.</summary>
    public CongestionWindowOptions Window { get; init; } = new();

    /// <summary>Losses on a path whose round trips show no queue do not shrink the window below this.</summary>
    /// <remarks>Units: segments. Congestion marks and losses with longer round trips still do.</remarks>
    public int UncongestedWindow { get; init; } = 8;

    /// <summary>How long to wait for an answer.</summary>
    public RttOptions Rtt { get; init; } = new();

    /// <summary>InterestLifetime; a longer retransmission time-out takes its place.</summary>
    public TimeSpan InterestLifetime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often one segment is asked for again before the fetch fails.</summary>
    public int RetransmissionsMax { get; init; } = 31;

    /// <summary>How often one segment may be refused for want of a route before the fetch fails.</summary>
    public int NoRouteMax { get; init; } = 4;

    /// <summary>The wait after a first Nack; doubled with each further one for the segment, with up to half more at random.</summary>
    public TimeSpan NackBackoff { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait after a Nack.</summary>
    public TimeSpan NackBackoffMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long nothing may come before the fetch fails.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the whole may take; null for as long as something comes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// How far beyond the last segment that was taken others are asked for: the most segments held in memory.
    /// </summary>
    public int ReorderSegmentsMax { get; init; } = 2048;

    /// <summary>The most octets of payload.</summary>
    public ulong OctetsMax { get; init; } = 1UL << 40;

    /// <summary>Number of the last segment, when it is known from elsewhere.</summary>
    public ulong? LastSegment { get; init; }

    /// <summary>Whether each packet is handed out for a check before it counts.</summary>
    public bool MustVerify { get; init; }

    /// <summary>How often a segment that did not pass is asked for again.</summary>
    public int VerificationRetriesMax { get; init; } = 2;

    /// <summary>SHA-256 of the whole payload, when it is known; empty when not.</summary>
    public ReadOnlyMemory<byte> ExpectedSha256 { get; init; }

    /// <summary>Delegations for every Interest.</summary>
    public IReadOnlyList<Name> ForwardingHint { get; init; } = [];
}
