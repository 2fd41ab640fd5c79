using System.Buffers.Binary;

namespace Piccolo.Ndn.Link;

/// <summary>The acknowledgements in a received frame, as a window on it.</summary>
/// <remarks>
/// Wire: Ack elements stand next to each other, each <c>FD 03 44 08</c> and 8 octets big-endian.
/// </remarks>
public ref struct LpAcks
{
    internal const int ElementOctets = 12;
    internal const int HeaderOctets = 4;

    private readonly ReadOnlySpan<byte> _elements;
    private int _next;

    internal LpAcks(ReadOnlySpan<byte> elements) => _elements = elements;

    /// <summary>How many there are.</summary>
    public readonly int Count => _elements.Length / ElementOctets;

    /// <summary>The acknowledged TxSequence at an index.</summary>
    public readonly ulong this[int index] =>
        BinaryPrimitives.ReadUInt64BigEndian(_elements[((index * ElementOctets) + HeaderOctets)..]);

    /// <summary>The TxSequence under the enumerator.</summary>
    public readonly ulong Current => this[_next - 1];

    /// <summary>For <c>foreach</c>.</summary>
    public readonly LpAcks GetEnumerator() => new(_elements);

    /// <summary>Steps to the next one.</summary>
    public bool MoveNext() => _next++ < Count;
}
