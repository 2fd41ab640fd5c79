using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Objects;

/// <summary>One thing that the owner of a store is asked or told.</summary>
public readonly record struct StoreEvent
{
    /// <summary>What it is.</summary>
    public StoreEventKind Kind { get; init; }

    /// <summary>What to hand back with the outcome.</summary>
    public ulong JobId { get; init; }

    /// <summary>The versioned name of the object.</summary>
    public Name Name { get; init; }

    /// <summary>Where the needed octets begin.</summary>
    public ulong Offset { get; init; }

    /// <summary>How many octets are needed.</summary>
    public int Length { get; init; }

    /// <summary>The packet to be signed.</summary>
    public UnsignedData? Unsigned { get; init; }
}
