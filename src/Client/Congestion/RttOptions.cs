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
}
