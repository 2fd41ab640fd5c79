using System.Text;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Naming;

/// <summary>One component of a name, with octets of its own that never change.</summary>
/// <remarks>
/// Always valid: TYPE is 1..65535 and digest components have 32 octets. The default value is the generic component without
/// octets. Equality and order are by TYPE, then length, then octets.
/// </remarks>
public readonly struct NameComponent : IEquatable<NameComponent>, IComparable<NameComponent>
{
    private readonly ReadOnlyMemory<byte> _value;

    // Stored relative to GenericNameComponent, so that default(NameComponent) is a valid component.
    private readonly ushort _typeXorGeneric;

    /// <summary>Makes a component of any TYPE; the octets are copied.</summary>
    /// <param name="type">TLV-TYPE number, 1..65535.</param>
    /// <param name="value">The VALUE.</param>
    /// <exception cref="ArgumentException">TYPE 0, or a digest that is not 32 octets.</exception>
    public NameComponent(ushort type, ReadOnlySpan<byte> value)
        : this(type, (ReadOnlyMemory<byte>)value.ToArray())
    {
    }

    internal NameComponent(ushort type, ReadOnlyMemory<byte> ownedValue)
    {
        if (type == 0)
        {
            throw new ArgumentException("a component's TYPE is 1..65535", nameof(type));
        }

        if (ComponentFormat.IsDigest(type) && ownedValue.Length != ComponentFormat.DigestOctets)
        {
            throw new ArgumentException("a digest component has 32 octets", nameof(ownedValue));
        }

        _typeXorGeneric = (ushort)(type ^ TlvType.GenericNameComponent);
        _value = ownedValue;
    }

    /// <summary>TLV-TYPE number.</summary>
    public ushort Type => (ushort)(_typeXorGeneric ^ TlvType.GenericNameComponent);

    /// <summary>The VALUE.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Octets of the whole component element.</summary>
    public int EncodedLength => TlvWriter.SizeOfElement(Type, _value.Length);

    /// <summary>
    /// The first component of the same TYPE that sorts behind this one, or null when a digest of all ones has none.
    /// </summary>
    /// <remarks>The octets plus one as a big-endian number; on overflow zeros, one octet longer.</remarks>
    public NameComponent? Successor
    {
        get
        {
            byte[] next = _value.ToArray();
            for (int i = next.Length - 1; i >= 0; i--)
            {
                if (++next[i] != 0)
                {
                    return new NameComponent(Type, (ReadOnlyMemory<byte>)next);
                }
            }

            return ComponentFormat.IsDigest(Type) ? null : new NameComponent(Type, (ReadOnlyMemory<byte>)new byte[next.Length + 1]);
        }
    }

    /// <summary>A generic component of UTF-8 text.</summary>
    public static NameComponent Generic(string text) =>
        new((ushort)TlvType.GenericNameComponent, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text));

    /// <summary>A generic component of any octets.</summary>
    public static NameComponent Generic(ReadOnlySpan<byte> value) => new((ushort)TlvType.GenericNameComponent, value);

    /// <summary>A word with a protocol meaning, such as <c>metadata</c>.</summary>
    public static NameComponent Keyword(string word) =>
        new((ushort)TlvType.KeywordNameComponent, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(word));

    /// <summary>A segment number, from 0 in steps of one.</summary>
    public static NameComponent Segment(ulong number) => FromNumber((ushort)TlvType.SegmentNameComponent, number);

    /// <summary>The offset of a payload's first octet.</summary>
    public static NameComponent ByteOffset(ulong offset) => FromNumber((ushort)TlvType.ByteOffsetNameComponent, offset);

    /// <summary>A version; larger is newer.</summary>
    public static NameComponent Version(ulong version) => FromNumber((ushort)TlvType.VersionNameComponent, version);

    /// <summary>A time.</summary>
    /// <param name="microseconds">Microseconds since the Unix epoch.</param>
    public static NameComponent Timestamp(ulong microseconds) =>
        FromNumber((ushort)TlvType.TimestampNameComponent, microseconds);

    /// <summary>A sequence number, from 0 in steps of one.</summary>
    public static NameComponent SequenceNumber(ulong number) => FromNumber((ushort)TlvType.SequenceNumNameComponent, number);

    /// <summary>The SHA-256 of a whole Data packet, 32 octets.</summary>
    public static NameComponent ImplicitDigest(ReadOnlySpan<byte> digest) =>
        new((ushort)TlvType.ImplicitSha256DigestComponent, digest);

    /// <summary>The SHA-256 of an Interest's parameters, 32 octets.</summary>
    public static NameComponent ParametersDigest(ReadOnlySpan<byte> digest) =>
        new((ushort)TlvType.ParametersSha256DigestComponent, digest);

    /// <summary>A component of any TYPE whose VALUE is a NonNegativeInteger in its shortest width.</summary>
    /// <param name="type">TLV-TYPE number, 1..65535.</param>
    /// <param name="number">The number.</param>
    public static NameComponent FromNumber(ushort type, ulong number)
    {
        byte[] value = new byte[NonNegativeInteger.SizeOf(number)];
        NonNegativeInteger.Write(value, number);
        return new NameComponent(type, (ReadOnlyMemory<byte>)value);
    }

    /// <summary>Reads one component of a URI.</summary>
    /// <param name="text">The text between two slashes.</param>
    /// <param name="component">The component, default when false.</param>
    /// <returns>False when the text is no component; <see cref="Parse"/> says why.</returns>
    public static bool TryParse(string text, out NameComponent component) =>
        NameUri.TryParseComponent(text, out component, out _);

    /// <summary>Reads one component of a URI.</summary>
    /// <exception cref="FormatException">The text is no component; the message says why.</exception>
    public static NameComponent Parse(string text) =>
        NameUri.TryParseComponent(text, out NameComponent component, out string error)
            ? component
            : throw new FormatException(error);

    /// <summary>Reads a component that must fill the octets given, as FinalBlockId carries it.</summary>
    /// <inheritdoc cref="NameComponentView.TryCreate" path="/returns"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> whole, out NameComponent component)
    {
        TlvStatus status = NameComponentView.TryCreate(whole, out NameComponentView view);
        component = status == TlvStatus.Ok ? view.ToComponent() : default;
        return status;
    }

    /// <summary>Whether both have the same TYPE and VALUE.</summary>
    public static bool operator ==(NameComponent left, NameComponent right) => left.Equals(right);

    /// <summary>Whether TYPE or VALUE differ.</summary>
    public static bool operator !=(NameComponent left, NameComponent right) => !left.Equals(right);

    /// <summary>Whether the left one sorts first.</summary>
    public static bool operator <(NameComponent left, NameComponent right) => left.CompareTo(right) < 0;

    /// <summary>Whether the right one sorts first.</summary>
    public static bool operator >(NameComponent left, NameComponent right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one sorts first, or both are equal.</summary>
    public static bool operator <=(NameComponent left, NameComponent right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the right one sorts first, or both are equal.</summary>
    public static bool operator >=(NameComponent left, NameComponent right) => left.CompareTo(right) >= 0;

    /// <summary>Reads the VALUE as a number, whatever the TYPE.</summary>
    /// <param name="number">The number, 0 when false.</param>
    /// <returns>False when the VALUE is not a NonNegativeInteger.</returns>
    public bool TryGetNumber(out ulong number) => NonNegativeInteger.TryRead(_value.Span, out number);

    /// <summary>Writes the component element.</summary>
    public void Write(ref TlvWriter writer) => writer.WriteElement(Type, _value.Span);

    /// <summary>The component element as octets.</summary>
    public byte[] Encode()
    {
        byte[] octets = new byte[EncodedLength];
        TlvWriter writer = new(octets);
        Write(ref writer);
        return octets;
    }

    /// <inheritdoc/>
    public bool Equals(NameComponent other) =>
        _typeXorGeneric == other._typeXorGeneric && _value.Span.SequenceEqual(other._value.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NameComponent other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)NameHasher.Unkeyed.Hash(_value.Span) ^ Type;

    /// <summary>Canonical order: TYPE, then length, then octets.</summary>
    public int CompareTo(NameComponent other)
    {
        int order = Type.CompareTo(other.Type);
        if (order == 0)
        {
            order = _value.Length.CompareTo(other._value.Length);
        }

        return order != 0 ? order : _value.Span.SequenceCompareTo(other._value.Span);
    }

    /// <summary>The component as people write it: <c>seg=7</c>, <c>sha256digest=...</c>, <c>32=metadata</c>, <c>text</c>.</summary>
    /// <remarks>A number in a wider form than needed prints like the short one; <see cref="ToCanonicalString"/> tells them apart.</remarks>
    public override string ToString()
    {
        StringBuilder text = new();
        NameUri.AppendAlternate(text, Type, _value.Span);
        return text.ToString();
    }

    /// <summary>The component as <c>type=escaped</c>, or only <c>escaped</c> when generic; parsing gives the same octets.</summary>
    public string ToCanonicalString()
    {
        StringBuilder text = new();
        NameUri.AppendCanonical(text, Type, _value.Span);
        return text.ToString();
    }
}
