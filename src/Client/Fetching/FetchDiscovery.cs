namespace Piccolo.Client.Fetching;

/// <summary>How a fetcher learns the name under which the segments are.</summary>
public enum FetchDiscovery
{
    /// <summary>It is given: segments are right under it.</summary>
    None,

    /// <summary>By asking for anything fresh under it: the answer's name has version and segment.</summary>
    FirstData,

    /// <summary>By asking for the object's metadata, whose content is the versioned name.</summary>
    Metadata,
}
