namespace Piccolo.Sim.Topologies;

/// <summary>How large a topology file, and what is in it, may be.</summary>
public sealed record TopologyLimits
{
    /// <summary>The largest file.</summary>
    /// <remarks>Units: octets.</remarks>
    public long FileOctets { get; init; } = 128L << 20;

    /// <summary>The most nodes.</summary>
    public int Nodes { get; init; } = 1_000_000;

    /// <summary>The most links.</summary>
    public int Links { get; init; } = 4_000_000;

    /// <summary>The longest name of a node.</summary>
    /// <remarks>Units: characters.</remarks>
    public int NameLength { get; init; } = 200;

    /// <summary>How many links from a node to itself are left out, each with a warning, before a file is refused.</summary>
    /// <remarks>Files that converters made of measured maps have some; they can carry nothing. 0 refuses the first.</remarks>
    public int SelfLoops { get; init; } = 100;

    /// <summary>The longest delay of a link: one hour.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long DelayNs { get; init; } = 3_600_000_000_000;

    /// <summary>The highest rate of a link: 100 Tbit/s.</summary>
    /// <remarks>Units: bits a second.</remarks>
    public long RateBps { get; init; } = 100_000_000_000_000;
}
