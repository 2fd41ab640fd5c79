namespace Piccolo.Sim.Topologies;

/// <summary>What a point-to-point link is like, in each direction.</summary>
public sealed record LinkSettings
{
    /// <summary>Bits a second; 0 means without limit.</summary>
    public long RateBps { get; init; } = 10_000_000;

    /// <summary>How long a bit travels.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long DelayNs { get; init; } = 10_000_000;

    /// <summary>What routing counts it as.</summary>
    public int Metric { get; init; } = 1;

    /// <summary>What waits for transmission, and how.</summary>
    public QueueSettings Queue { get; init; } = new();

    /// <summary>What goes wrong on the way.</summary>
    public FaultSettings Faults { get; init; } = new();

    /// <summary>The largest frame; 0 lets every packet through whole.</summary>
    /// <remarks>Units: octets. Larger packets are fragmented as NDNLPv2 says.</remarks>
    public int Mtu { get; init; }
}
