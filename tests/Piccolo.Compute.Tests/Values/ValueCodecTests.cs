using Piccolo.Compute.Values;
using Piccolo.Ndn;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Tests.Values;

public sealed class ValueCodecTests
{
    /// <summary>Examples of RFC 8949, appendix A, that have one deterministic form.</summary>
    [Theory]
    [InlineData("00", 0L)]
    [InlineData("1903E8", 1000L)]
    [InlineData("3903E7", -1000L)]
    [InlineData("1BFFFFFFFFFFFFFFFF", ulong.MaxValue)]
    [InlineData("3B7FFFFFFFFFFFFFFF", long.MinValue)]
    [InlineData("F5", true)]
    [InlineData("6161", "a")]
    [InlineData("62C3BC", "ü")]
    [InlineData("FB3FF199999999999A", 1.1)]
    public void Value_has_the_octets_of_the_standard(string octets, object value)
    {
        Assert.Equal(octets, Convert.ToHexString(ValueCodec.Encode(value)));
        Assert.True(ValueCodec.TryDecode(Convert.FromHexString(octets), ValueLimits.Default, out object? read, out string error), error);
        Assert.Equal(value, read);
    }

    [Fact]
    public void Maps_are_encoded_alike_whatever_the_order_of_their_keys()
    {
        Dictionary<string, object?> one = new() { ["lines"] = 1, ["b"] = null, ["words"] = new object?[] { 1, "x" } };
        Dictionary<string, object?> other = new() { ["words"] = new List<object?> { 1L, "x" }, ["lines"] = 1L, ["b"] = null };

        Assert.Equal(ValueCodec.Encode(one), ValueCodec.Encode(other));
    }

    [Fact]
    public void Nested_values_survive()
    {
        var value = new Dictionary<string, object?>
        {
            ["a"] = new object?[] { 1L, null, true, "text", new byte[] { 1, 2 }, 2.5 },
            ["m"] = new Dictionary<string, object?> { ["k"] = -5L },
        };

        Assert.True(ValueCodec.TryDecode(ValueCodec.Encode(value), ValueLimits.Default, out object? read, out _));

        Assert.Equal(ValueCodec.Encode(value), ValueCodec.Encode(read));
        Assert.Equal(value["a"], ((Dictionary<string, object?>)read!)["a"]);
    }

    [Theory]
    [InlineData("", "CBOR")]
    [InlineData("82", "CBOR")]
    [InlineData("0000", "left over")]
    [InlineData("C001", "tag")]
    [InlineData("A10101", "key that is not text")]
    [InlineData("A2616101616102", "CBOR")]
    [InlineData("3BFFFFFFFFFFFFFFFF", "below -2^63")]
    [InlineData("61FF", "CBOR")]
    [InlineData("E5", "without a meaning")]
    public void Bad_octets_are_refused_with_a_reason(string octets, string reason)
    {
        Assert.False(ValueCodec.TryDecode(Convert.FromHexString(octets), ValueLimits.Default, out object? value, out string error));
        Assert.Null(value);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bombs_are_refused()
    {
        byte[] deep = new byte[100_000];
        deep.AsSpan().Fill(0x81);
        byte[] wide = [0x9B, 0, 0, 0, 1, 0, 0, 0, 0];

        Assert.False(ValueCodec.TryDecode(deep, ValueLimits.Default, out _, out string tooDeep));
        Assert.False(ValueCodec.TryDecode(wide, ValueLimits.Default, out _, out _));
        var fewItems = new ValueLimits { ItemCountMax = 49 };
        Assert.False(ValueCodec.TryDecode(ValueCodec.Encode(new int[50]), fewItems, out _, out string tooMany));
        Assert.False(ValueCodec.TryDecode(new byte[50], new ValueLimits { OctetsMax = 49 }, out _, out string tooLarge));
        Assert.Contains("deep", tooDeep, StringComparison.Ordinal);
        Assert.Contains("too many", tooMany, StringComparison.Ordinal);
        Assert.Contains("larger", tooLarge, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_octets_never_throw()
    {
        IRandomSource random = new XoshiroRandomSource(3);
        object?[] items = [1, "b", 2.5, new byte[9]];
        byte[] plain = ValueCodec.Encode(new Dictionary<string, object?> { ["a"] = items, ["c"] = null });
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] mutated = plain[..(round % 3 == 0 ? (int)random.NextBelow((uint)plain.Length) : plain.Length)];
            for (int i = 0; i < 1 + (round % 3) && mutated.Length > 0; i++)
            {
                mutated[random.NextBelow((uint)mutated.Length)] = (byte)random.NextUInt32();
            }

            refused += ValueCodec.TryDecode(mutated, ValueLimits.Default, out _, out _) ? 0 : 1;
        }

        Assert.True(refused > 1000, "mutations were hardly ever refused");
    }

    [Fact]
    public void Values_without_a_form_are_refused_with_their_type()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ValueCodec.Encode(new Uri("urn:y")));
        Assert.Contains("Uri", refused.Message, StringComparison.Ordinal);
        object?[] cycle = new object?[1];
        cycle[0] = cycle;
        Assert.False(ValueCodec.TryEncode(cycle, out _, out string error));
        Assert.Contains("deeper", error, StringComparison.Ordinal);
        Assert.Equal(ValueKind.Bytes, ValueCodec.TypeOf(new byte[1]));
    }
}
