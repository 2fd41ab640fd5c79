using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Fetching;

/// <summary>One thing that the owner of a fetcher is told.</summary>
public readonly record struct FetchEvent
{
    /// <summary>What happened.</summary>
    public FetchEventKind Kind { get; init; }

    /// <summary>The versioned name of a Discovered.</summary>
    public Name? Name { get; init; }

    /// <summary>What to hand to <see cref="SegmentFetcher.HandleVerified"/> with the outcome of a VerifyNeeded.</summary>
    public ulong VerificationId { get; init; }

    /// <summary>The packet of a VerifyNeeded.</summary>
    public Data? Data { get; init; }

    /// <summary>The reason of a Failed.</summary>
    public FetchError? Error { get; init; }
}
