namespace Piccolo.Sim.Topologies;

/// <summary>How a link's queue decides what to drop.</summary>
public enum QueueKind
{
    /// <summary>Drops what arrives when it is full.</summary>
    DropTail,

    /// <summary>Drops early, the likelier the longer the averaged queue (random early detection).</summary>
    Red,

    /// <summary>Drops what has waited too long for too long (controlled delay, RFC 8289).</summary>
    CoDel,
}
