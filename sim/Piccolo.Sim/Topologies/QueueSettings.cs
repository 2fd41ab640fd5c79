namespace Piccolo.Sim.Topologies;

/// <summary>A link's queue.</summary>
public sealed record QueueSettings
{
    /// <summary>How it decides what to drop.</summary>
    public QueueKind Kind { get; init; } = QueueKind.DropTail;

    /// <summary>Packets that may wait, the one being sent not counted.</summary>
    public int CapacityPackets { get; init; } = 100;

    /// <summary>Octets that may wait; 0 means that only packets are counted.</summary>
    public long CapacityOctets { get; init; }
}
