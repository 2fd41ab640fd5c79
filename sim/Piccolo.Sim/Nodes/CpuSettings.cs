namespace Piccolo.Sim.Nodes;

/// <summary>What work costs on a node. Everything is free by default.</summary>
public sealed record CpuSettings
{
    /// <summary>Processors that functions, signatures and packets share.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Processor time for each frame that arrives from a link.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long PacketNs { get; init; }

    /// <summary>Processor time of a signature.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long SignNs { get; init; }

    /// <summary>Processor time of checking a signature.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long VerifyNs { get; init; }

    /// <summary>Fuel that a core burns in a second; 0 means that functions take no time.</summary>
    public long FuelPerSecond { get; init; }

    /// <summary>Frames that may wait for the processor; more are dropped and counted.</summary>
    public int BacklogMax { get; init; } = 1000;
}
