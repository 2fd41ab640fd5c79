using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Piccolo.Ndn.Link;

/// <summary>
/// Octets that a peer puts on an Interest and wants back, unchanged, on every Data and Nack that answers it.
/// </summary>
/// <remarks>
/// Held inline, so that it can be kept in tables and passed along without allocation; <c>default</c> is no token.
/// Wire: TLV-TYPE 98, 1 to 32 opaque octets.
/// Source: NDNLPv2, "PIT token".
/// </remarks>
public readonly struct PitToken : IEquatable<PitToken>
{
    /// <summary>The longest token.</summary>
    public const int LengthMax = 32;

    private readonly Storage _octets;
    private readonly byte _length;

    /// <summary>Copies a token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="LengthMax"/> octets.</exception>
    public PitToken(ReadOnlySpan<byte> octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets.Length, LengthMax, nameof(octets));
        _length = (byte)octets.Length;
        octets.CopyTo(_octets);
    }

    /// <summary>How many octets the token has; 0 for no token.</summary>
    public int Length => _length;

    /// <summary>Whether there is no token.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The octets, as a view into this very variable.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Octets => ((ReadOnlySpan<byte>)_octets)[.._length];

    /// <summary>Whether two tokens are the same octets.</summary>
    public static bool operator ==(in PitToken left, in PitToken right) => left.Octets.SequenceEqual(right.Octets);

    /// <summary>Whether two tokens differ.</summary>
    public static bool operator !=(in PitToken left, in PitToken right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(PitToken other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PitToken other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint hash = 2166136261;
        foreach (byte octet in Octets)
        {
            hash = (hash ^ octet) * 16777619;
        }

        return (int)hash;
    }

    /// <summary>The octets in lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(Octets);

    [InlineArray(LengthMax)]
    private struct Storage
    {
        private byte _first;
    }
}
