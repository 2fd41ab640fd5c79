using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>New properties of a face; null leaves one as it is.</summary>
internal readonly record struct FaceChange(
    FacePersistency? Persistency,
    FaceFlags? Flags,
    ulong? BaseCongestionMarkingIntervalNs,
    ulong? DefaultCongestionThreshold,
    ulong? Mtu);
