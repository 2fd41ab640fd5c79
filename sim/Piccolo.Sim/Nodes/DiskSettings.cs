using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Nodes;

/// <summary>What a node's storage is like. By default it takes no time, has no end and forgets what was not flushed.</summary>
public sealed record DiskSettings
{
    /// <summary>What each operation takes before its octets move.</summary>
    /// <remarks>Units: nanoseconds. Bound: an hour.</remarks>
    public long LatencyNs { get; init; }

    /// <summary>What a flush takes beyond <see cref="LatencyNs"/>.</summary>
    /// <remarks>Units: nanoseconds. Bound: an hour.</remarks>
    public long FlushNs { get; init; }

    /// <summary>How fast octets move, in either direction; 0 for no limit.</summary>
    public long OctetsPerSecond { get; init; }

    /// <summary>Octets that fit; 0 for no limit.</summary>
    public long CapacityOctets { get; init; }

    /// <summary>What a crash leaves of what was not flushed.</summary>
    public TornWrites Torn { get; init; }

    internal void Validate(string where)
    {
        SettingsCheck.AtLeast(where, "latencyNs", LatencyNs, 0);
        SettingsCheck.AtMost(where, "latencyNs", LatencyNs, CpuSettings.WorkNsMax);
        SettingsCheck.AtLeast(where, "flushNs", FlushNs, 0);
        SettingsCheck.AtMost(where, "flushNs", FlushNs, CpuSettings.WorkNsMax);
        SettingsCheck.AtLeast(where, "octetsPerSecond", OctetsPerSecond, 0);
        SettingsCheck.AtLeast(where, "capacityOctets", CapacityOctets, 0);
    }
}
