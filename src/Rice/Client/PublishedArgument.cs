using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

/// <summary>An argument that the server pulls, cut into segments as they are asked for.</summary>
/// <remarks>The call names the digest of the whole, so that the segments need no signature that says who made them.</remarks>
internal sealed class PublishedArgument(Name name, ReadOnlyMemory<byte> octets, ClientCall call)
{
    private const ulong FreshnessMs = 1000;

    public ClientCall Call { get; } = call;

    public Name Name { get; } = name;

    public bool WasAsked { get; set; }

    public long OctetsServed { get; private set; }

    public long OctetsTotal => octets.Length;

    public ReadOnlyMemory<byte>? Segment(Name segmentName, ulong segment)
    {
        ulong count = (ulong)CallLimits.SegmentCount(octets.Length);
        if (segment >= count)
        {
            return null;
        }

        int start = (int)segment * CallLimits.SegmentOctets;
        ReadOnlyMemory<byte> content = octets.Slice(start, Math.Min(CallLimits.SegmentOctets, octets.Length - start));
        OctetsServed = Math.Max(OctetsServed, start + content.Length);
        var fields = new DataFields
        {
            Name = segmentName,
            Content = content,
            FreshnessPeriodMs = FreshnessMs,
            FinalBlockId = NameComponent.Segment(count - 1),
        };
        return Data.Create(fields, DigestSha256Signer.Instance).Wire;
    }
}
