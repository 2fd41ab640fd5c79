namespace Piccolo.Client;

/// <summary>How persistently an Interest is sent.</summary>
public sealed record ExpressPolicy
{
    /// <summary>Sent once, and no more.</summary>
    public static ExpressPolicy Once { get; } = new();

    /// <summary>Three more tries, the first after a second.</summary>
    public static ExpressPolicy Persistent { get; } = new() { RetransmissionsMax = 3 };

    /// <summary>How often the Interest is sent again, with a nonce of its own each time.</summary>
    public int RetransmissionsMax { get; init; }

    /// <summary>How long the first try waits for its answer before the second; doubled with every try.</summary>
    public TimeSpan RetransmissionTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait between tries is longer.</summary>
    public TimeSpan RetransmissionTimeoutMax { get; init; } = TimeSpan.FromSeconds(60);
}
