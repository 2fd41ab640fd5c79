namespace Piccolo.Ndn.Tlv;

/// <summary>One element, as a window on the octets it was read from.</summary>
public readonly ref struct TlvElement
{
    internal TlvElement(uint type, ReadOnlySpan<byte> whole, int headerLength)
    {
        Type = type;
        Whole = whole;
        HeaderLength = headerLength;
    }

    /// <summary>TLV-TYPE number.</summary>
    public uint Type { get; }

    /// <summary>TYPE, LENGTH and VALUE.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    /// <summary>Octets of TYPE and LENGTH together.</summary>
    public int HeaderLength { get; }

    /// <summary>The VALUE.</summary>
    public ReadOnlySpan<byte> Value => Whole[HeaderLength..];
}
