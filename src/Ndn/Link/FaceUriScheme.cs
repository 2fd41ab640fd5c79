using System.Globalization;

namespace Piccolo.Ndn.Link;

/// <summary>What each FaceUri scheme means: its shape, its port, its canonical form.</summary>
internal static class FaceUriScheme
{
    internal static FaceUriShape ShapeOf(string scheme) => scheme switch
    {
        "udp" or "udp4" or "udp6" or "tcp" or "tcp4" or "tcp6" => FaceUriShape.Internet,
        "ws" or "wss" or "wsclient" => FaceUriShape.WebSocket,
        "unix" => FaceUriShape.Path,
        "ether" => FaceUriShape.Ethernet,
        "dev" => FaceUriShape.Device,
        "udp4+dev" or "udp6+dev" => FaceUriShape.DeviceAndPort,
        "fd" => FaceUriShape.Number,
        "mem" => FaceUriShape.Label,
        "internal" or "null" or "contentstore" => FaceUriShape.Empty,
        _ => FaceUriShape.Unknown,
    };

    internal static bool IsInternet(string scheme) =>
        ShapeOf(scheme) is FaceUriShape.Internet or FaceUriShape.WebSocket;

    /// <summary>4 or 6 where the scheme says so, else 0.</summary>
    internal static int IpVersion(string scheme) => scheme switch
    {
        "udp4" or "tcp4" => 4,
        "udp6" or "tcp6" => 6,
        _ => 0,
    };

    internal static ushort? DefaultPort(string scheme, string host) => scheme switch
    {
        "tcp" or "tcp4" or "tcp6" => FaceUri.DefaultPort,
        "udp" or "udp4" or "udp6" =>
            IpText.TryParse(host, out IpText.Address address, out _) && address.IsMulticast
                ? FaceUri.DefaultMulticastPort
                : FaceUri.DefaultPort,
        "udp4+dev" or "udp6+dev" => FaceUri.DefaultMulticastPort,
        "ws" or "wsclient" => FaceUri.DefaultWebSocketPort,
        "wss" => FaceUri.DefaultSecureWebSocketPort,
        _ => null,
    };

    internal static FaceUri? Canonize(FaceUri uri, out string error)
    {
        error = string.Empty;
        switch (ShapeOf(uri.Scheme))
        {
            case FaceUriShape.Internet:
            case FaceUriShape.WebSocket:
                return CanonizeInternet(uri, out error);
            case FaceUriShape.Ethernet:
                TryCanonizeMac(uri.Host, out string mac);
                return new FaceUri(uri.Scheme, mac, null, string.Empty);
            case FaceUriShape.DeviceAndPort:
                return new FaceUri(uri.Scheme, uri.Host, uri.Port ?? DefaultPort(uri.Scheme, uri.Host), string.Empty);
            case FaceUriShape.Number:
                int number = int.Parse(uri.Host, NumberStyles.None, CultureInfo.InvariantCulture);
                return new FaceUri(uri.Scheme, number.ToString(CultureInfo.InvariantCulture), null, string.Empty);
            default:
                return uri;
        }
    }

    /// <summary>Six groups of one or two hexadecimal digits; the canonical form has two, in lower case.</summary>
    internal static bool TryCanonizeMac(string text, out string canonical)
    {
        canonical = string.Empty;
        Span<char> spelled = stackalloc char[17];
        int groups = 0;
        foreach (Range range in text.AsSpan().Split(':'))
        {
            ReadOnlySpan<char> group = text.AsSpan(range);
            if (groups == 6 || group.Length is 0 or > 2
                || !byte.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                return false;
            }

            octet.TryFormat(spelled[(groups * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            if (groups < 5)
            {
                spelled[(groups * 3) + 2] = ':';
            }

            groups++;
        }

        canonical = groups == 6 ? new string(spelled) : string.Empty;
        return groups == 6;
    }

    private static FaceUri? CanonizeInternet(FaceUri uri, out string error)
    {
        error = string.Empty;
        ushort? port = uri.Port ?? DefaultPort(uri.Scheme, uri.Host);
        if (!IpText.TryParse(uri.Host, out IpText.Address address, out string zone))
        {
            if (uri.Scheme is "ws" or "wss" or "wsclient")
            {
                // A WebSocket is named by its host: the name goes into the handshake.
                return new FaceUri(uri.Scheme, uri.Host, port, uri.Path);
            }

            error = $"the host name '{uri.Host}' in '{uri}' must be looked up first";
            return null;
        }

        bool isTcp = uri.Scheme.StartsWith("tcp", StringComparison.Ordinal);
        if (isTcp && address.IsMulticast)
        {
            error = $"'{uri.Host}' in '{uri}' is a multicast group, which TCP cannot reach";
            return null;
        }

        if (zone.StartsWith("25", StringComparison.Ordinal) && zone.Length > 2)
        {
            zone = zone[2..]; // "%25eth0": the percent sign in its URI escape.
        }

        if (address.IsLinkLocal && zone.Length == 0)
        {
            error = $"the link-local address '{uri.Host}' in '{uri}' needs its interface (%eth0)";
            return null;
        }

        int version = IpVersion(uri.Scheme);
        if (version != 0 && (version == 6) != address.IsV6)
        {
            error = $"'{uri.Scheme}' needs an IPv{version} address, not '{uri.Host}'";
            return null;
        }

        string scheme = uri.Scheme is "udp" or "tcp" ? uri.Scheme + (address.IsV6 ? "6" : "4") : uri.Scheme;
        string host = zone.Length > 0 ? address + "%" + zone : address.ToString();
        return new FaceUri(scheme, host, port, uri.Path);
    }
}
