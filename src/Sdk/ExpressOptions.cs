using Piccolo.Client;

namespace Piccolo.Sdk;

/// <summary>How persistently an Interest is sent.</summary>
public sealed record ExpressOptions
{
    /// <summary>Sent once, waited for as long as its InterestLifetime.</summary>
    public static ExpressOptions Once { get; } = new();

    /// <summary>Sent up to four times.</summary>
    public static ExpressOptions Persistent { get; } = new() { Policy = ExpressPolicy.Persistent };

    /// <summary>Retransmissions of the Interest.</summary>
    public ExpressPolicy Policy { get; init; } = ExpressPolicy.Once;

    /// <summary>Persistently, but no longer than a time.</summary>
    public static ExpressOptions Within(TimeSpan limit) => new()
    {
        Policy = new ExpressPolicy
        {
            RetransmissionsMax = (int)Math.Clamp(limit.TotalSeconds / 2, 0, 8),
            RetransmissionTimeout = TimeSpan.FromMilliseconds(500),
            RetransmissionTimeoutMax = TimeSpan.FromSeconds(2),
        },
    };
}
