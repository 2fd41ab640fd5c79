using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Naming;

/// <summary>A name as a window on the octets of a packet: checked, not copied.</summary>
/// <remarks>
/// The window is on the VALUE of the Name element: components back to back. A view that exists is valid; the default view is
/// the name without components.
/// </remarks>
public readonly ref struct NameView
{
    private NameView(ReadOnlySpan<byte> value, int count)
    {
        Value = value;
        Count = count;
    }

    /// <summary>The VALUE: the components' elements back to back.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>How many components.</summary>
    public int Count { get; }

    /// <summary>Octets of the whole Name element, its own TYPE and LENGTH included.</summary>
    public int EncodedLength => TlvWriter.SizeOfElement(TlvType.Name, Value.Length);

    /// <summary>One component, by its index from the front.</summary>
    /// <remarks>Bound: walks over the components before it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such component.</exception>
    public NameComponentView this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return ComponentFormat.ReadValid(Value[PrefixLength(index)..]);
        }
    }

    /// <summary>Checks the VALUE of a Name element.</summary>
    /// <param name="value">Components back to back; empty is the name without components.</param>
    /// <param name="view">The view, empty unless Ok.</param>
    /// <returns>
    /// Ok, Truncated, NonMinimalNumber, LengthOverrun, or BadName for a component TYPE outside 1..65535 or a digest
    /// component that is not 32 octets.
    /// </returns>
    public static TlvStatus TryCreate(ReadOnlySpan<byte> value, out NameView view)
    {
        view = default;
        int position = 0;
        int count = 0;
        while (position < value.Length)
        {
            TlvStatus status = ComponentFormat.TryRead(value[position..], out NameComponentView component);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            position += component.Whole.Length;
            count++;
        }

        view = new NameView(value, count);
        return TlvStatus.Ok;
    }

    /// <summary>The name of the first <paramref name="count"/> components.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The name is shorter.</exception>
    public NameView Prefix(int count) => new(Value[..PrefixLength(count)], count);

    /// <summary>How many octets of the VALUE the first <paramref name="count"/> components take.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The name is shorter.</exception>
    public int PrefixLength(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count, nameof(count));
        if (count == Count)
        {
            return Value.Length;
        }

        int position = 0;
        for (int i = 0; i < count; i++)
        {
            position += ComponentFormat.ReadValid(Value[position..]).Whole.Length;
        }

        return position;
    }

    /// <summary>Whether both names have the same components.</summary>
    public bool Equals(NameView other) => Value.SequenceEqual(other.Value);

    /// <summary>Whether both names have the same components.</summary>
    public bool Equals(Name other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Value.SequenceEqual(other.Value);
    }

    /// <summary>Whether the other name begins with this one, or equals it.</summary>
    /// <remarks>Comparing octets is enough: a valid name's octets cut only one way into components.</remarks>
    public bool IsPrefixOf(NameView other) => other.Value.StartsWith(Value);

    /// <summary>Canonical order: negative when this name sorts first, 0 when equal.</summary>
    /// <remarks>
    /// Component by component: TYPE, then length, then octets; a prefix sorts first. TYPE and LENGTH in their shortest form
    /// sort like the numbers they stand for, so comparing the octets does the same.
    /// Source: NDN Packet Format v0.3, "Canonical Order".
    /// </remarks>
    public int CompareTo(NameView other) => Value.SequenceCompareTo(other.Value);

    /// <summary>Copies the name out of the packet.</summary>
    public Name ToName() => Name.FromView(this);

    /// <summary>The URI, for people.</summary>
    public override string ToString() => ToName().ToString();

    /// <summary>Walks the components from the front.</summary>
    public Enumerator GetEnumerator() => new(Value);

    internal static NameView FromValid(ReadOnlySpan<byte> value, int count) => new(value, count);

    /// <summary>Walks the components of a name.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> value)
        {
            _rest = value;
            Current = default;
        }

        /// <summary>The component the walk stands on.</summary>
        public NameComponentView Current { get; private set; }

        /// <summary>Steps to the next component; false behind the last.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Current = ComponentFormat.ReadValid(_rest);
            _rest = _rest[Current.Whole.Length..];
            return true;
        }
    }
}
