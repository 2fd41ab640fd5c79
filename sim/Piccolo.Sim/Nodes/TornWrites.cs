namespace Piccolo.Sim.Nodes;

/// <summary>What a crash leaves of octets that were written to a disk and not flushed.</summary>
public enum TornWrites
{
    /// <summary>Nothing: the blob is as it was at its last flush.</summary>
    Lost,

    /// <summary>A random prefix, from nothing to all of them.</summary>
    Prefix,

    /// <summary>A random prefix, and random octets in place of the rest: sectors that were allotted and not written.</summary>
    PrefixAndGarbage,
}
