using Piccolo.Ndn.Link;

namespace Piccolo.Ndn.Tests.Link;

public sealed class PitTokenTests
{
    [Fact]
    public void PitToken_keeps_its_octets_and_compares_by_them()
    {
        byte[] octets = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        for (int length = 0; length <= PitToken.LengthMax; length++)
        {
            PitToken token = new(octets.AsSpan(0, length));
            PitToken same = new(octets.AsSpan(0, length));
            Assert.Equal(length, token.Length);
            Assert.Equal(length == 0, token.IsEmpty);
            Assert.Equal(octets[..length], token.Octets.ToArray());
            Assert.Equal(Convert.ToHexStringLower(octets[..length]), token.ToString());
            Assert.True(token == same);
            Assert.True(token.Equals((object)same));
            Assert.Equal(token.GetHashCode(), same.GetHashCode());
            if (length < PitToken.LengthMax)
            {
                Assert.True(token != new PitToken([.. octets[..length], 0]));
            }
        }
    }

    [Fact]
    public void PitToken_of_33_octets_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PitToken(new byte[33]));

    [Theory]
    [InlineData(NackReason.Congestion, NackReason.Duplicate, true)]
    [InlineData(NackReason.Duplicate, NackReason.Congestion, false)]
    [InlineData(NackReason.NoRoute, NackReason.None, true)]
    [InlineData(NackReason.None, NackReason.NoRoute, false)]
    [InlineData(NackReason.None, NackReason.None, false)]
    [InlineData(NackReason.NoRoute, NackReason.NoRoute, false)]
    public void NackReason_none_is_the_most_severe(NackReason left, NackReason right, bool expected) =>
        Assert.Equal(expected, left.IsLessSevereThan(right));
}
