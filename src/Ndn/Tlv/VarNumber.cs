using System.Buffers.Binary;

namespace Piccolo.Ndn.Tlv;

/// <summary>The variable-size number in which TYPE and LENGTH are written.</summary>
/// <remarks>
/// Wire: <c>00..FC</c> is the number itself; <c>FD</c>, <c>FE</c>, <c>FF</c> announce 2, 4 or 8 big-endian octets. Only the
/// shortest form is legal.
/// Source: NDN Packet Format v0.3, "Variable Size Encoding for Type and Length".
/// </remarks>
public static class VarNumber
{
    /// <summary>Octets of the longest form.</summary>
    public const int MaxOctets = 9;

    /// <summary>How many octets a number takes: 1, 3, 5 or 9.</summary>
    public static int SizeOf(ulong value) => value switch
    {
        < 253 => 1,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };

    /// <summary>Writes a number in its shortest form.</summary>
    /// <param name="destination">At least <see cref="SizeOf"/> octets.</param>
    /// <param name="value">The number.</param>
    /// <returns>Octets written.</returns>
    public static int Write(Span<byte> destination, ulong value)
    {
        switch (value)
        {
            case < 253:
                destination[0] = (byte)value;
                return 1;
            case <= ushort.MaxValue:
                destination[0] = 0xFD;
                BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)value);
                return 3;
            case <= uint.MaxValue:
                destination[0] = 0xFE;
                BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)value);
                return 5;
            default:
                destination[0] = 0xFF;
                BinaryPrimitives.WriteUInt64BigEndian(destination[1..], value);
                return 9;
        }
    }

    /// <summary>Reads the number at the start of some octets.</summary>
    /// <param name="source">Octets that may continue after the number.</param>
    /// <param name="value">The number, 0 unless Ok.</param>
    /// <param name="octets">Octets read, 0 unless Ok.</param>
    /// <returns>Ok; NeedMoreData when the octets end inside the number; NonMinimalNumber for a longer form than needed.</returns>
    public static TlvStatus TryRead(ReadOnlySpan<byte> source, out ulong value, out int octets)
    {
        value = 0;
        octets = 0;
        if (source.IsEmpty)
        {
            return TlvStatus.NeedMoreData;
        }

        byte first = source[0];
        if (first < 253)
        {
            value = first;
            octets = 1;
            return TlvStatus.Ok;
        }

        int size = first == 253 ? 3 : first == 254 ? 5 : 9;
        if (source.Length < size)
        {
            return TlvStatus.NeedMoreData;
        }

        ulong read = size switch
        {
            3 => BinaryPrimitives.ReadUInt16BigEndian(source[1..]),
            5 => BinaryPrimitives.ReadUInt32BigEndian(source[1..]),
            _ => BinaryPrimitives.ReadUInt64BigEndian(source[1..]),
        };
        if (SizeOf(read) != size)
        {
            return TlvStatus.NonMinimalNumber;
        }

        value = read;
        octets = size;
        return TlvStatus.Ok;
    }
}
