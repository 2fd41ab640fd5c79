using System.Buffers.Binary;

namespace Piccolo.Ndn;

/// <summary>Where a core gets its randomness: the operating system's in the daemon, a seeded stream in a simulation.</summary>
/// <remarks>Not thread-safe unless the implementation says so; one stream for each concern.</remarks>
public interface IRandomSource
{
    /// <summary>The next 64 random bits.</summary>
    ulong NextUInt64();

    /// <summary>The next 32 random bits.</summary>
    uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>A uniform integer in 0 .. <paramref name="bound"/> - 1, without modulo bias.</summary>
    /// <param name="bound">Exclusive upper bound; at least 1.</param>
    uint NextBelow(uint bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        ulong product = (ulong)NextUInt32() * bound;
        uint threshold = (uint)(0 - bound) % bound;
        for (int attempt = 0; (uint)product < threshold && attempt < 64; attempt++)
        {
            product = (ulong)NextUInt32() * bound;
        }

        return (uint)(product >> 32);
    }

    /// <summary>Fills a span with random octets: each draw's in little-endian order, on every machine.</summary>
    void Fill(Span<byte> destination)
    {
        int filled = 0;
        Span<byte> word = stackalloc byte[8];
        while (filled < destination.Length)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextUInt64());
            int count = Math.Min(8, destination.Length - filled);
            word[..count].CopyTo(destination[filled..]);
            filled += count;
        }
    }
}
