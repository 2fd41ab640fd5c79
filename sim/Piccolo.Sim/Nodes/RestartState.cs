namespace Piccolo.Sim.Nodes;

/// <summary>What of a crashed node is still there when it starts again. Its applications always begin anew.</summary>
public enum RestartState
{
    /// <summary>Its disk, as far as it had been flushed: a power cut.</summary>
    Disk,

    /// <summary>Its disk and the tables of its forwarder: it stood still, or was restored from a snapshot.</summary>
    DiskAndTables,

    /// <summary>Nothing but its configuration: it was replaced.</summary>
    Nothing,
}
