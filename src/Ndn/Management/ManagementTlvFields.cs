using System.Text;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Reads the fields of management elements: each method turns one TLV-VALUE into one typed value.</summary>
internal static class ManagementTlvFields
{
    /// <summary>Opens an element that must have the given type and fill the whole input.</summary>
    public static TlvStatus Open(ReadOnlySpan<byte> octets, uint type, out ReadOnlySpan<byte> value)
    {
        value = default;
        var reader = new TlvReader(octets);
        TlvStatus status = reader.TryRead(out TlvElement element);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (element.Type != type)
        {
            return TlvStatus.MissingElement;
        }

        if (!reader.IsAtEnd)
        {
            return TlvStatus.TrailingOctets;
        }

        value = element.Value;
        return TlvStatus.Ok;
    }

    public static TlvStatus Number(in TlvElement element, ref ulong? field)
    {
        if (!NonNegativeInteger.TryRead(element.Value, out ulong number))
        {
            return TlvStatus.BadNumber;
        }

        field = number;
        return TlvStatus.Ok;
    }

    /// <summary>Reads text; octets that are no UTF-8 become replacement characters, which no name or URI matches.</summary>
    public static TlvStatus Text(in TlvElement element, ref string? field)
    {
        field = Encoding.UTF8.GetString(element.Value);
        return TlvStatus.Ok;
    }

    public static TlvStatus NameField(in TlvElement element, ref Name? field) => Name.TryFromValue(element.Value, out field);

    public static TlvStatus StrategyField(in TlvElement element, ref Name? field) =>
        Name.TryDecode(element.Value, out field);

    /// <summary>Narrows a number to an enumeration that has the members 0 to <paramref name="largest"/>.</summary>
    public static TlvStatus Enumeration(in TlvElement element, int largest, ref ulong? field)
    {
        TlvStatus status = Number(element, ref field);
        return status == TlvStatus.Ok && field > (ulong)largest ? TlvStatus.BadNumber : status;
    }
}
