namespace Piccolo.Client.Congestion;

/// <summary>The limits of a round-trip estimate.</summary>
public sealed record RttOptions
{
    /// <summary>The retransmission time-out before anything was measured.</summary>
    public TimeSpan InitialTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No time-out is shorter, however quick the answers are.</summary>
    public TimeSpan TimeoutMin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>No time-out is longer, however often it was doubled.</summary>
    public TimeSpan TimeoutMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>G: a time-out is longer than the usual round trip by at least this.</summary>
    /// <remarks>
    /// On a path whose round trips are all alike the measured variation goes to nothing; without a margin every time-out of more than
    /// <see cref="TimeoutMin"/> would expire just before its answer comes.
    /// Source: RFC 6298, section 2.3 and section 4.
    /// </remarks>
    public TimeSpan Granularity { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How often a time-out is doubled at most until there is a sample again.</summary>
    /// <remarks>
    /// A path that loses a third of all exchanges loses ten in a row of a large object's last segments, and the tenth doubling of a
    /// time-out is longer than anybody waits. Tries are bounded by number, so persistence cannot load the path for long.
    /// </remarks>
    public int DoublingsMax { get; init; } = 4;
}
