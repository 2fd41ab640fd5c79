using System.Globalization;

namespace Piccolo.Ndn.Link;

/// <summary>Splits the text of a FaceUri and checks each part against what its scheme allows.</summary>
internal static class FaceUriParser
{
    private const int TextLengthMax = 1024;

    internal static FaceUri? Parse(string text, out string error)
    {
        error = string.Empty;
        if (text.Length > TextLengthMax)
        {
            error = "a FaceUri has at most 1024 characters, this one has "
                + text.Length.ToString(CultureInfo.InvariantCulture);
            return null;
        }

        int colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
        {
            error = $"'{text}' is not of the form scheme://...";
            return null;
        }

        string scheme = text[..colon];
        FaceUriShape shape = FaceUriScheme.ShapeOf(scheme);
        if (shape == FaceUriShape.Unknown)
        {
            error = $"'{scheme}' in '{text}' is not a known FaceUri scheme";
            return null;
        }

        string rest = text[(colon + 3)..];
        int slash = AuthorityEnd(rest);
        string authority = rest[..slash];
        string path = rest[slash..];
        if (path.Length > 0 && shape is not (FaceUriShape.Path or FaceUriShape.WebSocket))
        {
            error = $"'{scheme}' takes no path, but '{text}' has '{path}'";
            return null;
        }

        FaceUri? uri = shape switch
        {
            FaceUriShape.Internet or FaceUriShape.WebSocket => ParseInternet(scheme, authority, path, out error),
            FaceUriShape.Path => ParsePath(scheme, authority, path, out error),
            FaceUriShape.Ethernet => ParseEthernet(scheme, authority, out error),
            FaceUriShape.Device => ParseDevice(scheme, authority, port: null, out error),
            FaceUriShape.DeviceAndPort => ParseDeviceAndPort(scheme, authority, out error),
            FaceUriShape.Number => ParseNumber(scheme, authority, out error),
            FaceUriShape.Label => ParseLabel(scheme, authority, out error),
            _ => ParseNothing(scheme, authority, out error),
        };
        if (uri is null)
        {
            error += $" in '{text}'";
        }

        return uri;
    }

    private static int AuthorityEnd(string rest)
    {
        int end = rest.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? rest.Length : end;
    }

    private static FaceUri? ParseInternet(string scheme, string authority, string path, out string error)
    {
        if (path.Contains('?', StringComparison.Ordinal) || HasBlankOrControl(path))
        {
            error = $"bad path '{path}'";
            return null;
        }

        bool bracketed = authority.StartsWith('[');
        string host;
        string portText;
        if (bracketed)
        {
            int close = authority.LastIndexOf(']');
            if (close < 0)
            {
                error = $"'[' without ']' in '{authority}'";
                return null;
            }

            host = authority[1..close];
            portText = authority[(close + 1)..];
        }
        else
        {
            int colon = authority.IndexOf(':', StringComparison.Ordinal);
            host = colon < 0 ? authority : authority[..colon];
            portText = colon < 0 ? string.Empty : authority[colon..];
        }

        if (!TryParsePort(portText, out ushort? port, out error)
            || !CheckHost(scheme, ref host, bracketed, out error))
        {
            return null;
        }

        return new FaceUri(scheme, host, port, path);
    }

    private static bool CheckHost(string scheme, ref string host, bool bracketed, out string error)
    {
        if (host.Length == 0)
        {
            error = $"'{scheme}' needs a host, but there is none";
            return false;
        }

        bool isAddress = IpText.TryParse(host, out IpText.Address address, out string zone);
        if (bracketed)
        {
            if (!isAddress || !address.IsV6)
            {
                error = $"'{host}' is not an IPv6 address";
                return false;
            }

            if (HasBlankOrControl(zone) || zone.Contains(':', StringComparison.Ordinal))
            {
                error = $"'{zone}' is not the name of an interface";
                return false;
            }

            if (address.IsMappedV4 && FaceUriScheme.IpVersion(scheme) != 6)
            {
                host = address.MappedV4Text();
                address = default;
            }
        }
        else if (isAddress && address.IsV6)
        {
            error = $"the IPv6 address '{host}' needs brackets";
            return false;
        }
        else if (!isAddress && !IsHostName(host))
        {
            error = $"'{host}' is neither an address nor a host name";
            return false;
        }

        int version = FaceUriScheme.IpVersion(scheme);
        if (isAddress && version != 0 && (version == 6) != address.IsV6)
        {
            error = $"'{scheme}' needs an IPv{version} address, not '{host}'";
            return false;
        }

        if (version == 6 && address.IsMappedV4)
        {
            error = $"'{host}' is an IPv4 address in IPv6 clothes: use the IPv4 scheme";
            return false;
        }

        error = string.Empty;
        return true;
    }

