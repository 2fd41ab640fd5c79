using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>Walks the names of a ForwardingHint that was checked when its Interest was decoded.</summary>
public ref struct DelegationEnumerator
{
    private TlvReader _reader;

    internal DelegationEnumerator(ReadOnlySpan<byte> value) => _reader = new TlvReader(value);

    /// <summary>The name the walk stands on.</summary>
    public NameView Current { get; private set; }

    /// <summary>Steps to the next name; false behind the last.</summary>
    public bool MoveNext()
    {
        while (!_reader.IsAtEnd && _reader.TryRead(out TlvElement element) == TlvStatus.Ok)
        {
            if (element.Type == TlvType.Name && NameView.TryCreate(element.Value, out NameView name) == TlvStatus.Ok)
            {
                Current = name;
                return true;
            }
        }

        return false;
    }

    /// <summary>Itself, so that <c>foreach</c> can use it.</summary>
    public readonly DelegationEnumerator GetEnumerator() => this;
}
