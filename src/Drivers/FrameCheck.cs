using System.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers;

/// <summary>Whether octets can be a frame at all: the outer element of a known kind, and whole.</summary>
/// <remarks>Source: NDNLPv2, "Packet format"; what is inside is the link service's to judge.</remarks>
internal static class FrameCheck
{
    /// <summary>Whether a datagram is exactly one element of a kind that travels on links.</summary>
    /// <returns>Ok, TooLarge, or the status that tells what is wrong.</returns>
    internal static TlvStatus CheckDatagram(ReadOnlySpan<byte> datagram, int maxOctets)
    {
        if (datagram.Length > maxOctets)
        {
            return TlvStatus.TooLarge;
        }

        if (datagram.IsEmpty || !IsPlausible(datagram[0]))
        {
            return TlvStatus.NotAPacket;
        }

        TlvStatus status = TlvScanner.TryScan(datagram, maxOctets, out int elementLength);
        return status switch
        {
            TlvStatus.Ok when elementLength != datagram.Length => TlvStatus.TrailingOctets,
            TlvStatus.NeedMoreData => TlvStatus.Truncated,
            _ => status,
        };
    }

    /// <summary>Whether a whole frame is at the start of a stream.</summary>
    /// <returns>Ok, NeedMoreData, or an error that ends the stream.</returns>
    internal static TlvStatus ScanStream(in ReadOnlySequence<byte> octets, int maxOctets, out int elementLength)
    {
        elementLength = 0;
        if (octets.IsEmpty)
        {
            return TlvStatus.NeedMoreData;
        }

        ReadOnlySpan<byte> first = octets.FirstSpan;
        byte type = first.IsEmpty ? FirstOctet(octets) : first[0];
        return IsPlausible(type) ? TlvScanner.TryScan(octets, maxOctets, out elementLength) : TlvStatus.NotAPacket;
    }

    // All three numbers are below 253, so that their minimal encoding is this one octet.
    private static bool IsPlausible(byte type) => (uint)type is TlvType.Interest or TlvType.Data or TlvType.LpPacket;

    private static byte FirstOctet(in ReadOnlySequence<byte> octets)
    {
        var reader = new SequenceReader<byte>(octets);
        return reader.TryRead(out byte value) ? value : (byte)0;
    }
}
