namespace Piccolo.Sim.Nodes;

/// <summary>What a node is made of.</summary>
public sealed record NodeSettings
{
    /// <summary>Packets in the content store; 0 turns it off.</summary>
    public int ContentStoreCapacity { get; init; } = 100;

    /// <summary>Octets of packets in the content store.</summary>
    public long ContentStoreOctetsMax { get; init; } = 64L << 20;

    /// <summary>Interests that may be pending.</summary>
    public int PitCapacity { get; init; } = 1 << 18;

    /// <summary>Prefixes in the FIB.</summary>
    public int FibCapacity { get; init; } = 1 << 20;

    /// <summary>Size of the pages that the forwarder keeps names and packets in.</summary>
    public int PageOctets { get; init; } = 4096;

    /// <summary>Whether frames are marked as congested when the link's queue is long (NDNLPv2 CongestionMark).</summary>
    public bool EnableCongestionMarking { get; init; }

    /// <summary>What work costs.</summary>
    public CpuSettings Cpu { get; init; } = new();

    /// <summary>Its storage.</summary>
    public DiskSettings Disk { get; init; } = new();

    /// <summary>How wrong its clock is.</summary>
    public ClockSettings Clock { get; init; } = new();
}
