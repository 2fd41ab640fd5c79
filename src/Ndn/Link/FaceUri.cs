using System.Globalization;
using System.Net;

namespace Piccolo.Ndn.Link;

/// <summary>The address of one end of a link, as people type it and as management carries it.</summary>
/// <remarks>
/// A FaceUri that exists is well formed; whether it is canonical (numeric address, explicit port, scheme with its IP
/// version) is <see cref="IsCanonical"/>. The text is kept as it was written, so <see cref="ToString"/> gives it back.
/// Schemes: udp, udp4, udp6, tcp, tcp4, tcp6, ws, wss, wsclient, unix, fd, ether, dev, udp4+dev, udp6+dev, internal,
/// null, contentstore, and mem for links inside a process.
/// Source: NFD management, FaceMgmt; ndn-cxx net/face-uri.
/// </remarks>
public sealed record FaceUri
{
    /// <summary>The UDP and TCP port of NDN forwarders.</summary>
    public const ushort DefaultPort = 6363;

    /// <summary>The port of WebSocket listeners.</summary>
    public const ushort DefaultWebSocketPort = 9696;

    /// <summary>The port of WebSocket listeners behind TLS.</summary>
    public const ushort DefaultSecureWebSocketPort = 443;

    /// <summary>The port of the UDP multicast groups.</summary>
    public const ushort DefaultMulticastPort = 56363;

    /// <summary>The IPv4 multicast group of NDN.</summary>
    public const string DefaultMulticastGroup4 = "224.0.23.170";

    /// <summary>The IPv6 multicast group of NDN.</summary>
    public const string DefaultMulticastGroup6 = "ff02::1234";

    /// <summary>The Ethernet multicast group of NDN.</summary>
    public const string DefaultEthernetGroup = "01:00:5e:00:17:aa";

    /// <summary>Where a forwarder listens for applications of its host.</summary>
    public const string DefaultUnixPath = "/run/nfd/nfd.sock";

    internal FaceUri(string scheme, string host, ushort? port, string path)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
        Path = path;
    }

    /// <summary>The scheme in lower case, such as <c>udp4</c>.</summary>
    public string Scheme { get; }

    /// <summary>
    /// Address, host name, interface, MAC or number, without brackets; empty where the scheme has none.
    /// </summary>
    public string Host { get; }

    /// <summary>The port, if the text has one.</summary>
    public ushort? Port { get; }

    /// <summary>
    /// Path of a Unix socket or of a WebSocket resource, beginning with a slash; empty where there is none.
    /// </summary>
    public string Path { get; }

    /// <summary>Whether the host must be looked up (it is a name, not an address) before a face can be made.</summary>
    public bool NeedsResolution => FaceUriScheme.IsInternet(Scheme) && !IpText.TryParse(Host, out _, out _);

    /// <summary>
    /// Whether management accepts it as it stands: nothing is left to look up, to default or to respell.
    /// </summary>
    /// <remarks>
    /// UDP and TCP need the scheme with its IP version, the address in its shortest spelling and a port. A TCP address
    /// may not be a multicast group, and a link-local IPv6 address needs its zone.
    /// </remarks>
    public bool IsCanonical => TryCanonize(out FaceUri? canonical, out _) && Equals(canonical);

    /// <summary>The port that the scheme implies when none is written; null for schemes without ports.</summary>
    public ushort? SchemeDefaultPort => FaceUriScheme.DefaultPort(Scheme, Host);

    /// <summary>Parses a FaceUri.</summary>
    /// <param name="text">The text, such as <c>udp://router.example:6363</c>.</param>
    /// <param name="uri">The parsed address, null on failure.</param>
    /// <param name="error">On failure a sentence that quotes the part that is wrong; else empty.</param>
    public static bool TryParse(
        string? text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FaceUri? uri,
        out string error)
    {
        uri = FaceUriParser.Parse(text ?? string.Empty, out error);
        return uri is not null;
    }

    /// <summary>Parses a FaceUri at an API edge.</summary>
    /// <exception cref="FormatException">The text is not a FaceUri; the message quotes the wrong part.</exception>
    public static FaceUri Parse(string text) =>
        TryParse(text, out FaceUri? uri, out string error) ? uri : throw new FormatException(error);

    /// <summary>The canonical FaceUri of an internet end point.</summary>
    /// <param name="protocol">
    /// One of <c>udp</c>, <c>tcp</c> (the IP version is appended), <c>ws</c>, <c>wsclient</c>.
    /// </param>
    /// <param name="address">The address; an IPv4 address mapped into IPv6 becomes IPv4.</param>
    /// <param name="port">The port.</param>
    /// <param name="zone">Name or number of the interface of a link-local address; null for its scope number.</param>
    public static FaceUri FromAddress(string protocol, IPAddress address, ushort port, string? zone = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> octets = stackalloc byte[16];
        plain.TryWriteBytes(octets, out int count);
        string host = IpText.Format(octets[..count]);
        if (count == 16 && IpText.IsLinkLocal(octets))
        {
            zone ??= plain.ScopeId == 0 ? null : plain.ScopeId.ToString(CultureInfo.InvariantCulture);
            host = zone is null ? host : host + "%" + zone;
        }

        bool versioned = protocol is "udp" or "tcp";
        return new FaceUri(versioned ? protocol + (count == 4 ? "4" : "6") : protocol, host, port, string.Empty);
    }

    /// <summary>The FaceUri of a Unix socket.</summary>
    /// <exception cref="FormatException">The path is not absolute.</exception>
    public static FaceUri FromUnixPath(string path) => Parse("unix://" + path);

    /// <summary>
    /// Completes the address as far as that is possible without a look-up: spelling, IP version and port.
    /// </summary>
    /// <param name="canonical">The canonical form, null on failure.</param>
    /// <param name="error">On failure a sentence that quotes the part that stands in the way; else empty.</param>
    public bool TryCanonize(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FaceUri? canonical,
        out string error)
    {
        canonical = FaceUriScheme.Canonize(this, out error);
        return canonical is not null;
    }

    /// <summary>The same address with its host name replaced by one of the addresses that a look-up gave.</summary>
    public FaceUri WithAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int count);
        return new FaceUri(Scheme, IpText.Format(octets[..count]), Port, Path);
    }

    /// <summary>The text of the address.</summary>
    public override string ToString()
    {
        string host = Host.Contains(':', StringComparison.Ordinal) ? "[" + Host + "]" : Host;
        string port = Port is ushort number ? ":" + number.ToString(CultureInfo.InvariantCulture) : string.Empty;
        return Scheme + "://" + host + port + Path;
    }
}
