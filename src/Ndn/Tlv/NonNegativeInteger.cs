using System.Buffers.Binary;

namespace Piccolo.Ndn.Tlv;

/// <summary>A number as the VALUE of an element.</summary>
/// <remarks>
/// Wire: exactly 1, 2, 4 or 8 big-endian octets. Writers choose the shortest; readers accept each width.
/// Source: NDN Packet Format v0.3, "Non Negative Integer Encoding".
/// </remarks>
public static class NonNegativeInteger
{
    /// <summary>How many octets a number takes: 1, 2, 4 or 8.</summary>
    public static int SizeOf(ulong value) => value switch
    {
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        <= uint.MaxValue => 4,
        _ => 8,
    };

    /// <summary>Writes a number in its shortest width.</summary>
    /// <param name="destination">At least <see cref="SizeOf"/> octets.</param>
    /// <param name="value">The number.</param>
    /// <returns>Octets written.</returns>
    public static int Write(Span<byte> destination, ulong value)
    {
        switch (value)
        {
            case <= byte.MaxValue:
                destination[0] = (byte)value;
                return 1;
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)value);
                return 2;
            case <= uint.MaxValue:
                BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value);
                return 4;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(destination, value);
                return 8;
        }
    }

    /// <summary>Reads a whole VALUE as a number.</summary>
    /// <param name="value">The VALUE, nothing before or after it.</param>
    /// <param name="number">The number, 0 when false.</param>
    /// <returns>False when the VALUE is not 1, 2, 4 or 8 octets.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out ulong number)
    {
        switch (value.Length)
        {
            case 1:
                number = value[0];
                return true;
            case 2:
                number = BinaryPrimitives.ReadUInt16BigEndian(value);
                return true;
            case 4:
                number = BinaryPrimitives.ReadUInt32BigEndian(value);
                return true;
            case 8:
                number = BinaryPrimitives.ReadUInt64BigEndian(value);
                return true;
            default:
                number = 0;
                return false;
        }
    }
}
