namespace Piccolo.Client.Fetching;

/// <summary>What a <see cref="FetchEvent"/> tells.</summary>
public enum FetchEventKind
{
    /// <summary>The versioned name of the object is known.</summary>
    Discovered,

    /// <summary>A packet waits for the outcome of a check: see <see cref="SegmentFetcher.HandleVerified"/>.</summary>
    VerifyNeeded,

    /// <summary>All segments came, in order they can be taken, and the digest, if one was given, is right.</summary>
    Completed,

    /// <summary>There will be no more segments.</summary>
    Failed,
}
