using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using NextHop = Piccolo.Ndn.Management.NextHopRecord;

namespace Piccolo.Forwarder.Management;

/// <summary>Carries out on a <see cref="ForwarderCore"/> what management wants, and describes it in the protocol's terms.</summary>
internal sealed class ForwarderControl : IManagedForwarder
{
    private const ulong NanosecondsPerTick = 100;

    private readonly ForwarderCore _core;
    private readonly WallClock _clock;
    private readonly Instant _startedAt;

    public ForwarderControl(ForwarderCore core, WallClock clock, Instant startedAt)
    {
        _core = core;
        _clock = clock;
        _startedAt = startedAt;
        Now = startedAt;
    }

    /// <summary>The present; set before each call into management.</summary>
    public Instant Now { get; set; }

    public IReadOnlyList<string> ChannelUris { get; set; } = [];

    public CsInfo ContentStoreInfo
    {
        get
        {
            ContentStoreInfo info = _core.ContentStoreInfo;
            return new CsInfo
            {
                Capacity = (ulong)info.Capacity,
                Flags = (info.IsAdmitting ? CsFlags.Admit : CsFlags.None)
                    | (info.IsServing ? CsFlags.Serve : CsFlags.None),
                NCsEntries = (ulong)info.Count,
                NHits = info.Hits,
                NMisses = info.Misses,
            };
        }
    }

    /// <summary>Which link-service features of a face are on.</summary>
    public static FaceFlags FlagsOf(Face face)
    {
        if (face.Link is null)
        {
            return FaceFlags.LocalFieldsEnabled; // The internal face is told where Interests come from.
        }

        LinkServiceOptions options = face.Link.Options;
        return (options.AllowLocalFields ? FaceFlags.LocalFieldsEnabled : FaceFlags.None)
            | (options.EnableReliability ? FaceFlags.LpReliabilityEnabled : FaceFlags.None)
            | (options.EnableCongestionMarking ? FaceFlags.CongestionMarkingEnabled : FaceFlags.None);
    }

    public bool HasFace(FaceId face) => _core.FindFace(face) is not null;

    public FaceStatus? FindFace(FaceId face, Instant now) =>
        _core.FindFace(face) is Face found ? Describe(found) : null;

    public FaceStatus? FindFace(string remoteUri, string? localUri, Instant now)
    {
        foreach (Face face in _core.ListFaces())
        {
            if (face.Capabilities.RemoteUri == remoteUri
                && (localUri is null || face.Capabilities.LocalUri == localUri))
            {
                return Describe(face);
            }
        }

        return null;
    }

    public IEnumerable<FaceStatus> ListFaces(Instant now)
    {
        var faces = new List<Face>(_core.ListFaces());
        faces.Sort(static (left, right) => left.Id.Value.CompareTo(right.Id.Value));
        foreach (Face face in faces)
        {
            yield return Describe(face);
        }
    }

    public void UpdateFace(FaceId face, in FaceChange change)
    {
        if (_core.FindFace(face) is not Face found)
        {
            return;
        }

        bool concernsHost = change.Mtu is not null || (change.Persistency ?? found.Persistency) != found.Persistency;
        found.Persistency = change.Persistency ?? found.Persistency;
        if (found.Link is not null)
        {
            found.Link.Options = Apply(found.Link.Options, change);
        }

        if (concernsHost)
        {
            _core.RaiseEvent(new ForwarderEvent(ForwarderEventKind.FaceUpdated, face, 0, null));
        }
    }

    public ulong RequestFaceCreation(in FaceCreationWish wish)
    {
        var change = new FaceChange(
            wish.Persistency,
            wish.Mask == FaceFlags.None ? null : wish.Flags & wish.Mask,
            wish.BaseCongestionMarkingIntervalNs,
            wish.DefaultCongestionThreshold,
            wish.Mtu);
        bool isDefault = change.Flags is null && change.BaseCongestionMarkingIntervalNs is null
            && change.DefaultCongestionThreshold is null;
        return _core.RequestFaceCreation(new FaceCreationRequest(
            wish.Remote.ToString(),
            wish.Local?.ToString(),
            wish.Persistency,
            isDefault ? null : Apply(new LinkServiceOptions(), change),
            wish.Mtu is ulong mtu ? (int)Math.Min(mtu, LinkCapabilities.UnlimitedMtu) : null));
    }

    public void RequestFaceDestruction(FaceId face) => _core.RequestFaceDestroy(face);

    public bool SetNextHop(Name prefix, FaceId face, ulong cost) => _core.AddNextHop(prefix, face, cost, Now);

    public void RemoveNextHop(Name prefix, FaceId face) => _core.RemoveNextHop(prefix, face);

    public IEnumerable<FibEntryRecord> ListFib()
    {
        var entries = new List<FibEntryInfo>(_core.ListFib());
        entries.Sort(static (left, right) => left.Prefix.CompareTo(right.Prefix));
        foreach (FibEntryInfo entry in entries)
        {
            var hops = new List<NextHop>(entry.NextHops.Count);
            foreach (FibNextHopInfo hop in entry.NextHops)
            {
                hops.Add(new NextHop { FaceId = hop.Face.Value, Cost = hop.Cost });
            }

            yield return new FibEntryRecord(entry.Prefix, hops);
        }
    }

