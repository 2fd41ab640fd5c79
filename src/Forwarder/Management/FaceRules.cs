using System.Net;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>What faces of each kind can be, as far as that is known before one exists.</summary>
/// <remarks>Source: NFD's face management: the 406 and 409 answers of create and update.</remarks>
internal static class FaceRules
{
    /// <summary>A link header and a useful piece of a packet need this much.</summary>
    public const ulong MtuMin = 64;

    /// <summary>Why a face cannot be created as wished; null when it can be tried.</summary>
    public static string? WhyUnsupported(in FaceCreationWish wish, IReadOnlyList<string> creatableSchemes)
    {
        string scheme = wish.Remote.Scheme;
        if (!Contains(creatableSchemes, scheme))
        {
            return "unsupported protocol " + scheme;
        }

        bool isTcp = IsTcp(scheme);
        if (wish.Local is not null && (isTcp || IsUdp(scheme)))
        {
            return "a local FaceUri is not supported for " + scheme;
        }

        if (wish.Persistency == FacePersistency.OnDemand)
        {
            return "outgoing faces cannot be on-demand";
        }

        if (IsMulticast(wish.Remote))
        {
            return "multicast faces cannot be created by command";
        }

        bool wantsLocalFields = (wish.Mask & wish.Flags & FaceFlags.LocalFieldsEnabled) != FaceFlags.None;
        if (wantsLocalFields && !(isTcp && IsLoopback(wish.Remote)))
        {
            return "local fields need a local face";
        }

        if (wish.Mtu is ulong mtu && isTcp)
        {
            return "the MTU of a " + scheme + " face cannot be set";
        }

        return wish.Mtu < MtuMin ? "the MTU is below 64 octets" : null;
    }

    /// <summary>The properties of a change that do not suit a face; null when all do.</summary>
    public static ControlParameters? Offenders(FaceStatus face, in FaceChange change, FaceFlags mask)
    {
        bool wantsLocalFields = change.Flags is FaceFlags flags
            && (mask & flags & FaceFlags.LocalFieldsEnabled) != FaceFlags.None;
        bool isFlagBad = wantsLocalFields && face.FaceScope != LinkScope.Local;
        bool isPersistencyBad = change.Persistency is FacePersistency persistency
            && persistency != face.FacePersistency
            && !CanChangePersistency(face);
        bool isMtuBad = change.Mtu is ulong mtu && (mtu < MtuMin || !HasSettableMtu(face));
        if (!isFlagBad && !isPersistencyBad && !isMtuBad)
        {
            return null;
        }

        return new ControlParameters
        {
            Flags = isFlagBad ? (ulong)FaceFlags.LocalFieldsEnabled : null,
            Mask = isFlagBad ? (ulong)FaceFlags.LocalFieldsEnabled : null,
            FacePersistency = isPersistencyBad ? change.Persistency : null,
            Mtu = isMtuBad ? change.Mtu : null,
        };
    }

    private static bool CanChangePersistency(FaceStatus face)
    {
        string scheme = SchemeOf(face.Uri);
        return face.LinkType == LinkType.PointToPoint && (IsTcp(scheme) || IsUdp(scheme) || scheme == "ether");
    }

    private static bool HasSettableMtu(FaceStatus face)
    {
        string scheme = SchemeOf(face.Uri);
        return IsUdp(scheme) || scheme == "ether";
    }

    private static string SchemeOf(string uri)
    {
        int end = uri.IndexOf("://", StringComparison.Ordinal);
        return end < 0 ? string.Empty : uri[..end];
    }

    private static bool IsTcp(string scheme) => scheme is "tcp4" or "tcp6";

    private static bool IsUdp(string scheme) => scheme is "udp4" or "udp6";

    private static bool IsLoopback(FaceUri uri) => IPAddress.TryParse(uri.Host, out IPAddress? address) && IPAddress.IsLoopback(address);

    private static bool IsMulticast(FaceUri uri)
    {
        if (!IPAddress.TryParse(uri.Host, out IPAddress? address))
        {
            return false;
        }

        byte[] octets = address.GetAddressBytes();
        return octets.Length == 4 ? octets[0] is >= 224 and <= 239 : octets[0] == 0xFF;
    }

    private static bool Contains(IReadOnlyList<string> schemes, string scheme)
    {
        foreach (string candidate in schemes)
        {
            if (string.Equals(candidate, scheme, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
