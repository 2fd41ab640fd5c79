using System.Numerics;
using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Tests.Engine;

/// <summary>Digests and random octets are defined by arithmetic on octets, not by how a machine keeps words.</summary>
public class DigestsTests
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(61)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public void Frame_is_folded_as_little_endian_words_and_then_octets(int length)
    {
        byte[] frame = new byte[length];
        new RandomStreams(9).For("frame", length).Fill(frame);
        ulong expected = BitOperations.RotateLeft((5ul ^ (ulong)length) * Multiplier, 29);
        byte[][] parts = length > 128 ? [frame[..64], frame[^64..]] : [frame];
        foreach (byte[] part in parts)
        {
            int at = 0;
            for (; at + 8 <= part.Length; at += 8)
            {
                ulong word = 0;
                for (int octet = 7; octet >= 0; octet--)
                {
                    word = (word << 8) | part[at + octet];
                }

                expected = (expected ^ word) * Multiplier;
                expected ^= expected >> 32;
            }

            for (; at < part.Length; at++)
            {
                expected = (expected ^ part[at]) * Multiplier;
            }
        }

        Assert.Equal(expected, Digests.Fold(5, frame));
    }

    [Fact]
    public void Random_octets_are_the_draws_lowest_first()
    {
        IRandomSource one = new RandomStreams(3).For("octets");
        IRandomSource two = new RandomStreams(3).For("octets");
        byte[] octets = new byte[19];
        one.Fill(octets);
        byte[] expected = [.. Enumerable.Range(0, 3).Select(_ => two.NextUInt64())
            .SelectMany(static word => Enumerable.Range(0, 8).Select(octet => (byte)(word >> (8 * octet)))).Take(19)];
        Assert.Equal(expected, octets);
    }
}
