using Piccolo.Ndn.Naming;

namespace Piccolo.Ndn.Packets;

/// <summary>What a producer says in a Data packet, before it is signed.</summary>
public sealed record DataFields
{
    /// <summary>The name, without an implicit digest.</summary>
    public required Name Name { get; init; }

    /// <summary>What Content means; see <see cref="ContentTypes"/>.</summary>
    public ulong ContentType { get; init; }

    /// <summary>How long the packet is fresh in a store; 0 is never.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong FreshnessPeriodMs { get; init; }

    /// <summary>The last component of the sequence this packet belongs to, or null.</summary>
    public NameComponent? FinalBlockId { get; init; }

    /// <summary>The payload; empty leaves the element out.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }
}
