using System.Net;
using System.Net.Sockets;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>Between FaceUris and the platform's end points.</summary>
internal static class Addresses
{
    /// <summary>The canonical FaceUri of an end point.</summary>
    internal static string ToUri(string protocol, IPEndPoint endPoint) =>
        FaceUri.FromAddress(protocol, endPoint.Address, (ushort)endPoint.Port).ToString();

    /// <summary>Parses a FaceUri and refuses bad ones with the exception of this room.</summary>
    internal static FaceUri Parse(string text) => FaceUri.TryParse(text, out FaceUri? uri, out string error)
        ? uri
        : throw new LinkOpenException(text, LinkOpenFailure.BadUri, error);

    /// <summary>The addresses of a FaceUri's host, in the order to try them; never empty.</summary>
    internal static async Task<IPAddress[]> ResolveAsync(FaceUri uri, CancellationToken cancellation)
    {
        AddressFamily family = FamilyOf(uri.Scheme);
        if (!uri.NeedsResolution)
        {
            return [ParseNumeric(uri)];
        }

        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(uri.Host, family, cancellation).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw new LinkOpenException(
                uri.ToString(), LinkOpenFailure.NameNotResolved, $"'{uri.Host}' has no address: {error.Message}", error);
        }

        return found.Length > 0
            ? found
            : throw new LinkOpenException(
                uri.ToString(), LinkOpenFailure.NameNotResolved, $"'{uri.Host}' has no address of that IP version");
    }

    /// <summary>The address that a listener is to bind; a host name is looked up, the first address wins.</summary>
    internal static IPEndPoint ResolveLocal(FaceUri uri)
    {
        int port = uri.Port ?? uri.SchemeDefaultPort ?? FaceUri.DefaultPort;
        if (!uri.NeedsResolution)
        {
            return new IPEndPoint(ParseNumeric(uri), port);
        }

        try
        {
            IPAddress[] found = Dns.GetHostAddresses(uri.Host, FamilyOf(uri.Scheme));
            return found.Length > 0
                ? new IPEndPoint(found[0], port)
                : throw new LinkOpenException(
                    uri.ToString(), LinkOpenFailure.NameNotResolved, $"'{uri.Host}' has no address of that IP version");
        }
        catch (SocketException error)
        {
            throw new LinkOpenException(
                uri.ToString(), LinkOpenFailure.NameNotResolved, $"'{uri.Host}' has no address: {error.Message}", error);
        }
    }

    /// <summary>Our address on the way to a peer: asks the routing table, sends nothing.</summary>
    internal static IPEndPoint TowardsPeer(IPEndPoint bound, IPEndPoint remote)
    {
        if (!bound.Address.Equals(IPAddress.Any) && !bound.Address.Equals(IPAddress.IPv6Any))
        {
            return bound;
        }

        try
        {
            using var probe = new Socket(bound.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            return new IPEndPoint(((IPEndPoint)probe.LocalEndPoint!).Address, bound.Port);
        }
        catch (SocketException)
        {
            // No route at the moment: the wildcard address is the truth then.
            return bound;
        }
    }

    private static IPAddress ParseNumeric(FaceUri uri) => IPAddress.TryParse(uri.Host, out IPAddress? address)
        ? address
        : throw new LinkOpenException(
            uri.ToString(), LinkOpenFailure.BadUri, $"'{uri.Host}' is no address on this host (is its interface there?)");

    private static AddressFamily FamilyOf(string scheme) => scheme[^1] switch
    {
        '4' => AddressFamily.InterNetwork,
        '6' => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };
}
