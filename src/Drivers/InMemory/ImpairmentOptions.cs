namespace Piccolo.Drivers.InMemory;

/// <summary>What an impaired link does to the frames that are sent on it.</summary>
/// <remarks>Units: chances are in millionths, so that no platform's floating point takes part.</remarks>
public sealed record ImpairmentOptions
{
    /// <summary>Chance that a frame is lost, in millionths.</summary>
    public uint LossMillionths { get; init; }

    /// <summary>Chance that a frame is sent twice, in millionths.</summary>
    public uint DuplicateMillionths { get; init; }

    /// <summary>Chance that a frame is held back until others have passed it, in millionths.</summary>
    public uint ReorderMillionths { get; init; }

    /// <summary>How many later frames pass one that is held back; when they do not come, <see cref="ReorderWaitMax"/> ends it.</summary>
    public int ReorderDistance { get; init; } = 3;

    /// <summary>The longest that a frame is held back for reordering.</summary>
    public TimeSpan ReorderWaitMax { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long each frame travels in addition.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A random part of the delay, from zero up to this; large values reorder too.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How many frames may be under way; more are lost.</summary>
    public int HeldFramesMax { get; init; } = 4096;
}
