using System.Buffers;
using FsCheck.Fluent;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Tlv;

public sealed class TlvScannerTests
{
    private const int MaxOctets = PacketLimits.MaxPacketOctets;

    [Theory]
    [InlineData("", TlvStatus.NeedMoreData, 0)]
    [InlineData("05", TlvStatus.NeedMoreData, 0)]
    [InlineData("0503aabb", TlvStatus.NeedMoreData, 5)]
    [InlineData("0502aabb", TlvStatus.Ok, 4)]
    [InlineData("0502aabb0601", TlvStatus.Ok, 4)]
    [InlineData("00", TlvStatus.TypeOutOfRange, 0)]
    [InlineData("fd0005", TlvStatus.NonMinimalNumber, 0)]
    [InlineData("05fd225c", TlvStatus.NeedMoreData, 8800)]
    [InlineData("05fd225d", TlvStatus.TooLarge, 0)]
    [InlineData("05ffffffffffffffffff", TlvStatus.TooLarge, 0)]
    public void Scanner_finds_the_end_of_the_first_element(string hex, TlvStatus expected, int expectedLength)
    {
        byte[] octets = Convert.FromHexString(hex);
        Assert.Equal(expected, TlvScanner.TryScan(octets, MaxOctets, out int length));
        Assert.Equal(expectedLength, length);

        // The same in pieces of every size, as a stream delivers them.
        for (int piece = 1; piece <= Math.Max(1, octets.Length); piece++)
        {
            Assert.Equal(expected, TlvScanner.TryScan(InPieces(octets, piece), MaxOctets, out int lengthInPieces));
            Assert.Equal(expectedLength, lengthInPieces);
        }
    }

    [Fact]
    public void Scanner_says_the_same_for_a_span_and_for_any_cut_into_pieces()
    {
        var inputs = Arb.From(
            from octets in Properties.Octets(60)
            from piece in Gen.Choose(1, 20)
            select (octets, piece));
        Properties.Hold(inputs, input =>
            TlvScanner.TryScan(input.octets, 40, out int whole) ==
                TlvScanner.TryScan(InPieces(input.octets, input.piece), 40, out int cut)
            && whole == cut);
    }

    [Fact]
    public void Scanner_agrees_with_the_reader_about_whole_elements()
    {
        Properties.Hold(Arb.From(Properties.Octets(40)), octets =>
        {
            TlvStatus scanned = TlvScanner.TryScan(octets, int.MaxValue, out int length);
            TlvReader reader = new(octets);
            TlvStatus read = reader.TryRead(out _);
            return scanned == TlvStatus.Ok
                ? read == TlvStatus.Ok && reader.Position == length
                : read != TlvStatus.Ok;
        });
    }

    private static ReadOnlySequence<byte> InPieces(byte[] octets, int piece)
    {
        Piece first = new(octets.AsMemory(0, Math.Min(piece, octets.Length)), 0);
        Piece last = first;
        for (int start = piece; start < octets.Length; start += piece)
        {
            last = last.Append(octets.AsMemory(start, Math.Min(piece, octets.Length - start)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        internal Piece Append(ReadOnlyMemory<byte> memory)
        {
            Piece next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
