using Piccolo.Ndn.Packets;

namespace Piccolo.Client;

/// <summary>An Interest that this application sent.</summary>
internal sealed class PendingInterest : IndexedInterest
{
    internal required Interest Interest { get; init; }

    /// <summary>The packet as it was first encoded; later sendings change its nonce.</summary>
    internal required byte[] Wire { get; init; }

    internal required ExpressPolicy Policy { get; init; }

    internal required TimeSpan Lifetime { get; init; }

    /// <summary>The fetcher that gets the answer, or null for the application.</summary>
    internal AttachedFetcher? Owner { get; init; }

    internal ulong OwnerRequest { get; init; }

    internal int Sendings { get; set; }

    internal uint Nonce { get; set; }

    /// <summary>Number of its last sending among all sendings.</summary>
    internal ulong SendOrder { get; set; }

    internal TimeSpan Interval { get; set; }
}
