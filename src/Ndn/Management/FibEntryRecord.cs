using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Element of the dataset <c>fib/list</c>: a prefix and its next hops.</summary>
/// <remarks>Wire: TLV-TYPE 128 { Name 7, NextHopRecord 129 * }.</remarks>
public sealed class FibEntryRecord : IDatasetElement<FibEntryRecord>
{
    /// <summary>Makes an entry; the records keep their order.</summary>
    public FibEntryRecord(Name name, IReadOnlyList<NextHopRecord> nextHops)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(nextHops);
        Name = name;
        NextHops = nextHops;
    }

    /// <summary>The prefix.</summary>
    public Name Name { get; }

    /// <summary>Where it leads, in the order of the wire.</summary>
    public IReadOnlyList<NextHopRecord> NextHops { get; }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        ManagementTlvBuilder builder = new ManagementTlvBuilder().NameField(Name);
        foreach (NextHopRecord record in NextHops)
        {
            builder.Raw(record.Encode());
        }

        return builder.ToElement(ManagementTlvType.DatasetEntry);
    }

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out FibEntryRecord? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.DatasetEntry, out ReadOnlySpan<byte> value);
        Name? name = null;
        var records = new List<NextHopRecord>();
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
                status = NextHopRecord.TryDecode(field.Whole, out NextHopRecord? record);
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

        element = new FibEntryRecord(name, records);
        return TlvStatus.Ok;
    }
}
