using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

/// <summary>A long result: its octets once, and the signatures of the segments that somebody asked for.</summary>
internal sealed class PublishedResult(ResultReference reference, ReadOnlyMemory<byte> octets, ulong freshnessMs)
{
    private readonly byte[]?[] _signatures = new byte[reference.Object.SegmentCount][];

    public ResultReference Reference { get; } = reference;

    public ulong FreshnessMs { get; } = freshnessMs;

    public int SegmentCount => _signatures.Length;

    /// <summary>The Name of a segment.</summary>
    public Name NameOf(int segment) => Reference.Name.Append(NameComponent.Segment((ulong)segment));

    public ReadOnlyMemory<byte> Content(int segment)
    {
        int start = segment * CallLimits.SegmentOctets;
        return octets.Slice(start, Math.Min(CallLimits.SegmentOctets, octets.Length - start));
    }

    public byte[]? Signature(int segment) => _signatures[segment];

    public void Sign(int segment, ReadOnlySpan<byte> signature) => _signatures[segment] = signature.ToArray();
}
