namespace Piccolo.Ndn.Tlv;

/// <summary>Reads elements one after the other out of a container that is wholly in memory.</summary>
/// <remarks>
/// Zero-copy: elements are windows on the octets given. After a status other than Ok the position has not moved.
/// Bound: each read looks at no more than 18 octets, whatever the LENGTH says.
/// </remarks>
public ref struct TlvReader
{
    private readonly ReadOnlySpan<byte> _octets;

    /// <summary>Starts at the first octet of a container's VALUE, or of a datagram.</summary>
    public TlvReader(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>Octets read so far.</summary>
    public int Position { get; private set; }

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsAtEnd => Position >= _octets.Length;

    /// <summary>The octets that were not read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _octets[Position..];

    /// <summary>Reads the next element.</summary>
    /// <param name="element">The element, empty unless Ok.</param>
    /// <returns>Ok, Truncated (also at the end), NonMinimalNumber, TypeOutOfRange or LengthOverrun.</returns>
    public TlvStatus TryRead(out TlvElement element)
    {
        element = default;
        ReadOnlySpan<byte> rest = _octets[Position..];
        TlvStatus status = ReadHeader(rest, out uint type, out ulong length, out int headerLength);
        if (status != TlvStatus.Ok)
        {
            return status == TlvStatus.NeedMoreData ? TlvStatus.Truncated : status;
        }

        if (length > (ulong)(rest.Length - headerLength))
        {
            return TlvStatus.LengthOverrun;
        }

        int size = headerLength + (int)length;
        element = new TlvElement(type, rest[..size], headerLength);
        Position += size;
        return TlvStatus.Ok;
    }

    /// <summary>Reads the next element, which must have a given TYPE.</summary>
    /// <param name="type">The TYPE that is due.</param>
    /// <param name="element">The element, empty unless Ok.</param>
    /// <returns>As <see cref="TryRead(out TlvElement)"/>; MissingElement at the end or when another TYPE stands there.</returns>
    public TlvStatus TryRead(uint type, out TlvElement element)
    {
        element = default;
        if (IsAtEnd)
        {
            return TlvStatus.MissingElement;
        }

        int start = Position;
        TlvStatus status = TryRead(out TlvElement read);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (read.Type != type)
        {
            Position = start;
            return TlvStatus.MissingElement;
        }

        element = read;
        return TlvStatus.Ok;
    }

    /// <summary>Looks at the TYPE of the next element without reading it.</summary>
    /// <param name="type">The TYPE, 0 unless Ok.</param>
    /// <returns>Ok, Truncated (also at the end), NonMinimalNumber or TypeOutOfRange.</returns>
    public readonly TlvStatus TryPeekType(out uint type)
    {
        type = 0;
        TlvStatus status = VarNumber.TryRead(_octets[Position..], out ulong number, out _);
        if (status != TlvStatus.Ok)
        {
            return status == TlvStatus.NeedMoreData ? TlvStatus.Truncated : status;
        }

        if (number is 0 or > uint.MaxValue)
        {
            return TlvStatus.TypeOutOfRange;
        }

        type = (uint)number;
        return TlvStatus.Ok;
    }

    /// <summary>Reads octets that must be one element of a given TYPE and nothing else.</summary>
    /// <param name="octets">A datagram, or a VALUE that holds one element.</param>
    /// <param name="type">The TYPE that is due.</param>
    /// <param name="element">The element, empty unless Ok.</param>
    /// <returns>
    /// Ok, Truncated, NonMinimalNumber, TypeOutOfRange, LengthOverrun, NotAPacket (another TYPE) or TrailingOctets.
    /// </returns>
    public static TlvStatus TryReadOnly(ReadOnlySpan<byte> octets, uint type, out TlvElement element)
    {
        element = default;
        TlvReader reader = new(octets);
        TlvStatus status = reader.TryRead(out TlvElement read);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (read.Type != type)
        {
            return TlvStatus.NotAPacket;
        }

        if (!reader.IsAtEnd)
        {
            return TlvStatus.TrailingOctets;
        }

        element = read;
        return TlvStatus.Ok;
    }

    internal static TlvStatus ReadHeader(ReadOnlySpan<byte> source, out uint type, out ulong length, out int headerLength)
    {
        type = 0;
        length = 0;
        headerLength = 0;
        TlvStatus status = VarNumber.TryRead(source, out ulong number, out int typeOctets);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (number is 0 or > uint.MaxValue)
        {
            return TlvStatus.TypeOutOfRange;
        }

        status = VarNumber.TryRead(source[typeOctets..], out length, out int lengthOctets);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        type = (uint)number;
        headerLength = typeOctets + lengthOctets;
        return TlvStatus.Ok;
    }
}
