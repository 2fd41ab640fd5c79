using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Piccolo.Sim.Engine;

/// <summary>Folds what happens into 64 bits, for telling two runs apart. No protection against somebody who wants a collision.</summary>
/// <remarks>Octets are folded as little-endian words of eight, then one by one, whatever the machine's own order is.</remarks>
internal static class Digests
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int Ends = 64;

    /// <summary>Folds a number in.</summary>
    public static ulong Fold(ulong digest, ulong value) => BitOperations.RotateLeft((digest ^ value) * Multiplier, 29);

    /// <summary>Folds a frame in: its length and its first and last 64 octets, where name, nonce and signature are.</summary>
    public static ulong Fold(ulong digest, ReadOnlySpan<byte> frame)
    {
        digest = Fold(digest, (ulong)frame.Length);
        if (frame.Length > 2 * Ends)
        {
            digest = FoldAll(digest, frame[..Ends]);
            frame = frame[^Ends..];
        }

        return FoldAll(digest, frame);
    }

    private static ulong FoldAll(ulong digest, ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (ulong word in words)
        {
            // The compiler knows the machine: where words are little-endian anyway, nothing is left of this.
            ulong value = BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
            digest = (digest ^ value) * Multiplier;
            digest ^= digest >> 32;
        }

        foreach (byte octet in octets[(words.Length * sizeof(ulong))..])
        {
            digest = (digest ^ octet) * Multiplier;
        }

        return digest;
    }
}
