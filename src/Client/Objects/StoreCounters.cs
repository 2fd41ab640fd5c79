namespace Piccolo.Client.Objects;

/// <summary>What a store was asked for, and how that ended.</summary>
public struct StoreCounters
{
    /// <summary>Interests answered.</summary>
    public ulong Answered { get; internal set; }

    /// <summary>Interests for what is not here.</summary>
    public ulong NotFound { get; internal set; }

    /// <summary>Interests turned away because too much was under way.</summary>
    public ulong Busy { get; internal set; }

    /// <summary>Interests left unanswered because content or signature could not be had.</summary>
    public ulong Unanswered { get; internal set; }

    /// <summary>Packets made and signed.</summary>
    public ulong PacketsMade { get; internal set; }

    /// <summary>Objects that went to make room.</summary>
    public ulong Evicted { get; internal set; }

    /// <summary>Outcomes for jobs that do not exist, and octets of the wrong length.</summary>
    public ulong BadOutcomes { get; internal set; }
}
