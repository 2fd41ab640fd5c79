namespace Piccolo.Sim.Topologies;

/// <summary>What goes wrong with frames on a link, after they were transmitted.</summary>
public sealed record FaultSettings
{
    /// <summary>Share of frames that arrive with a flipped bit.</summary>
    public double CorruptionRate { get; init; }

    /// <summary>Share of frames that arrive twice.</summary>
    public double DuplicationRate { get; init; }

    /// <summary>Share of frames that are delayed by <see cref="ReorderDelayNs"/> more, so that later ones overtake them.</summary>
    public double ReorderRate { get; init; }

    /// <summary>The additional delay of reordered frames.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long ReorderDelayNs { get; init; }
}
