using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>One next hop of a FIB entry.</summary>
/// <remarks>Wire: TLV-TYPE 129 { FaceId 105, Cost 106 }.</remarks>
public sealed record NextHopRecord : IDatasetElement<NextHopRecord>
{
    /// <summary>The face that leads there.</summary>
    public required ulong FaceId { get; init; }

    /// <summary>The lowest is preferred.</summary>
    public ulong Cost { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.FaceId, FaceId)
        .Number(ManagementTlvType.Cost, Cost)
        .ToElement(ManagementTlvType.SubRecord);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out NextHopRecord? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.SubRecord, out ReadOnlySpan<byte> value);
        ulong? faceId = null;
        ulong? cost = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = field.Type switch
                {
                    ManagementTlvType.FaceId => ManagementTlvFields.Number(field, ref faceId),
                    ManagementTlvType.Cost => ManagementTlvFields.Number(field, ref cost),
                    _ => TlvStatus.Ok,
                };
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (faceId is null || cost is null)
        {
            return TlvStatus.MissingElement;
        }

        element = new NextHopRecord { FaceId = faceId.Value, Cost = cost.Value };
        return TlvStatus.Ok;
    }
}
