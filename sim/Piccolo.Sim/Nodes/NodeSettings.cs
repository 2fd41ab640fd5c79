using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Nodes;

/// <summary>What a node is made of.</summary>
public sealed record NodeSettings
{
    /// <summary>More than any machine's memory holds.</summary>
    internal const int EntriesMax = 100_000_000;

    /// <summary>As for entries.</summary>
    internal const long StoreOctetsMax = 1L << 50;

    private const int PageOctetsMin = 512;
    private const int PageOctetsMax = 128 << 10;

    /// <summary>Packets in the content store; 0 turns it off.</summary>
    public int ContentStoreCapacity { get; init; } = 100;

    /// <summary>Octets of packets in the content store; at least 1 where it is on.</summary>
    public long ContentStoreOctetsMax { get; init; } = 64L << 20;

    /// <summary>Interests that may be pending.</summary>
    public int PitCapacity { get; init; } = 1 << 18;

    /// <summary>Prefixes in the FIB, the root included.</summary>
    public int FibCapacity { get; init; } = 1 << 20;

    /// <summary>Size of the pages that the forwarder keeps names and packets in.</summary>
    /// <remarks>Bound: 512 octets to 128 KiB.</remarks>
    public int PageOctets { get; init; } = 4096;

    /// <summary>Whether frames are marked as congested when the link's queue is long (NDNLPv2 CongestionMark).</summary>
    public bool EnableCongestionMarking { get; init; }

    /// <summary>What work costs.</summary>
    public CpuSettings Cpu { get; init; } = new();

    /// <summary>Its storage.</summary>
    public DiskSettings Disk { get; init; } = new();

    /// <summary>How wrong its clock is.</summary>
    public ClockSettings Clock { get; init; } = new();

    /// <summary>Refuses what cannot be, here and in processor, storage and clock.</summary>
    /// <param name="where">The place of these settings: a node, or <c>FILE:LINE: $.path</c>.</param>
    /// <exception cref="ScenarioException">A field is out of its range.</exception>
    public void Validate(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        CheckSize(where, "contentStoreCapacity", ContentStoreCapacity, 0, EntriesMax);
        CheckSize(where, "contentStoreOctetsMax", ContentStoreOctetsMax, ContentStoreCapacity == 0 ? 0 : 1, StoreOctetsMax);
        CheckSize(where, "pitCapacity", PitCapacity, 1, EntriesMax);
        CheckSize(where, "fibCapacity", FibCapacity, 1, EntriesMax);
        CheckSize(where, "pageOctets", PageOctets, PageOctetsMin, PageOctetsMax);
        Cpu.Validate(SettingsCheck.Inside(where, "cpu"));
        Disk.Validate(SettingsCheck.Inside(where, "disk"));
        Clock.Validate(SettingsCheck.Inside(where, "clock"));
    }

    private static void CheckSize(string where, string field, long value, long least, long most)
    {
        SettingsCheck.AtLeast(where, field, value, least);
        SettingsCheck.AtMost(where, field, value, most);
    }
}
