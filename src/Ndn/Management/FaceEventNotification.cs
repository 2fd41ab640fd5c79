using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Content of a Data of <c>/localhost/nfd/faces/events</c>: a face came or went.</summary>
/// <remarks>Wire: TLV-TYPE 192; fields in the order of <see cref="Encode"/>.</remarks>
public sealed record FaceEventNotification : IDatasetElement<FaceEventNotification>
{
    /// <summary>What happened.</summary>
    public required FaceEventKind Kind { get; init; }

    /// <summary>Number of the face.</summary>
    public required ulong FaceId { get; init; }

    /// <summary>FaceUri of the peer.</summary>
    public required string Uri { get; init; }

    /// <summary>FaceUri of our end.</summary>
    public required string LocalUri { get; init; }

    /// <summary>Whether the peer is on this host.</summary>
    public LinkScope FaceScope { get; init; }

    /// <summary>When the face ends by itself.</summary>
    public FacePersistency FacePersistency { get; init; }

    /// <summary>How many peers the face reaches.</summary>
    public LinkType LinkType { get; init; }

    /// <summary>Which link-service features are on.</summary>
    public FaceFlags Flags { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.FaceEventKind, (ulong)Kind)
        .Number(ManagementTlvType.FaceId, FaceId)
        .Text(ManagementTlvType.Uri, Uri)
        .Text(ManagementTlvType.LocalUri, LocalUri)
        .Number(ManagementTlvType.FaceScope, (ulong)FaceScope)
        .Number(ManagementTlvType.FacePersistency, (ulong)FacePersistency)
        .Number(ManagementTlvType.LinkType, (ulong)LinkType)
        .Number(ManagementTlvType.Flags, (ulong)Flags)
        .ToElement(ManagementTlvType.FaceEventNotification);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out FaceEventNotification? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(
            octets, ManagementTlvType.FaceEventNotification, out ReadOnlySpan<byte> value);
        var face = new FaceDescriptionFields();
        ulong? kind = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = field.Type == ManagementTlvType.FaceEventKind
                    ? ManagementTlvFields.Enumeration(field, (int)FaceEventKind.Down, ref kind)
                    : face.Read(field);
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (kind is null || !face.IsComplete)
        {
            return TlvStatus.MissingElement;
        }

        element = new FaceEventNotification
        {
            Kind = (FaceEventKind)(int)kind.Value,
            FaceId = face.FaceId!.Value,
            Uri = face.Uri!,
            LocalUri = face.LocalUri!,
            FaceScope = face.Scope,
            FacePersistency = face.Persistency,
            LinkType = face.LinkType,
            Flags = face.Flags,
        };
        return TlvStatus.Ok;
    }
}
