using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Naming;

/// <summary>One component of a name, as a window on the octets of a packet.</summary>
public readonly ref struct NameComponentView
{
    private readonly int _headerLength;

    internal NameComponentView(ushort type, ReadOnlySpan<byte> whole, int headerLength)
    {
        Type = type;
        Whole = whole;
        _headerLength = headerLength;
    }

    /// <summary>TLV-TYPE number, 1..65535.</summary>
    public ushort Type { get; }

    /// <summary>TYPE, LENGTH and VALUE.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    /// <summary>The VALUE.</summary>
    public ReadOnlySpan<byte> Value => Whole[_headerLength..];

    /// <summary>Reads a component that must fill the octets given, as FinalBlockId carries it.</summary>
    /// <param name="whole">TYPE, LENGTH and VALUE of one component.</param>
    /// <param name="view">The component, empty unless Ok.</param>
    /// <returns>
    /// Ok, Truncated, NonMinimalNumber, LengthOverrun, TrailingOctets, or BadName for a TYPE or digest length no component has.
    /// </returns>
    public static TlvStatus TryCreate(ReadOnlySpan<byte> whole, out NameComponentView view)
    {
        TlvStatus status = ComponentFormat.TryRead(whole, out view);
        if (status == TlvStatus.Ok && view.Whole.Length != whole.Length)
        {
            view = default;
            return TlvStatus.TrailingOctets;
        }

        return status;
    }

    /// <summary>Reads the VALUE as a number.</summary>
    /// <param name="number">The number, 0 when false.</param>
    /// <returns>False when the VALUE is not a NonNegativeInteger.</returns>
    public bool TryGetNumber(out ulong number) => NonNegativeInteger.TryRead(Value, out number);

    /// <summary>Whether both have the same TYPE and VALUE.</summary>
    public bool Equals(NameComponentView other) => Whole.SequenceEqual(other.Whole);

    /// <summary>Whether both have the same TYPE and VALUE.</summary>
    public bool Equals(NameComponent other) => Type == other.Type && Value.SequenceEqual(other.Value.Span);

    /// <summary>Copies the component out of the packet.</summary>
    public NameComponent ToComponent() => new(Type, Value);
}
