namespace Piccolo.Ndn.Tlv;

/// <summary>Writes elements into a caller's span, front to back.</summary>
/// <remarks>
/// Sizes come first: the caller computes them with the static members, makes room, then writes in one pass.
/// Bound: the span; writing past its end is the caller's mistake and throws.
/// </remarks>
public ref struct TlvWriter
{
    private readonly Span<byte> _destination;

    /// <summary>Starts at the first octet of a span.</summary>
    public TlvWriter(Span<byte> destination) => _destination = destination;

    /// <summary>Octets written so far.</summary>
    public int Position { get; private set; }

    /// <summary>What was written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[..Position];

    /// <summary>Size of a whole element.</summary>
    /// <param name="type">TLV-TYPE number.</param>
    /// <param name="valueLength">Octets of its VALUE.</param>
    public static int SizeOfElement(uint type, int valueLength) =>
        VarNumber.SizeOf(type) + VarNumber.SizeOf((ulong)valueLength) + valueLength;

    /// <summary>Size of a whole element whose VALUE is a NonNegativeInteger.</summary>
    /// <param name="type">TLV-TYPE number.</param>
    /// <param name="number">The number.</param>
    public static int SizeOfNumber(uint type, ulong number) => SizeOfElement(type, NonNegativeInteger.SizeOf(number));

    /// <summary>Writes TYPE and LENGTH; the caller then writes that many octets of VALUE.</summary>
    public void WriteHeader(uint type, int length)
    {
        Invariant.Check(type != 0, "TYPE 0 is never written");
        Invariant.Check(length >= 0, "a LENGTH is not negative");
        Position += VarNumber.Write(_destination[Position..], type);
        Position += VarNumber.Write(_destination[Position..], (ulong)length);
    }

    /// <summary>Writes a whole element.</summary>
    public void WriteElement(uint type, scoped ReadOnlySpan<byte> value)
    {
        WriteHeader(type, value.Length);
        WriteRaw(value);
    }

    /// <summary>Writes an element whose VALUE is a NonNegativeInteger in its shortest width.</summary>
    public void WriteNumber(uint type, ulong number)
    {
        WriteHeader(type, NonNegativeInteger.SizeOf(number));
        Position += NonNegativeInteger.Write(_destination[Position..], number);
    }

    /// <summary>Writes an element without a VALUE.</summary>
    public void WriteEmpty(uint type) => WriteHeader(type, 0);

    /// <summary>Writes octets that are encoded already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_destination[Position..]);
        Position += octets.Length;
    }
}
