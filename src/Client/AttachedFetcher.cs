using Piccolo.Client.Fetching;

namespace Piccolo.Client;

/// <summary>A fetcher whose Interests a core sends, and which of them wait.</summary>
internal sealed class AttachedFetcher(SegmentFetcher fetcher)
{
    internal SegmentFetcher Fetcher { get; } = fetcher;

    /// <summary>Id of the waiting Interest by the fetcher's number of the request.</summary>
    internal Dictionary<ulong, ulong> Requests { get; } = [];
}
