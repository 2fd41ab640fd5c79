using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Client.Objects;

/// <summary>One version of an object.</summary>
internal sealed class PublishedObject
{
    internal required Name ObjectName { get; init; }

    internal required Name VersionedName { get; init; }

    internal required ulong Version { get; init; }

    internal required ulong Length { get; init; }

    /// <summary>The octets, or null when they are asked for by events.</summary>
    internal required ReadOnlyMemory<byte>? Content { get; init; }

    internal required PublishOptions Options { get; init; }

    internal required SignatureInfo SignatureInfo { get; init; }

    internal required int SegmentOctets { get; init; }

    internal LinkedListNode<PublishedObject>? Use { get; set; }

    /// <summary>Names of its packets that are kept.</summary>
    internal HashSet<ulong> SignedSegments { get; } = [];

    internal ulong LastSegment => Length == 0 ? 0 : (Length - 1) / (ulong)SegmentOctets;

    internal long RetainedOctets => Content?.Length ?? 0;

    internal Name NameOf(ulong segment) => VersionedName.Append(NameComponent.Segment(segment));

    internal ulong OffsetOf(ulong segment) => segment * (ulong)SegmentOctets;

    internal int LengthOf(ulong segment) => (int)Math.Min((ulong)SegmentOctets, Length - OffsetOf(segment));

    internal DataFields FieldsOf(ulong segment, ReadOnlyMemory<byte> content) => new()
    {
        Name = NameOf(segment),
        Content = content,
        ContentType = Options.ContentType,
        FreshnessPeriodMs = Options.FreshnessPeriodMs,
        FinalBlockId = NameComponent.Segment(LastSegment),
    };
}
