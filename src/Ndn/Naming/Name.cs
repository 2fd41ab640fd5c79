using System.Text;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Naming;

/// <summary>A name: a sequence of components, valid by construction and never changing.</summary>
/// <remarks>
/// For keeping and building; while a packet is being read, <see cref="NameView"/> does the same without a copy.
/// Its hash code is not keyed: tables fed by the network use a keyed <see cref="NameHasher"/>.
/// Source: NDN Packet Format v0.3, "Name".
/// </remarks>
public sealed class Name : IEquatable<Name>, IComparable<Name>
{
    private readonly byte[] _value;
    private readonly int[] _ends;

    private Name(byte[] value, int[] ends)
    {
        _value = value;
        _ends = ends;
    }

    /// <summary>The name without components, <c>/</c>.</summary>
    public static Name Root { get; } = new([], []);

    /// <summary>How many components.</summary>
    public int Count => _ends.Length;

    /// <summary>The VALUE: the components' elements back to back.</summary>
    public ReadOnlySpan<byte> Value => _value;

    /// <summary>Octets of the whole Name element.</summary>
    public int EncodedLength => TlvWriter.SizeOfElement(TlvType.Name, _value.Length);

    /// <summary>The name as a view, for members that take one.</summary>
    public NameView View => NameView.FromValid(_value, _ends.Length);

