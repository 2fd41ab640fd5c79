namespace Piccolo.Client.Objects;

/// <summary>How much a store of published objects may hold.</summary>
public sealed record SegmentStoreOptions
{
    /// <summary>Most octets of content in memory; beyond it the object longest not asked for goes.</summary>
    public long RetainedOctetsMax { get; init; } = 256L << 20;

    /// <summary>Most objects, each version counted.</summary>
    public int ObjectsMax { get; init; } = 4096;

    /// <summary>Most octets of signed packets kept for repeated requests; what was dropped is made and signed again.</summary>
    public long SignedOctetsMax { get; init; } = 64L << 20;

    /// <summary>Most segments that wait for their content or signature at once.</summary>
    public int JobsMax { get; init; } = 1024;

    /// <summary>Most Interests that wait for one segment.</summary>
    public int WaitersPerJobMax { get; init; } = 64;

    /// <summary>The wall clock at instant zero, for the versions of metadata packets.</summary>
    /// <remarks>Units: milliseconds since the Unix epoch.</remarks>
    public ulong UnixTimeAtZeroMs { get; init; }
}
