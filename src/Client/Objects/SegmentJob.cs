using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Objects;

/// <summary>A packet on its way from content over signature to answer.</summary>
internal sealed class SegmentJob
{
    internal required ulong Id { get; init; }

    internal required PublishedObject Object { get; init; }

    /// <summary>Which segment; null for metadata.</summary>
    internal required ulong? Segment { get; init; }

    /// <summary>The name it was begun for; tells who else can wait for it.</summary>
    internal required Name Name { get; init; }

    internal UnsignedData? Unsigned { get; set; }

    /// <summary>Who waits, and the implicit digest that must come out if one was asked for.</summary>
    internal List<(ulong ReplyToken, NameComponent? Digest)> Waiters { get; } = [];
}
