using FsCheck.Fluent;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Tlv;

public sealed class TlvReaderTests
{
    [Theory]
    [InlineData("", TlvStatus.Truncated)]
    [InlineData("05", TlvStatus.Truncated)]
    [InlineData("fd01", TlvStatus.Truncated)]
    [InlineData("05fd", TlvStatus.Truncated)]
    [InlineData("0000", TlvStatus.TypeOutOfRange)]
    [InlineData("ff000000010000000000", TlvStatus.TypeOutOfRange)]
    [InlineData("fd000500", TlvStatus.NonMinimalNumber)]
    [InlineData("05fd000100", TlvStatus.NonMinimalNumber)]
    [InlineData("0502aa", TlvStatus.LengthOverrun)]
    [InlineData("05ffffffffffffffffff", TlvStatus.LengthOverrun)]
    [InlineData("0501aa", TlvStatus.Ok)]
    [InlineData("feffffffff00", TlvStatus.Ok)]
    public void Reader_names_the_rule_that_octets_break(string hex, TlvStatus expected)
    {
        TlvReader reader = new(Convert.FromHexString(hex));
        Assert.Equal(expected, reader.TryRead(out _));
        Assert.Equal(expected == TlvStatus.Ok ? hex.Length / 2 : 0, reader.Position);
    }

    [Fact]
    public void Reader_takes_elements_one_after_the_other()
    {
        TlvReader reader = new([0x07, 0x01, 0xAA, 0x15, 0x00]);
        Assert.Equal(TlvStatus.Ok, reader.TryPeekType(out uint type));
        Assert.Equal(TlvType.Name, type);
        Assert.Equal(TlvStatus.MissingElement, reader.TryRead(TlvType.Content, out _));
        Assert.Equal(TlvStatus.Ok, reader.TryRead(TlvType.Name, out TlvElement name));
        Assert.Equal([0xAA], name.Value.ToArray());
        Assert.Equal([0x07, 0x01, 0xAA], name.Whole.ToArray());
        Assert.False(reader.IsAtEnd);
        Assert.Equal(TlvStatus.Ok, reader.TryRead(out TlvElement content));
        Assert.Equal(TlvType.Content, content.Type);
        Assert.True(reader.IsAtEnd);
        Assert.Equal(TlvStatus.MissingElement, reader.TryRead(TlvType.Name, out _));
        Assert.Equal(TlvStatus.Truncated, reader.TryPeekType(out _));
    }

    [Fact]
    public void Only_element_refuses_another_type_and_anything_behind()
    {
        Assert.Equal(TlvStatus.NotAPacket, TlvReader.TryReadOnly([0x06, 0x00], TlvType.Interest, out _));
        Assert.Equal(TlvStatus.TrailingOctets, TlvReader.TryReadOnly([0x05, 0x00, 0x00], TlvType.Interest, out _));
        Assert.Equal(TlvStatus.Ok, TlvReader.TryReadOnly([0x05, 0x00], TlvType.Interest, out _));
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(8u, true)]
    [InlineData(30u, true)]
    [InlineData(31u, true)]
    [InlineData(32u, false)]
    [InlineData(33u, true)]
    [InlineData(34u, false)]
    [InlineData(uint.MaxValue, true)]
    [InlineData(uint.MaxValue - 1, false)]
    public void Critical_rule_holds_for_low_and_for_odd_numbers(uint type, bool isCritical) =>
        Assert.Equal(isCritical, CriticalRule.IsCritical(type));

    [Fact]
    public void Elements_are_read_as_they_were_written()
    {
        var inputs = Arb.From(
            from type in Gen.Elements(1u, 252u, 253u, 65535u, 65536u, uint.MaxValue)
            from value in Properties.Octets(400)
            from number in Gen.Choose(0, int.MaxValue)
            select (type, value, number: (ulong)number * (ulong)number));
        Properties.Hold(inputs, input =>
        {
            byte[] octets = new byte[
                TlvWriter.SizeOfElement(input.type, input.value.Length) + TlvWriter.SizeOfNumber(input.type, input.number)];
            TlvWriter writer = new(octets);
            writer.WriteElement(input.type, input.value);
            writer.WriteNumber(input.type, input.number);
            TlvReader reader = new(writer.Written);
            return writer.Position == octets.Length
                && reader.TryRead(input.type, out TlvElement first) == TlvStatus.Ok && first.Value.SequenceEqual(input.value)
                && reader.TryRead(input.type, out TlvElement second) == TlvStatus.Ok
                && NonNegativeInteger.TryRead(second.Value, out ulong number) && number == input.number && reader.IsAtEnd;
        });
    }

    [Fact]
    public void Writer_past_the_end_of_its_span_throws() =>
        Assert.ThrowsAny<ArgumentException>(() => new TlvWriter(new byte[3]).WriteElement(5, [1, 2]));
}