    private static bool IsHostName(string host)
    {
        bool numeric = true;
        foreach (char c in host)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }

            numeric &= char.IsAsciiDigit(c) || c == '.';
        }

        // Digits and dots that are no IPv4 address would be guessed at by some resolvers ("127.1"); refuse them.
        return !numeric && host.Length <= 253 && host[0] is not ('.' or '-');
    }

    private static bool TryParsePort(string text, out ushort? port, out string error)
    {
        port = null;
        error = string.Empty;
        if (text.Length == 0)
        {
            return true;
        }

        if (text[0] == ':'
            && ushort.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            port = number;
            return true;
        }

        error = $"'{(text[0] == ':' ? text[1..] : text)}' is not a port number";
        return false;
    }

    private static FaceUri? ParsePath(string scheme, string authority, string path, out string error)
    {
        if (authority.Length > 0)
        {
            error = $"'{scheme}' takes an absolute path ({scheme}:///path), not '{authority}{path}'";
            return null;
        }

        if (path.Length < 2 || path.Contains('\0', StringComparison.Ordinal))
        {
            error = $"'{scheme}' needs the path of a socket, not '{path}'";
            return null;
        }

        error = string.Empty;
        return new FaceUri(scheme, string.Empty, null, path);
    }

    private static FaceUri? ParseEthernet(string scheme, string authority, out string error)
    {
        if (authority.Length > 2 && authority[0] == '[' && authority[^1] == ']'
            && FaceUriScheme.TryCanonizeMac(authority[1..^1], out _))
        {
            error = string.Empty;
            return new FaceUri(scheme, authority[1..^1], null, string.Empty);
        }

        error = $"'{authority}' is not an Ethernet address in brackets";
        return null;
    }

    private static FaceUri? ParseDevice(string scheme, string name, ushort? port, out string error)
    {
        if (name.Length == 0 || HasBlankOrControl(name) || name.AsSpan().IndexOfAny(":[]") >= 0)
        {
            error = $"'{name}' is not the name of an interface";
            return null;
        }

        error = string.Empty;
        return new FaceUri(scheme, name, port, string.Empty);
    }

    private static FaceUri? ParseDeviceAndPort(string scheme, string authority, out string error)
    {
        int colon = authority.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? authority : authority[..colon];
        return TryParsePort(colon < 0 ? string.Empty : authority[colon..], out ushort? port, out error)
            ? ParseDevice(scheme, name, port, out error)
            : null;
    }

    private static FaceUri? ParseNumber(string scheme, string authority, out string error)
    {
        if (int.TryParse(authority, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            error = string.Empty;
            return new FaceUri(scheme, authority, null, string.Empty);
        }

        error = $"'{authority}' is not the number of a file descriptor";
        return null;
    }

    private static FaceUri? ParseLabel(string scheme, string authority, out string error)
    {
        foreach (char c in authority)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                error = $"'{authority}' holds '{c}', which a label may not";
                return null;
            }
        }

        error = authority.Length == 0 ? $"'{scheme}' needs a label, but there is none" : string.Empty;
        return authority.Length == 0 ? null : new FaceUri(scheme, authority, null, string.Empty);
    }

    private static FaceUri? ParseNothing(string scheme, string authority, out string error)
    {
        if (authority.Length > 0)
        {
            error = $"'{scheme}' takes nothing after the slashes, not '{authority}'";
            return null;
        }

        error = string.Empty;
        return new FaceUri(scheme, string.Empty, null, string.Empty);
    }

    private static bool HasBlankOrControl(string text)
    {
        foreach (char c in text)
        {
            if (c <= ' ' || c == 0x7F)
            {
                return true;
            }
        }

        return false;
    }
}
