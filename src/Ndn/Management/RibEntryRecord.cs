using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Element of the dataset <c>rib/list</c>: a prefix and its routes, inherited ones left out.</summary>
/// <remarks>Wire: TLV-TYPE 128 { Name 7, Route 129 * }.</remarks>
public sealed class RibEntryRecord : IDatasetElement<RibEntryRecord>
{
    /// <summary>Makes an entry; the records keep their order.</summary>
    public RibEntryRecord(Name name, IReadOnlyList<RouteRecord> routes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(routes);
        Name = name;
        Routes = routes;
    }

    /// <summary>The prefix.</summary>
    public Name Name { get; }

    /// <summary>Where it leads, in the order of the wire.</summary>
    public IReadOnlyList<RouteRecord> Routes { get; }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        ManagementTlvBuilder builder = new ManagementTlvBuilder().NameField(Name);
        foreach (RouteRecord record in Routes)
        {
            builder.Raw(record.Encode());
        }

        return builder.ToElement(ManagementTlvType.DatasetEntry);
    }

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out RibEntryRecord? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.DatasetEntry, out ReadOnlySpan<byte> value);
        Name? name = null;
        var records = new List<RouteRecord>();
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok && field.Type == TlvType.Name)
            {
                status = ManagementTlvFields.NameField(field, ref name);
            }
            else if (status == TlvStatus.Ok && field.Type == ManagementTlvType.SubRecord)
            {
                status = RouteRecord.TryDecode(field.Whole, out RouteRecord? record);
                if (record is not null)
                {
                    records.Add(record);
                }
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (name is null)
        {
            return TlvStatus.MissingElement;
        }

        element = new RibEntryRecord(name, records);
        return TlvStatus.Ok;
    }
}
