using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>Builds nested TLV front to back: an element's length is filled in when it ends.</summary>
/// <remarks>For messages of some hundred octets on the control path; ending an element moves its value by one to four octets.</remarks>
internal sealed class MessageWriter
{
    private byte[] _octets = new byte[256];
    private int _length;

    public byte[] ToArray() => _octets.AsSpan(0, _length).ToArray();

    /// <summary>Opens an element and returns the mark that <see cref="End"/> wants.</summary>
    public int Begin(uint type)
    {
        Reserve(VarNumber.SizeOf(type));
        _length += VarNumber.Write(_octets.AsSpan(_length), type);
        return _length;
    }

    public void End(int mark)
    {
        int valueLength = _length - mark;
        int lengthOctets = VarNumber.SizeOf((ulong)valueLength);
        Reserve(lengthOctets);
        _octets.AsSpan(mark, valueLength).CopyTo(_octets.AsSpan(mark + lengthOctets));
        VarNumber.Write(_octets.AsSpan(mark), (ulong)valueLength);
        _length += lengthOctets;
    }

    public void Element(uint type, ReadOnlySpan<byte> value)
    {
        int mark = Begin(type);
        Raw(value);
        End(mark);
    }

    public void Number(uint type, ulong value)
    {
        Span<byte> octets = stackalloc byte[8];
        int length = NonNegativeInteger.Write(octets, value);
        Element(type, octets[..length]);
    }

    public void Text(uint type, string text)
    {
        int mark = Begin(type);
        int octets = System.Text.Encoding.UTF8.GetByteCount(text);
        Reserve(octets);
        _length += System.Text.Encoding.UTF8.GetBytes(text, _octets.AsSpan(_length));
        End(mark);
    }

    public void Raw(ReadOnlySpan<byte> octets)
    {
        Reserve(octets.Length);
        octets.CopyTo(_octets.AsSpan(_length));
        _length += octets.Length;
    }

    private void Reserve(int octets)
    {
        if (_length + octets > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + octets));
        }
    }
}
