using System.Buffers;

namespace Piccolo.Ndn.Tlv;

/// <summary>Cuts a stream into elements: is a whole one at the start?</summary>
/// <remarks>
/// Bound: looks at no more than 18 octets, so that a peer who sends one octet at a time costs little.
/// An error is final: the stream cannot be cut any more and is to be closed.
/// </remarks>
public static class TlvScanner
{
    private const int HeaderOctetsMax = 2 * VarNumber.MaxOctets;

    /// <summary>Looks for a whole element at the start of buffered octets.</summary>
    /// <param name="octets">What the stream holds so far.</param>
    /// <param name="maxOctets">Largest element accepted, TYPE and LENGTH included.</param>
    /// <param name="elementLength">Size of the whole element; also with NeedMoreData once its header is there, else 0.</param>
    /// <returns>Ok, NeedMoreData, NonMinimalNumber, TypeOutOfRange or TooLarge.</returns>
    public static TlvStatus TryScan(ReadOnlySpan<byte> octets, int maxOctets, out int elementLength) =>
        Scan(octets, octets.Length, maxOctets, out elementLength);

    /// <inheritdoc cref="TryScan(ReadOnlySpan{byte}, int, out int)"/>
    public static TlvStatus TryScan(in ReadOnlySequence<byte> octets, int maxOctets, out int elementLength)
    {
        ReadOnlySpan<byte> first = octets.FirstSpan;
        if (first.Length >= HeaderOctetsMax || octets.IsSingleSegment)
        {
            return Scan(first, octets.Length, maxOctets, out elementLength);
        }

        Span<byte> header = stackalloc byte[HeaderOctetsMax];
        int count = (int)Math.Min(octets.Length, HeaderOctetsMax);
        octets.Slice(0, count).CopyTo(header);
        return Scan(header[..count], octets.Length, maxOctets, out elementLength);
    }

    private static TlvStatus Scan(ReadOnlySpan<byte> start, long available, int maxOctets, out int elementLength)
    {
        elementLength = 0;
        TlvStatus status = TlvReader.ReadHeader(start, out _, out ulong length, out int headerLength);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (length > (ulong)maxOctets || headerLength + (long)length > maxOctets)
        {
            return TlvStatus.TooLarge;
        }

        elementLength = headerLength + (int)length;
        return available >= elementLength ? TlvStatus.Ok : TlvStatus.NeedMoreData;
    }
}