    public int SetStrategy(Name prefix, Name strategy, out Name instance)
    {
        StrategyChoiceStatus status = _core.SetStrategy(prefix, strategy);
        instance = status == StrategyChoiceStatus.Ok ? _core.FindStrategy(prefix) : strategy;
        return status switch
        {
            StrategyChoiceStatus.Ok => ManagementStatusCode.Ok,
            StrategyChoiceStatus.UnknownStrategy => ManagementStatusCode.NotFound,
            StrategyChoiceStatus.UnsupportedVersion or StrategyChoiceStatus.BadParameters =>
                ManagementStatusCode.Conflict,
            StrategyChoiceStatus.PrefixTooLong => ManagementStatusCode.NameTooLong,
            _ => ManagementStatusCode.InternalError,
        };
    }

    public void UnsetStrategy(Name prefix) => _core.UnsetStrategy(prefix);

    public IEnumerable<StrategyChoiceRecord> ListStrategyChoices()
    {
        var choices = new List<StrategyChoiceInfo>(_core.ListStrategies());
        choices.Sort(static (left, right) => left.Prefix.CompareTo(right.Prefix));
        foreach (StrategyChoiceInfo choice in choices)
        {
            yield return new StrategyChoiceRecord { Name = choice.Prefix, Strategy = choice.Strategy };
        }
    }

    public void ConfigureContentStore(ulong? capacity, CsFlags? flags) => _core.ConfigureContentStore(
        capacity is ulong packets ? (int)Math.Min(packets, int.MaxValue) : null,
        flags is CsFlags admit ? (admit & CsFlags.Admit) != CsFlags.None : null,
        flags is CsFlags serve ? (serve & CsFlags.Serve) != CsFlags.None : null);

    public int EraseContent(Name prefix, int countMax, out bool hasMore)
    {
        int erased = _core.EraseContent(prefix, countMax);
        hasMore = erased == countMax && _core.HasContent(prefix);
        return erased;
    }

    public ForwarderStatus GetStatus(Instant now)
    {
        ForwarderCounters counters = _core.Counters;
        return new ForwarderStatus
        {
            NfdVersion = _core.Options.NfdVersion,
            StartTimestampMs = _clock.ToUnixMs(_startedAt),
            CurrentTimestampMs = _clock.ToUnixMs(now),
            NNameTreeEntries = (ulong)_core.NameTreeEntryCount,
            NFibEntries = (ulong)_core.FibEntryCount,
            NPitEntries = (ulong)_core.PitEntryCount,
            NMeasurementsEntries = 0,
            NCsEntries = (ulong)_core.ContentStoreEntryCount,
            NInInterests = counters.InInterests,
            NInData = counters.InData,
            NInNacks = counters.InNacks,
            NOutInterests = counters.OutInterests,
            NOutData = counters.OutData,
            NOutNacks = counters.OutNacks,
            NSatisfiedInterests = counters.SatisfiedInterests,
            NUnsatisfiedInterests = counters.UnsatisfiedInterests,
        };
    }

    private static LinkServiceOptions Apply(LinkServiceOptions options, in FaceChange change)
    {
        FaceFlags? flags = change.Flags;
        ulong? interval = change.BaseCongestionMarkingIntervalNs;
        return options with
        {
            AllowLocalFields = Has(flags, FaceFlags.LocalFieldsEnabled) ?? options.AllowLocalFields,
            EnableReliability = Has(flags, FaceFlags.LpReliabilityEnabled) ?? options.EnableReliability,
            EnableCongestionMarking = Has(flags, FaceFlags.CongestionMarkingEnabled) ?? options.EnableCongestionMarking,
            BaseCongestionMarkingInterval = interval is ulong nanoseconds
                ? TimeSpan.FromTicks((long)Math.Min(nanoseconds / NanosecondsPerTick, long.MaxValue))
                : options.BaseCongestionMarkingInterval,
            DefaultCongestionThreshold = change.DefaultCongestionThreshold ?? options.DefaultCongestionThreshold,
            Mtu = change.Mtu is ulong mtu ? (int)Math.Min(mtu, LinkCapabilities.UnlimitedMtu) : options.Mtu,
        };
    }

    private static ulong NanosecondsOf(TimeSpan span) => (ulong)Math.Max(0, span.Ticks) * NanosecondsPerTick;

    private static bool? Has(FaceFlags? flags, FaceFlags bit) => flags is FaceFlags set ? (set & bit) != FaceFlags.None : null;

    private static FaceStatus Describe(Face face)
    {
        LinkServiceOptions? options = face.Link?.Options;
        FaceCounters counters = face.Counters;
        return new FaceStatus
        {
            FaceId = face.Id.Value,
            Uri = face.Capabilities.RemoteUri,
            LocalUri = face.Capabilities.LocalUri,
            FaceScope = face.Capabilities.Scope,
            FacePersistency = face.Persistency,
            LinkType = face.Type,
            BaseCongestionMarkingIntervalNs = options is null ? null : NanosecondsOf(options.BaseCongestionMarkingInterval),
            DefaultCongestionThreshold = options?.DefaultCongestionThreshold,
            Mtu = options is null ? null : (ulong)Math.Min(options.Mtu, PacketLimits.MaxPacketOctets),
            NInInterests = counters.InInterests,
            NInData = counters.InData,
            NInNacks = counters.InNacks,
            NOutInterests = counters.OutInterests,
            NOutData = counters.OutData,
            NOutNacks = counters.OutNacks,
            NInBytes = counters.InOctets,
            NOutBytes = counters.OutOctets,
            Flags = FlagsOf(face),
        };
    }
}
