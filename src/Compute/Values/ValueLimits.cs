namespace Piccolo.Compute.Values;

/// <summary>How much a value from the network may unfold to.</summary>
public sealed record ValueLimits
{
    /// <summary>The limits unless others are given: 32 levels, 256 MB, a million items.</summary>
    public static ValueLimits Default { get; } = new();

    /// <summary>Most levels of arrays and maps.</summary>
    public int DepthMax { get; init; } = 32;

    /// <summary>Most octets of one encoded value.</summary>
    public long OctetsMax { get; init; } = 256L << 20;

    /// <summary>Most items of all arrays and maps of one value together.</summary>
    public int ItemCountMax { get; init; } = 1_000_000;
}
