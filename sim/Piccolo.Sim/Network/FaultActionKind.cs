namespace Piccolo.Sim.Network;

/// <summary>What a fault schedule does at a time; of one time, in this order.</summary>
public enum FaultActionKind
{
    /// <summary>A link carries frames again.</summary>
    LinkUp,

    /// <summary>A node starts again with the tables it had.</summary>
    NodeRestartWithState,

    /// <summary>A node starts again with nothing but its configuration and what its disk had been flushed of.</summary>
    NodeRestartEmpty,

    /// <summary>A link stops carrying frames.</summary>
    LinkDown,

    /// <summary>A node stops.</summary>
    NodeCrash,
}
