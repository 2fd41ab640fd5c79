using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>One route of a RIB entry.</summary>
/// <remarks>Wire: TLV-TYPE 129 { FaceId 105, Origin 111, Cost 106, Flags 108, [ExpirationPeriod 109] }.</remarks>
public sealed record RouteRecord : IDatasetElement<RouteRecord>
{
    /// <summary>The face that leads there.</summary>
    public required ulong FaceId { get; init; }

    /// <summary>Who made the route, see <see cref="RouteOrigin"/>.</summary>
    public ulong Origin { get; init; }

    /// <summary>The lowest is preferred.</summary>
    public ulong Cost { get; init; }

    /// <summary>How the route acts on longer names.</summary>
    public RouteFlags Flags { get; init; }

    /// <summary>What is left of the route's life; null when it lasts until removed.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong? ExpirationPeriodMs { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.FaceId, FaceId)
        .Number(ManagementTlvType.Origin, Origin)
        .Number(ManagementTlvType.Cost, Cost)
        .Number(ManagementTlvType.Flags, (ulong)Flags)
        .Number(ManagementTlvType.ExpirationPeriod, ExpirationPeriodMs)
        .ToElement(ManagementTlvType.SubRecord);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out RouteRecord? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.SubRecord, out ReadOnlySpan<byte> value);
        ulong? faceId = null;
        ulong? origin = null;
        ulong? cost = null;
        ulong? flags = null;
        ulong? expirationPeriod = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = field.Type switch
                {
                    ManagementTlvType.FaceId => ManagementTlvFields.Number(field, ref faceId),
                    ManagementTlvType.Origin => ManagementTlvFields.Number(field, ref origin),
                    ManagementTlvType.Cost => ManagementTlvFields.Number(field, ref cost),
                    ManagementTlvType.Flags => ManagementTlvFields.Number(field, ref flags),
                    ManagementTlvType.ExpirationPeriod => ManagementTlvFields.Number(field, ref expirationPeriod),
                    _ => TlvStatus.Ok,
                };
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (faceId is null || origin is null || cost is null || flags is null)
        {
            return TlvStatus.MissingElement;
        }

        element = new RouteRecord
        {
            FaceId = faceId.Value,
            Origin = origin.Value,
            Cost = cost.Value,
            Flags = (RouteFlags)flags.Value,
            ExpirationPeriodMs = expirationPeriod,
        };
        return TlvStatus.Ok;
    }
}
