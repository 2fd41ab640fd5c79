using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Dataset <c>cs/info</c>: the state of the content store.</summary>
/// <remarks>Wire: TLV-TYPE 128 { Capacity 131, Flags 108, NCsEntries 135, NHits 129, NMisses 130 }.</remarks>
public sealed record CsInfo : IDatasetElement<CsInfo>
{
    /// <summary>Most packets it holds.</summary>
    public ulong Capacity { get; init; }

    /// <summary>What it may do.</summary>
    public CsFlags Flags { get; init; }

    /// <summary>Packets it holds.</summary>
    public ulong NCsEntries { get; init; }

    /// <summary>Look-ups that found Data.</summary>
    public ulong NHits { get; init; }

    /// <summary>Look-ups that found none.</summary>
    public ulong NMisses { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.Capacity, Capacity)
        .Number(ManagementTlvType.Flags, (ulong)Flags)
        .Number(ManagementTlvType.NCsEntries, NCsEntries)
        .Number(ManagementTlvType.CsHits, NHits)
        .Number(ManagementTlvType.CsMisses, NMisses)
        .ToElement(ManagementTlvType.DatasetEntry);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out CsInfo? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.DatasetEntry, out ReadOnlySpan<byte> value);
        ulong? capacity = null;
        ulong? flags = null;
        ulong? entries = null;
        ulong? hits = null;
        ulong? misses = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = field.Type switch
                {
                    ManagementTlvType.Capacity => ManagementTlvFields.Number(field, ref capacity),
                    ManagementTlvType.Flags => ManagementTlvFields.Number(field, ref flags),
                    ManagementTlvType.NCsEntries => ManagementTlvFields.Number(field, ref entries),
                    ManagementTlvType.CsHits => ManagementTlvFields.Number(field, ref hits),
                    ManagementTlvType.CsMisses => ManagementTlvFields.Number(field, ref misses),
                    _ => TlvStatus.Ok,
                };
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (capacity is null || flags is null || entries is null || hits is null || misses is null)
        {
            return TlvStatus.MissingElement;
        }

        element = new CsInfo
        {
            Capacity = capacity.Value,
            Flags = (CsFlags)flags.Value,
            NCsEntries = entries.Value,
            NHits = hits.Value,
            NMisses = misses.Value,
        };
        return TlvStatus.Ok;
    }
}