    /// <summary>One component, by its index from the front; its octets are shared with the name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such component.</exception>
    public NameComponent this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_ends.Length, nameof(index));
            int start = StartOf(index);
            NameComponentView view = ComponentFormat.ReadValid(_value.AsSpan(start));
            return new NameComponent(view.Type, _value.AsMemory(_ends[index] - view.Value.Length, view.Value.Length));
        }
    }

    /// <summary>One component, by its index from the front or from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such component.</exception>
    public NameComponent this[Index index] => this[index.GetOffset(Count)];

    /// <summary>Makes a name of components in their order.</summary>
    public static Name FromComponents(params ReadOnlySpan<NameComponent> components)
    {
        if (components.IsEmpty)
        {
            return Root;
        }

        int length = 0;
        foreach (NameComponent component in components)
        {
            length += component.EncodedLength;
        }

        byte[] value = new byte[length];
        int[] ends = new int[components.Length];
        TlvWriter writer = new(value);
        for (int i = 0; i < components.Length; i++)
        {
            components[i].Write(ref writer);
            ends[i] = writer.Position;
        }

        return new Name(value, ends);
    }

    /// <summary>Reads a URI such as <c>/example/v=3/seg=0</c>.</summary>
    /// <exception cref="FormatException">It is not a name; the message quotes the component at fault.</exception>
    public static Name Parse(string uri) =>
        TryParse(uri, out Name name, out string error) ? name : throw new FormatException(error);

    /// <summary>Reads a URI such as <c>/example/v=3/seg=0</c>.</summary>
    /// <param name="uri">The text; <c>ndn:</c> in front is optional.</param>
    /// <param name="name">The name; the root when false.</param>
    /// <param name="error">Why it is not a name; empty when true.</param>
    public static bool TryParse(string uri, out Name name, out string error)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return NameUri.TryParse(uri, out name, out error);
    }

    /// <summary>Reads a whole Name element; the octets are copied.</summary>
    /// <param name="nameTlv">TYPE, LENGTH and VALUE, nothing behind.</param>
    /// <param name="name">The name, null unless Ok.</param>
    /// <returns>
    /// Ok, Truncated, NonMinimalNumber, TypeOutOfRange, LengthOverrun, NotAPacket (not a Name), TrailingOctets or BadName.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> nameTlv, out Name? name)
    {
        name = null;
        TlvStatus status = TlvReader.TryReadOnly(nameTlv, TlvType.Name, out TlvElement element);
        return status == TlvStatus.Ok ? TryFromValue(element.Value, out name) : status;
    }

    /// <summary>Reads the VALUE of a Name element; the octets are copied.</summary>
    /// <param name="value">Components back to back.</param>
    /// <param name="name">The name, null unless Ok.</param>
    /// <returns>As <see cref="NameView.TryCreate"/>.</returns>
    public static TlvStatus TryFromValue(ReadOnlySpan<byte> value, out Name? name)
    {
        TlvStatus status = NameView.TryCreate(value, out NameView view);
        name = status == TlvStatus.Ok ? FromView(view) : null;
        return status;
    }

    /// <summary>Whether both names have the same components.</summary>
    public static bool operator ==(Name? left, Name? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the names differ.</summary>
    public static bool operator !=(Name? left, Name? right) => !(left == right);

    /// <summary>Whether the left name sorts first; null sorts before every name.</summary>
    public static bool operator <(Name? left, Name? right) => Compare(left, right) < 0;

    /// <summary>Whether the right name sorts first.</summary>
    public static bool operator >(Name? left, Name? right) => Compare(left, right) > 0;

    /// <summary>Whether the left name sorts first, or both are equal.</summary>
    public static bool operator <=(Name? left, Name? right) => Compare(left, right) <= 0;

    /// <summary>Whether the right name sorts first, or both are equal.</summary>
    public static bool operator >=(Name? left, Name? right) => Compare(left, right) >= 0;

    /// <summary>A name with one more component.</summary>
    public Name Append(NameComponent component)
    {
        byte[] value = new byte[_value.Length + component.EncodedLength];
        TlvWriter writer = new(value);
        writer.WriteRaw(_value);
        component.Write(ref writer);
        int[] ends = new int[_ends.Length + 1];
        _ends.CopyTo(ends, 0);
        ends[^1] = value.Length;
        return new Name(value, ends);
    }

    /// <summary>A name with one more generic component of UTF-8 text; the text is taken as it is, not as a URI.</summary>
    public Name Append(string generic) => Append(NameComponent.Generic(generic));

    /// <summary>A name with the components of another behind its own.</summary>
    public Name Append(Name suffix)
    {
        ArgumentNullException.ThrowIfNull(suffix);
        int[] ends = new int[Count + suffix.Count];
        _ends.CopyTo(ends, 0);
        for (int i = 0; i < suffix.Count; i++)
        {
            ends[Count + i] = _value.Length + suffix._ends[i];
        }

        return new Name([.. _value, .. suffix._value], ends);
    }

    /// <summary>The name of the first components.</summary>
    /// <param name="count">How many; a negative number leaves that many off the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is shorter.</exception>
    public Name Prefix(int count) => Slice(0, count < 0 ? Count + count : count);

    /// <summary>The name of some components in a row.</summary>
    /// <param name="start">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is shorter.</exception>
    public Name Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - start), nameof(count));
        if (count == Count)
        {
            return this;
        }

        int first = StartOf(start);
        int[] ends = _ends[start..(start + count)];
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] -= first;
        }

        return new Name(_value[first..StartOf(start + count)], ends);
    }

    /// <summary>Whether the other name begins with this one, or equals it.</summary>
    public bool IsPrefixOf(Name other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return View.IsPrefixOf(other.View);
    }

    /// <summary>Whether the other name begins with this one, or equals it.</summary>
    public bool IsPrefixOf(NameView other) => View.IsPrefixOf(other);

    /// <summary>The whole Name element as octets.</summary>
    public byte[] Encode()
    {
        byte[] octets = new byte[EncodedLength];
        TlvWriter writer = new(octets);
        Write(ref writer);
        return octets;
    }

    /// <summary>Writes the whole Name element.</summary>
    public void Write(ref TlvWriter writer) => writer.WriteElement(TlvType.Name, _value);

    /// <inheritdoc/>
    public bool Equals(Name? other) => other is not null && _value.AsSpan().SequenceEqual(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Name other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)NameHasher.Unkeyed.Hash(_value);

    /// <inheritdoc cref="NameView.CompareTo"/>
    public int CompareTo(Name? other) => other is null ? 1 : _value.AsSpan().SequenceCompareTo(other._value);

    /// <summary>The URI as people write it, with <c>seg=</c>, <c>v=</c>, <c>sha256digest=</c> and their kin.</summary>
    public override string ToString() => ToText(canonical: false);

    /// <summary>The URI that parses to the same octets in every case: <c>50=%00</c> instead of <c>seg=0</c>.</summary>
    public string ToCanonicalString() => ToText(canonical: true);

    internal static Name FromComponents(List<NameComponent> components) =>
        FromComponents(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(components));

    internal static Name FromView(NameView view)
    {
        if (view.Count == 0)
        {
            return Root;
        }

        int[] ends = new int[view.Count];
        int end = 0;
        int index = 0;
        foreach (NameComponentView component in view)
        {
            end += component.Whole.Length;
            ends[index++] = end;
        }

        return new Name(view.Value.ToArray(), ends);
    }

    private static int Compare(Name? left, Name? right) => left is null ? (right is null ? 0 : -1) : left.CompareTo(right);

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    private string ToText(bool canonical)
    {
        if (Count == 0)
        {
            return "/";
        }

        StringBuilder text = new();
        foreach (NameComponentView component in View)
        {
            text.Append('/');
            if (canonical)
            {
                NameUri.AppendCanonical(text, component.Type, component.Value);
            }
            else
            {
                NameUri.AppendAlternate(text, component.Type, component.Value);
            }
        }

        return text.ToString();
    }
}
