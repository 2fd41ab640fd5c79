using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Which faces <c>faces/query</c> should list: those that match every field that is present.</summary>
/// <remarks>Wire: TLV-TYPE 150, carried as the value of one generic name component.</remarks>
public sealed record FaceQueryFilter
{
    /// <summary>The number of the face.</summary>
    public ulong? FaceId { get; init; }

    /// <summary>Scheme of either end's FaceUri.</summary>
    public string? UriScheme { get; init; }

    /// <summary>FaceUri of the peer.</summary>
    public string? Uri { get; init; }

    /// <summary>FaceUri of our end.</summary>
    public string? LocalUri { get; init; }

    /// <summary>Whether the peer is on this host.</summary>
    public LinkScope? FaceScope { get; init; }

    /// <summary>When the face ends by itself.</summary>
    public FacePersistency? FacePersistency { get; init; }

    /// <summary>How many peers the face reaches.</summary>
    public LinkType? LinkType { get; init; }

    /// <summary>Whether a face has every property that the filter asks for.</summary>
    public bool Matches(FaceStatus face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return (FaceId is null || FaceId == face.FaceId)
            && (UriScheme is null || HasScheme(face.Uri, UriScheme) || HasScheme(face.LocalUri, UriScheme))
            && (Uri is null || string.Equals(Uri, face.Uri, StringComparison.Ordinal))
            && (LocalUri is null || string.Equals(LocalUri, face.LocalUri, StringComparison.Ordinal))
            && (FaceScope is null || FaceScope == face.FaceScope)
            && (FacePersistency is null || FacePersistency == face.FacePersistency)
            && (LinkType is null || LinkType == face.LinkType);
    }

    /// <summary>The whole element.</summary>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.FaceId, FaceId)
        .Text(ManagementTlvType.UriScheme, UriScheme)
        .Text(ManagementTlvType.Uri, Uri)
        .Text(ManagementTlvType.LocalUri, LocalUri)
        .Number(ManagementTlvType.FaceScope, (ulong?)FaceScope)
        .Number(ManagementTlvType.FacePersistency, (ulong?)FacePersistency)
        .Number(ManagementTlvType.LinkType, (ulong?)LinkType)
        .ToElement(ManagementTlvType.FaceQueryFilter);

    /// <summary>Reads one whole element.</summary>
    /// <returns><see cref="TlvStatus.Ok"/>, or why the octets are no filter.</returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out FaceQueryFilter? filter)
    {
        filter = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.FaceQueryFilter, out ReadOnlySpan<byte> value);
        ulong? faceId = null;
        string? scheme = null;
        string? uri = null;
        string? localUri = null;
        ulong? scope = null;
        ulong? persistency = null;
        ulong? linkType = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status != TlvStatus.Ok)
            {
                break;
            }

            status = field.Type switch
            {
                ManagementTlvType.FaceId => ManagementTlvFields.Number(field, ref faceId),
                ManagementTlvType.UriScheme => ManagementTlvFields.Text(field, ref scheme),
                ManagementTlvType.Uri => ManagementTlvFields.Text(field, ref uri),
                ManagementTlvType.LocalUri => ManagementTlvFields.Text(field, ref localUri),
                ManagementTlvType.FaceScope =>
                    ManagementTlvFields.Enumeration(field, (int)LinkScope.Local, ref scope),
                ManagementTlvType.FacePersistency =>
                    ManagementTlvFields.Enumeration(field, (int)Link.FacePersistency.Permanent, ref persistency),
                ManagementTlvType.LinkType =>
                    ManagementTlvFields.Enumeration(field, (int)Link.LinkType.AdHoc, ref linkType),
                _ => CriticalRule.IsCritical(field.Type) ? TlvStatus.UnknownCritical : TlvStatus.Ok,
            };
        }

        if (status == TlvStatus.Ok)
        {
            filter = new FaceQueryFilter
            {
                FaceId = faceId,
                UriScheme = scheme,
                Uri = uri,
                LocalUri = localUri,
                FaceScope = (LinkScope?)scope,
                FacePersistency = (FacePersistency?)persistency,
                LinkType = (LinkType?)linkType,
            };
        }

        return status;
    }

    private static bool HasScheme(string uri, string scheme) =>
        uri.Length > scheme.Length + 2
        && uri.StartsWith(scheme, StringComparison.Ordinal)
        && uri.AsSpan(scheme.Length).StartsWith("://", StringComparison.Ordinal);
}
