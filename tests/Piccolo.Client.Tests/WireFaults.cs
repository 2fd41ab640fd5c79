namespace Piccolo.Client.Tests;

/// <summary>What a wire does to frames.</summary>
/// <remarks>Units: per mille and milliseconds.</remarks>
public sealed record WireFaults
{
    public uint Loss { get; init; }

    public uint Duplication { get; init; }

    public uint Reordering { get; init; }

    public long DelayMs { get; init; } = 10;
}
