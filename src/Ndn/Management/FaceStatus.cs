using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Element of the datasets <c>faces/list</c> and <c>faces/query</c>: one face and its counters.</summary>
/// <remarks>Wire: TLV-TYPE 128; fields in the order of <see cref="Encode"/>.</remarks>
public sealed record FaceStatus : IDatasetElement<FaceStatus>
{
    /// <summary>Number of the face.</summary>
    public required ulong FaceId { get; init; }

    /// <summary>FaceUri of the peer.</summary>
    public required string Uri { get; init; }

    /// <summary>FaceUri of our end.</summary>
    public required string LocalUri { get; init; }

    /// <summary>When an idle on-demand face will end; null when it has no deadline.</summary>
    /// <remarks>Units: milliseconds from the time of the dataset.</remarks>
    public ulong? ExpirationPeriodMs { get; init; }

    /// <summary>Whether the peer is on this host.</summary>
    public LinkScope FaceScope { get; init; }

    /// <summary>When the face ends by itself.</summary>
    public FacePersistency FacePersistency { get; init; }

    /// <summary>How many peers the face reaches.</summary>
    public LinkType LinkType { get; init; }

    /// <summary>Base interval of congestion marking, where it applies.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public ulong? BaseCongestionMarkingIntervalNs { get; init; }

    /// <summary>Send-queue length from which congestion is marked, where it applies.</summary>
    /// <remarks>Units: octets.</remarks>
    public ulong? DefaultCongestionThreshold { get; init; }

    /// <summary>Largest frame; at most 8800, which also stands for unlimited.</summary>
    /// <remarks>Units: octets.</remarks>
    public ulong? Mtu { get; init; }

    /// <summary>Interests received.</summary>
    public ulong NInInterests { get; init; }

    /// <summary>Data packets received.</summary>
    public ulong NInData { get; init; }

    /// <summary>Nacks received.</summary>
    public ulong NInNacks { get; init; }

    /// <summary>Interests sent.</summary>
    public ulong NOutInterests { get; init; }

    /// <summary>Data packets sent.</summary>
    public ulong NOutData { get; init; }

    /// <summary>Nacks sent.</summary>
    public ulong NOutNacks { get; init; }

    /// <summary>Octets received, link headers included.</summary>
    public ulong NInBytes { get; init; }

    /// <summary>Octets sent, link headers included.</summary>
    public ulong NOutBytes { get; init; }

    /// <summary>Which link-service features are on.</summary>
    public FaceFlags Flags { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.FaceId, FaceId)
        .Text(ManagementTlvType.Uri, Uri)
        .Text(ManagementTlvType.LocalUri, LocalUri)
        .Number(ManagementTlvType.ExpirationPeriod, ExpirationPeriodMs)
        .Number(ManagementTlvType.FaceScope, (ulong)FaceScope)
        .Number(ManagementTlvType.FacePersistency, (ulong)FacePersistency)
        .Number(ManagementTlvType.LinkType, (ulong)LinkType)
        .Number(ManagementTlvType.BaseCongestionMarkingInterval, BaseCongestionMarkingIntervalNs)
        .Number(ManagementTlvType.DefaultCongestionThreshold, DefaultCongestionThreshold)
        .Number(ManagementTlvType.Mtu, Mtu)
        .Number(ManagementTlvType.NInInterests, NInInterests)
        .Number(ManagementTlvType.NInData, NInData)
        .Number(ManagementTlvType.NInNacks, NInNacks)
        .Number(ManagementTlvType.NOutInterests, NOutInterests)
        .Number(ManagementTlvType.NOutData, NOutData)
        .Number(ManagementTlvType.NOutNacks, NOutNacks)
        .Number(ManagementTlvType.NInBytes, NInBytes)
        .Number(ManagementTlvType.NOutBytes, NOutBytes)
        .Number(ManagementTlvType.Flags, (ulong)Flags)
        .ToElement(ManagementTlvType.DatasetEntry);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out FaceStatus? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.DatasetEntry, out ReadOnlySpan<byte> value);
        var fields = new Fields();
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = fields.Read(field);
            }
        }

        return status == TlvStatus.Ok ? fields.TryBuild(out element) : status;
    }

    private struct Fields
    {
        private FaceDescriptionFields _face;
        private ulong? _expirationPeriod;
        private ulong? _markingInterval;
        private ulong? _congestionThreshold;
        private ulong? _mtu;
        private ulong? _inInterests;
        private ulong? _inData;
        private ulong? _inNacks;
        private ulong? _outInterests;
        private ulong? _outData;
        private ulong? _outNacks;
        private ulong? _inBytes;
        private ulong? _outBytes;

        public TlvStatus Read(in TlvElement field) => field.Type switch
        {
            ManagementTlvType.ExpirationPeriod => ManagementTlvFields.Number(field, ref _expirationPeriod),
            ManagementTlvType.BaseCongestionMarkingInterval =>
                ManagementTlvFields.Number(field, ref _markingInterval),
            ManagementTlvType.DefaultCongestionThreshold =>
                ManagementTlvFields.Number(field, ref _congestionThreshold),
            ManagementTlvType.Mtu => ManagementTlvFields.Number(field, ref _mtu),
            ManagementTlvType.NInInterests => ManagementTlvFields.Number(field, ref _inInterests),
            ManagementTlvType.NInData => ManagementTlvFields.Number(field, ref _inData),
            ManagementTlvType.NInNacks => ManagementTlvFields.Number(field, ref _inNacks),
            ManagementTlvType.NOutInterests => ManagementTlvFields.Number(field, ref _outInterests),
            ManagementTlvType.NOutData => ManagementTlvFields.Number(field, ref _outData),
            ManagementTlvType.NOutNacks => ManagementTlvFields.Number(field, ref _outNacks),
            ManagementTlvType.NInBytes => ManagementTlvFields.Number(field, ref _inBytes),
            ManagementTlvType.NOutBytes => ManagementTlvFields.Number(field, ref _outBytes),
            _ => _face.Read(field),
        };

        public readonly TlvStatus TryBuild(out FaceStatus? element)
        {
            element = null;
            if (!_face.IsComplete || _inInterests is null || _inData is null || _inNacks is null
                || _outInterests is null || _outData is null || _outNacks is null || _inBytes is null
                || _outBytes is null)
            {
                return TlvStatus.MissingElement;
            }

            element = new FaceStatus
            {
                FaceId = _face.FaceId!.Value,
                Uri = _face.Uri!,
                LocalUri = _face.LocalUri!,
                ExpirationPeriodMs = _expirationPeriod,
                FaceScope = _face.Scope,
                FacePersistency = _face.Persistency,
                LinkType = _face.LinkType,
                BaseCongestionMarkingIntervalNs = _markingInterval,
                DefaultCongestionThreshold = _congestionThreshold,
                Mtu = _mtu,
                NInInterests = _inInterests.Value,
                NInData = _inData.Value,
                NInNacks = _inNacks.Value,
                NOutInterests = _outInterests.Value,
                NOutData = _outData.Value,
                NOutNacks = _outNacks.Value,
                NInBytes = _inBytes.Value,
                NOutBytes = _outBytes.Value,
                Flags = _face.Flags,
            };
            return TlvStatus.Ok;
        }
    }
}
