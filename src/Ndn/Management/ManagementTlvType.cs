namespace Piccolo.Ndn.Management;

/// <summary>TLV-TYPE numbers of NFD's management protocol.</summary>
/// <remarks>
/// Wire: the numbers 128 to 136 mean different fields in different datasets, so several names here share a value.
/// Source: NFD management protocol, as listed by ndn-cxx's <c>tlv-nfd</c>.
/// </remarks>
internal static class ManagementTlvType
{
    public const uint ControlResponse = 101;
    public const uint StatusCode = 102;
    public const uint StatusText = 103;
    public const uint ControlParameters = 104;
    public const uint FaceId = 105;
    public const uint Cost = 106;
    public const uint Strategy = 107;
    public const uint Flags = 108;
    public const uint ExpirationPeriod = 109;
    public const uint Origin = 111;
    public const uint Mask = 112;
    public const uint Uri = 114;
    public const uint LocalUri = 129;
    public const uint Capacity = 131;
    public const uint Count = 132;
    public const uint FacePersistency = 133;
    public const uint LinkType = 134;
    public const uint BaseCongestionMarkingInterval = 135;
    public const uint DefaultCongestionThreshold = 136;
    public const uint Mtu = 137;

    /// <summary>The outer element of FaceStatus, FibEntry, RibEntry, StrategyChoice and CsInfo alike.</summary>
    public const uint DatasetEntry = 128;

    /// <summary>NextHopRecord in a FibEntry, Route in a RibEntry.</summary>
    public const uint SubRecord = 129;
    public const uint ChannelStatus = 130;
    public const uint FaceQueryFilter = 150;
    public const uint UriScheme = 131;
    public const uint FaceScope = 132;
    public const uint FaceEventNotification = 192;
    public const uint FaceEventKind = 193;

    public const uint NInInterests = 144;
    public const uint NInData = 145;
    public const uint NOutInterests = 146;
    public const uint NOutData = 147;
    public const uint NInBytes = 148;
    public const uint NOutBytes = 149;
    public const uint NInNacks = 151;
    public const uint NOutNacks = 152;
    public const uint NSatisfiedInterests = 153;
    public const uint NUnsatisfiedInterests = 154;

    public const uint NfdVersion = 128;
    public const uint StartTimestamp = 129;
    public const uint CurrentTimestamp = 130;
    public const uint NNameTreeEntries = 131;
    public const uint NFibEntries = 132;
    public const uint NPitEntries = 133;
    public const uint NMeasurementsEntries = 134;
    public const uint NCsEntries = 135;

    public const uint CsHits = 129;
    public const uint CsMisses = 130;
}
