using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>An object that does not fit into the message: how large it is, and the digest that proves it.</summary>
/// <param name="Size">Octets of the object.</param>
/// <param name="Sha256">Its SHA-256, 32 octets.</param>
/// <param name="SegmentCount">Segments it is published in.</param>
public sealed record ObjectReference(long Size, ReadOnlyMemory<byte> Sha256, long SegmentCount)
{
    /// <summary>Describes an object that is at hand.</summary>
    public static ObjectReference Of(ReadOnlySpan<byte> octets) => new(
        octets.Length, System.Security.Cryptography.SHA256.HashData(octets), CallLimits.SegmentCount(octets.Length));

    /// <inheritdoc/>
    public bool Equals(ObjectReference? other) =>
        other is not null && Size == other.Size && SegmentCount == other.SegmentCount && Sha256.Span.SequenceEqual(other.Sha256.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Sha256.Length >= 4 ? BitConverter.ToInt32(Sha256.Span) : 0;

    internal void Write(MessageWriter writer)
    {
        writer.Number(RiceTlv.ObjectSize, (ulong)Size);
        writer.Element(RiceTlv.ObjectSha256, Sha256.Span);
        writer.Number(RiceTlv.ObjectSegmentCount, (ulong)SegmentCount);
    }

    internal static ObjectReference Read(ref MessageReader reader)
    {
        ulong size = reader.RequireNumber(RiceTlv.ObjectSize);
        byte[] sha256 = reader.RequireOctets(RiceTlv.ObjectSha256, 32).ToArray();
        ulong segmentCount = reader.RequireNumber(RiceTlv.ObjectSegmentCount);
        if (size > CallLimits.ObjectOctetsMax || segmentCount == 0 || segmentCount > Math.Max(size, 1))
        {
            reader.Fail(TlvStatus.BadNumber);
        }

        return new ObjectReference((long)Math.Min(size, long.MaxValue), sha256, (long)Math.Min(segmentCount, long.MaxValue));
    }
}
