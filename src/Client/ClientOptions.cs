using Piccolo.Ndn.Link;

namespace Piccolo.Client;

/// <summary>The limits of one application's end of a link.</summary>
public sealed record ClientOptions
{
    /// <summary>What the link service does.</summary>
    public LinkServiceOptions Link { get; init; } = new();

    /// <summary>Most Interests of ours that wait for an answer.</summary>
    public int PendingMax { get; init; } = 65536;

    /// <summary>Most Interests of peers that wait for our answer; more are dropped and counted.</summary>
    public int IncomingMax { get; init; } = 4096;

    /// <summary>Most prefixes that are served.</summary>
    public int RegistrationsMax { get; init; } = 4096;

    /// <summary>Longest time that an Interest of a peer is kept, whatever lifetime it claims.</summary>
    public TimeSpan IncomingLifetimeMax { get; init; } = TimeSpan.FromMinutes(1);
}
