using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>The fields that a face's status and its notifications have in common, while they are being read.</summary>
internal struct FaceDescriptionFields
{
    private ulong? _faceId;
    private string? _uri;
    private string? _localUri;
    private ulong? _scope;
    private ulong? _persistency;
    private ulong? _linkType;
    private ulong? _flags;

    public readonly ulong? FaceId => _faceId;

    public readonly string? Uri => _uri;

    public readonly string? LocalUri => _localUri;

    public readonly LinkScope Scope => (LinkScope)(int)(_scope ?? 0);

    public readonly FacePersistency Persistency => (FacePersistency)(int)(_persistency ?? 0);

    public readonly LinkType LinkType => (LinkType)(int)(_linkType ?? 0);

    public readonly FaceFlags Flags => (FaceFlags)(_flags ?? 0);

    public readonly bool IsComplete => _faceId is not null && _uri is not null && _localUri is not null
        && _scope is not null && _persistency is not null && _linkType is not null && _flags is not null;

    public TlvStatus Read(in TlvElement field) => field.Type switch
    {
        ManagementTlvType.FaceId => ManagementTlvFields.Number(field, ref _faceId),
        ManagementTlvType.Uri => ManagementTlvFields.Text(field, ref _uri),
        ManagementTlvType.LocalUri => ManagementTlvFields.Text(field, ref _localUri),
        ManagementTlvType.FaceScope => ManagementTlvFields.Enumeration(field, (int)LinkScope.Local, ref _scope),
        ManagementTlvType.FacePersistency =>
            ManagementTlvFields.Enumeration(field, (int)FacePersistency.Permanent, ref _persistency),
        ManagementTlvType.LinkType => ManagementTlvFields.Enumeration(field, (int)Link.LinkType.AdHoc, ref _linkType),
        ManagementTlvType.Flags => ManagementTlvFields.Number(field, ref _flags),
        _ => TlvStatus.Ok,
    };
}
