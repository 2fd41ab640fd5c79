using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Element of the dataset <c>faces/channels</c>: a place where peers can reach the node.</summary>
/// <remarks>Wire: TLV-TYPE 130 { LocalUri 129 }.</remarks>
public sealed record ChannelStatus : IDatasetElement<ChannelStatus>
{
    /// <summary>FaceUri that the channel listens on.</summary>
    public required string LocalUri { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Text(ManagementTlvType.LocalUri, LocalUri)
        .ToElement(ManagementTlvType.ChannelStatus);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out ChannelStatus? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.ChannelStatus, out ReadOnlySpan<byte> value);
        string? localUri = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok && field.Type == ManagementTlvType.LocalUri)
            {
                status = ManagementTlvFields.Text(field, ref localUri);
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (localUri is null)
        {
            return TlvStatus.MissingElement;
        }

        element = new ChannelStatus { LocalUri = localUri };
        return TlvStatus.Ok;
    }
}
