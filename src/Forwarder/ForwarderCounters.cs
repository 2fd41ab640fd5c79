namespace Piccolo.Forwarder;

/// <summary>What the forwarder has counted since it began.</summary>
/// <remarks>Source: NFD management, general status; drops are ours, by reason.</remarks>
public sealed class ForwarderCounters
{
    private readonly ulong[] _drops = new ulong[(int)DropReason.LinkGaveUp + 1];

    /// <summary>Interests received.</summary>
    public ulong InInterests { get; internal set; }

    /// <summary>Data received.</summary>
    public ulong InData { get; internal set; }

    /// <summary>Nacks received.</summary>
    public ulong InNacks { get; internal set; }

    /// <summary>Interests sent.</summary>
    public ulong OutInterests { get; internal set; }

    /// <summary>Data sent.</summary>
    public ulong OutData { get; internal set; }

    /// <summary>Nacks sent.</summary>
    public ulong OutNacks { get; internal set; }

    /// <summary>Interests answered from the content store.</summary>
    public ulong ContentStoreHits { get; internal set; }

    /// <summary>Interests looked for in the content store in vain.</summary>
    public ulong ContentStoreMisses { get; internal set; }

    /// <summary>Pending Interests that ended with Data.</summary>
    public ulong SatisfiedInterests { get; internal set; }

    /// <summary>Pending Interests that ended without.</summary>
    public ulong UnsatisfiedInterests { get; internal set; }

    /// <summary>Interests found to have been here before.</summary>
    public ulong LoopedInterests { get; internal set; }

    /// <summary>Retransmissions held back by a strategy.</summary>
    public ulong SuppressedInterests { get; internal set; }

    /// <summary>What was dropped for one reason.</summary>
    public ulong Dropped(DropReason reason) => _drops[(int)reason];

    internal void Drop(DropReason reason) => _drops[(int)reason]++;
}
