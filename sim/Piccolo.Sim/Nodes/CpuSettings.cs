using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Nodes;

/// <summary>What work costs on a node. Everything is free by default.</summary>
public sealed record CpuSettings
{
    /// <summary>An hour: work that takes longer is a slip of units, and a few thousand of them stay far from the end of time.</summary>
    internal const long WorkNsMax = 3_600_000_000_000;

    private const int CoresMax = 4096;

    /// <summary>Processors that functions, signatures and packets share.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Processor time for each frame that arrives from a link.</summary>
    /// <remarks>Units: nanoseconds. Bound: an hour.</remarks>
    public long PacketNs { get; init; }

    /// <summary>Processor time of a signature.</summary>
    /// <remarks>Units: nanoseconds. Bound: an hour.</remarks>
    public long SignNs { get; init; }

    /// <summary>Processor time of checking a signature.</summary>
    /// <remarks>Units: nanoseconds. Bound: an hour.</remarks>
    public long VerifyNs { get; init; }

    /// <summary>Fuel that a core burns in a second; 0 means that functions take no time.</summary>
    public long FuelPerSecond { get; init; }

    /// <summary>Frames that may wait for the processor, those it works at included; more are dropped and counted. At least 1.</summary>
    public int BacklogMax { get; init; } = 1000;

    internal void Validate(string where)
    {
        SettingsCheck.AtLeast(where, "cores", Cores, 1);
        SettingsCheck.AtMost(where, "cores", Cores, CoresMax);
        SettingsCheck.AtLeast(where, "packetNs", PacketNs, 0);
        SettingsCheck.AtMost(where, "packetNs", PacketNs, WorkNsMax);
        SettingsCheck.AtLeast(where, "signNs", SignNs, 0);
        SettingsCheck.AtMost(where, "signNs", SignNs, WorkNsMax);
        SettingsCheck.AtLeast(where, "verifyNs", VerifyNs, 0);
        SettingsCheck.AtMost(where, "verifyNs", VerifyNs, WorkNsMax);
        SettingsCheck.AtLeast(where, "fuelPerSecond", FuelPerSecond, 0);
        SettingsCheck.AtLeast(where, "backlogMax", BacklogMax, 1);
    }
}
