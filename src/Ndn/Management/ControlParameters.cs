using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>The arguments of a management command, and the values it took effect with in the response.</summary>
/// <remarks>
/// Wire: TLV-TYPE 104; fields are written in the order below, and read in any order (unknown elements are ignored, of a
/// repeated one the last counts), as NFD reads them.
/// </remarks>
public sealed record ControlParameters
{
    /// <summary>The prefix that the command is about.</summary>
    public Name? Name { get; init; }

    /// <summary>The face; 0 stands for the face that the command came from.</summary>
    public ulong? FaceId { get; init; }

    /// <summary>FaceUri of the peer.</summary>
    public string? Uri { get; init; }

    /// <summary>FaceUri of our end.</summary>
    public string? LocalUri { get; init; }

    /// <summary>Who makes the route, see <see cref="RouteOrigin"/>.</summary>
    public ulong? Origin { get; init; }

    /// <summary>Cost of the route or next hop; the lowest is preferred.</summary>
    public ulong? Cost { get; init; }

    /// <summary>Content-store capacity in packets.</summary>
    public ulong? Capacity { get; init; }

    /// <summary>How many packets to erase at most, or were erased.</summary>
    public ulong? Count { get; init; }

    /// <summary>Bits of <see cref="FaceFlags"/>, <see cref="CsFlags"/> or <see cref="RouteFlags"/>.</summary>
    public ulong? Flags { get; init; }

    /// <summary>Which bits of <see cref="Flags"/> are to be assigned; the others stay.</summary>
    public ulong? Mask { get; init; }

    /// <summary>Instance name of a forwarding strategy.</summary>
    public Name? Strategy { get; init; }

    /// <summary>Life of a route.</summary>
    /// <remarks>Units: milliseconds; absent means until removed.</remarks>
    public ulong? ExpirationPeriodMs { get; init; }

    /// <summary>When the face ends by itself. A number without a meaning is kept, so that the command can be refused.</summary>
    public FacePersistency? FacePersistency { get; init; }

    /// <summary>Base interval of congestion marking.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public ulong? BaseCongestionMarkingIntervalNs { get; init; }

    /// <summary>Send-queue length from which congestion is marked.</summary>
    /// <remarks>Units: octets.</remarks>
    public ulong? DefaultCongestionThreshold { get; init; }

    /// <summary>Largest frame of the face.</summary>
    /// <remarks>Units: octets.</remarks>
    public ulong? Mtu { get; init; }

    /// <summary>The whole element.</summary>
    public byte[] Encode() => new ManagementTlvBuilder()
        .NameField(Name)
        .Number(ManagementTlvType.FaceId, FaceId)
        .Text(ManagementTlvType.Uri, Uri)
        .Text(ManagementTlvType.LocalUri, LocalUri)
        .Number(ManagementTlvType.Origin, Origin)
        .Number(ManagementTlvType.Cost, Cost)
        .Number(ManagementTlvType.Capacity, Capacity)
        .Number(ManagementTlvType.Count, Count)
        .Number(ManagementTlvType.Flags, Flags)
        .Number(ManagementTlvType.Mask, Mask)
        .StrategyField(Strategy)
        .Number(ManagementTlvType.ExpirationPeriod, ExpirationPeriodMs)
        .Number(ManagementTlvType.FacePersistency, (ulong?)FacePersistency)
        .Number(ManagementTlvType.BaseCongestionMarkingInterval, BaseCongestionMarkingIntervalNs)
        .Number(ManagementTlvType.DefaultCongestionThreshold, DefaultCongestionThreshold)
        .Number(ManagementTlvType.Mtu, Mtu)
        .ToElement(ManagementTlvType.ControlParameters);

    /// <summary>Reads one whole element.</summary>
    /// <returns><see cref="TlvStatus.Ok"/>, or why the octets are no ControlParameters.</returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out ControlParameters? parameters)
    {
        parameters = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.ControlParameters, out ReadOnlySpan<byte> value);
        var fields = new Fields();
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement element);
            if (status == TlvStatus.Ok)
            {
                status = fields.Read(element);
            }
        }

        if (status == TlvStatus.Ok)
        {
            parameters = fields.ToParameters();
        }

        return status;
    }

    private struct Fields
    {
        private Name? _name;
        private ulong? _faceId;
        private string? _uri;
        private string? _localUri;
        private ulong? _origin;
        private ulong? _cost;
        private ulong? _capacity;
        private ulong? _count;
        private ulong? _flags;
        private ulong? _mask;
        private Name? _strategy;
        private ulong? _expirationPeriod;
        private ulong? _persistency;
        private ulong? _markingInterval;
        private ulong? _congestionThreshold;
        private ulong? _mtu;

        public TlvStatus Read(in TlvElement element) => element.Type switch
        {
            TlvType.Name => ManagementTlvFields.NameField(element, ref _name),
            ManagementTlvType.FaceId => ManagementTlvFields.Number(element, ref _faceId),
            ManagementTlvType.Uri => ManagementTlvFields.Text(element, ref _uri),
            ManagementTlvType.LocalUri => ManagementTlvFields.Text(element, ref _localUri),
            ManagementTlvType.Origin => ManagementTlvFields.Number(element, ref _origin),
            ManagementTlvType.Cost => ManagementTlvFields.Number(element, ref _cost),
            ManagementTlvType.Capacity => ManagementTlvFields.Number(element, ref _capacity),
            ManagementTlvType.Count => ManagementTlvFields.Number(element, ref _count),
            ManagementTlvType.Flags => ManagementTlvFields.Number(element, ref _flags),
            ManagementTlvType.Mask => ManagementTlvFields.Number(element, ref _mask),
            ManagementTlvType.Strategy => ManagementTlvFields.StrategyField(element, ref _strategy),
            ManagementTlvType.ExpirationPeriod => ManagementTlvFields.Number(element, ref _expirationPeriod),
            ManagementTlvType.FacePersistency =>
                ManagementTlvFields.Enumeration(element, int.MaxValue, ref _persistency),
            ManagementTlvType.BaseCongestionMarkingInterval =>
                ManagementTlvFields.Number(element, ref _markingInterval),
            ManagementTlvType.DefaultCongestionThreshold =>
                ManagementTlvFields.Number(element, ref _congestionThreshold),
            ManagementTlvType.Mtu => ManagementTlvFields.Number(element, ref _mtu),
            _ => TlvStatus.Ok,
        };

        public readonly ControlParameters ToParameters() => new()
        {
            Name = _name,
            FaceId = _faceId,
            Uri = _uri,
            LocalUri = _localUri,
            Origin = _origin,
            Cost = _cost,
            Capacity = _capacity,
            Count = _count,
            Flags = _flags,
            Mask = _mask,
            Strategy = _strategy,
            ExpirationPeriodMs = _expirationPeriod,
            FacePersistency = (FacePersistency?)_persistency,
            BaseCongestionMarkingIntervalNs = _markingInterval,
            DefaultCongestionThreshold = _congestionThreshold,
            Mtu = _mtu,
        };
    }
}
