using System.Buffers.Binary;
using System.Numerics;

namespace Piccolo.Ndn.Naming;

/// <summary>Hashes names and all their prefixes in one pass, with a secret key.</summary>
/// <remarks>
/// SipHash-1-3 over the octets of the name's VALUE. A daemon draws the key at start so that nobody can aim many names at one
/// slot; a simulation fixes it, so that runs repeat. Never allocates.
/// Bound: one round for each 8 octets and four for each prefix.
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF".
/// </remarks>
public sealed class NameHasher
{
    internal static readonly NameHasher Unkeyed = new(0, 0);

    private readonly ulong _k0;
    private readonly ulong _k1;

    /// <summary>Makes a hasher with a 128-bit key.</summary>
    public NameHasher(ulong k0, ulong k1)
    {
        _k0 = k0;
        _k1 = k1;
    }

    /// <summary>Hashes the VALUE of a name.</summary>
    /// <param name="nameValue">Components back to back.</param>
    /// <returns>The same number that <see cref="HashPrefixes"/> gives for all components.</returns>
    public ulong Hash(ReadOnlySpan<byte> nameValue)
    {
        State state = new(_k0, _k1);
        int position = 0;
        state.Absorb(nameValue, ref position, nameValue.Length);
        return state.Finish(nameValue[position..], nameValue.Length);
    }

    /// <summary>Hashes every prefix of a name, from no component to all.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hashes">
    /// Receives the hash of the first i components at index i. May be shorter than the name has prefixes; the longest are
    /// then left out.
    /// </param>
    /// <returns>How many hashes were written.</returns>
    public int HashPrefixes(NameView name, Span<ulong> hashes)
    {
        if (hashes.IsEmpty)
        {
            return 0;
        }

        ReadOnlySpan<byte> value = name.Value;
        State state = new(_k0, _k1);
        int position = 0;
        int end = 0;
        int count = 0;
        hashes[count++] = state.Finish(default, 0);
        while (end < value.Length && count < hashes.Length)
        {
            end += ComponentFormat.ReadValid(value[end..]).Whole.Length;
            state.Absorb(value, ref position, end);
            hashes[count++] = state.Finish(value[position..end], end);
        }

        return count;
    }

    private struct State
    {
        private ulong _v0;
        private ulong _v1;
        private ulong _v2;
        private ulong _v3;

        internal State(ulong k0, ulong k1)
        {
            _v0 = k0 ^ 0x736f6d6570736575;
            _v1 = k1 ^ 0x646f72616e646f6d;
            _v2 = k0 ^ 0x6c7967656e657261;
            _v3 = k1 ^ 0x7465646279746573;
        }

        /// <summary>Takes in whole words, as many as fit before <paramref name="end"/>.</summary>
        internal void Absorb(ReadOnlySpan<byte> octets, ref int position, int end)
        {
            while (end - position >= 8)
            {
                ulong word = BinaryPrimitives.ReadUInt64LittleEndian(octets[position..]);
                _v3 ^= word;
                Round();
                _v0 ^= word;
                position += 8;
            }
        }

        /// <summary>The hash of everything taken in plus a tail of under 8 octets; the state itself stays open.</summary>
        internal readonly ulong Finish(ReadOnlySpan<byte> tail, int length)
        {
            ulong word = (ulong)length << 56;
            for (int i = 0; i < tail.Length; i++)
            {
                word |= (ulong)tail[i] << (8 * i);
            }

            State copy = this;
            copy._v3 ^= word;
            copy.Round();
            copy._v0 ^= word;
            copy._v2 ^= 0xFF;
            copy.Round();
            copy.Round();
            copy.Round();
            return copy._v0 ^ copy._v1 ^ copy._v2 ^ copy._v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
