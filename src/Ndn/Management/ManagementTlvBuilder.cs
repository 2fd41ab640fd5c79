using System.Text;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Collects the fields of one management element, in the order of the calls.</summary>
/// <remarks>Control plane only: it allocates. Absent (null) fields are left out.</remarks>
internal sealed class ManagementTlvBuilder
{
    private byte[] _octets = new byte[128];
    private int _length;

    public ManagementTlvBuilder Number(uint type, ulong? value)
    {
        if (value is ulong number)
        {
            TlvWriter writer = Reserve(TlvWriter.SizeOfNumber(type, number));
            writer.WriteNumber(type, number);
        }

        return this;
    }

    public ManagementTlvBuilder Text(uint type, string? value)
    {
        if (value is not null)
        {
            Element(type, Encoding.UTF8.GetBytes(value));
        }

        return this;
    }

    public ManagementTlvBuilder NameField(Name? name)
    {
        if (name is not null)
        {
            TlvWriter writer = Reserve(name.EncodedLength);
            name.Write(ref writer);
        }

        return this;
    }

    public ManagementTlvBuilder StrategyField(Name? strategy)
    {
        if (strategy is not null)
        {
            Element(ManagementTlvType.Strategy, strategy.Encode());
        }

        return this;
    }

    public ManagementTlvBuilder Element(uint type, ReadOnlySpan<byte> value)
    {
        TlvWriter writer = Reserve(TlvWriter.SizeOfElement(type, value.Length));
        writer.WriteElement(type, value);
        return this;
    }

    public ManagementTlvBuilder Raw(ReadOnlySpan<byte> octets)
    {
        TlvWriter writer = Reserve(octets.Length);
        writer.WriteRaw(octets);
        return this;
    }

    /// <summary>The fields alone, for elements that have no wrapper.</summary>
    public byte[] ToFields() => _octets.AsSpan(0, _length).ToArray();

    /// <summary>The fields wrapped in an outer element.</summary>
    public byte[] ToElement(uint type)
    {
        byte[] element = new byte[TlvWriter.SizeOfElement(type, _length)];
        var writer = new TlvWriter(element);
        writer.WriteElement(type, _octets.AsSpan(0, _length));
        return element;
    }

    private TlvWriter Reserve(int octets)
    {
        int needed = _length + octets;
        if (needed > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(needed, _octets.Length * 2));
        }

        var writer = new TlvWriter(_octets.AsSpan(_length, octets));
        _length = needed;
        return writer;
    }
}
