using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>What a consumer asks for, how often, and what it does about silence.</summary>
public sealed record ConsumerSettings
{
    /// <summary>Names asked for are this and a sequence number.</summary>
    public required Name Prefix { get; init; }

    /// <summary>The time between two Interests, in nanoseconds; null for a consumer that a window or batches drive.</summary>
    public Distribution? Gap { get; init; }

    /// <summary>Which content is asked for next; null for one after the other.</summary>
    public ZipfMandelbrot? Popularity { get; init; }

    /// <summary>Contents asked for at most, over the consumer's life; 0 for no end.</summary>
    public long CountMax { get; init; }

    /// <summary>The first sequence number.</summary>
    public long FirstSequence { get; init; }

    /// <summary>InterestLifetime.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong LifetimeMs { get; init; } = 2000;

    /// <summary>Whether Interests ask for fresh Data only.</summary>
    /// <remarks>Those that repeat one that was answered with a wrong signature always do.</remarks>
    public bool MustBeFresh { get; init; }

    /// <summary>How often an Interest is sent again before it is given up.</summary>
    public int RetransmissionsMax { get; init; } = 10;

    /// <summary>How long a retransmission waits.</summary>
    public RttOptions Rtt { get; init; } = new();

    /// <summary>How the answers must be signed; null checks nothing.</summary>
    public PacketSigning? Verify { get; init; } = PacketSigning.Digest;

    /// <summary>The congestion window that drives it; null for a consumer with a <see cref="Gap"/>.</summary>
    public CongestionWindowOptions? Window { get; init; }

    /// <summary>Times and sizes of batches: so long after the start, so many Interests at once.</summary>
    public IReadOnlyList<(long AfterNs, int Count)> Batches { get; init; } = [];
}
