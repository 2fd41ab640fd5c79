using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>The face that a command asks for; what is null is the host's to choose.</summary>
internal readonly record struct FaceCreationWish(
    FaceUri Remote,
    FaceUri? Local,
    FacePersistency Persistency,
    FaceFlags Flags,
    FaceFlags Mask,
    ulong? BaseCongestionMarkingIntervalNs,
    ulong? DefaultCongestionThreshold,
    ulong? Mtu);
