using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Tcp;
using Piccolo.Drivers.Udp;
using Piccolo.Drivers.UnixStream;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>Makes links and listeners from FaceUris, with whichever driver speaks the scheme.</summary>
/// <remarks>
/// Schemes: unix, tcp, tcp4, tcp6, udp, udp4, udp6; host names are looked up, a missing port is the scheme's default.
/// Outgoing UDP links leave from a UDP listener made here when one fits, so that peers see one port of ours.
/// Thread-safe. Listeners and links are closed by whoever asked for them; the factory closes nothing.
/// </remarks>
/// <param name="pool">Where received frames are rented.</param>
/// <param name="clock">Stamps arrivals, times connections.</param>
/// <param name="options">Sizes and times of the drivers.</param>
public sealed class LinkFactory(FramePool pool, HostClock clock, DriverOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<UdpLinkListener> _udpListeners = [];

    /// <summary>Whether links of a scheme can be made here.</summary>
    public static bool Supports(string scheme) => scheme is "unix" or "tcp" or "tcp4" or "tcp6" or "udp" or "udp4" or "udp6";

    /// <summary>Opens a link with buffers and a clock of its own: all that an application with one connection needs.</summary>
    /// <param name="faceUri">The node, such as <c>unix:///run/nfd/nfd.sock</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LinkOpenException">It did not work; the message names the value that stands in the way.</exception>
    public static async Task<ILink> ConnectAsync(string faceUri, CancellationToken cancellation = default)
    {
        var factory = new LinkFactory(new FramePool(), new HostClock(TimeProvider.System), new DriverOptions());
        return await factory.OpenAsync(faceUri, cancellation).ConfigureAwait(false);
    }

    /// <summary>Brings a FaceUri into canonical form: the host name looked up, the default port filled in.</summary>
    /// <exception cref="LinkOpenException">It is no FaceUri, or its host has no address.</exception>
    public static async Task<string> CanonizeAsync(string faceUri, CancellationToken cancellation = default)
    {
        FaceUri uri = Addresses.Parse(faceUri);
        if (uri.TryCanonize(out FaceUri? canonical, out _))
        {
            return canonical.ToString();
        }

        IPAddress[] addresses = await Addresses.ResolveAsync(uri, cancellation).ConfigureAwait(false);
        string protocol = uri.Scheme.TrimEnd('4', '6');
        return FaceUri.FromAddress(protocol, addresses[0], (ushort)PortOf(uri)).ToString();
    }

    /// <summary>Opens a persistent link.</summary>
    /// <inheritdoc cref="OpenAsync(string, FacePersistency, CancellationToken)"/>
    public Task<ICountedLink> OpenAsync(string faceUri, CancellationToken cancellation = default) =>
        OpenAsync(faceUri, FacePersistency.Persistent, cancellation);

    /// <summary>Opens a link to a peer; it is to be started.</summary>
    /// <param name="faceUri">The peer, such as <c>unix:///run/nfd/nfd.sock</c> or <c>tcp://router.example</c>.</param>
    /// <param name="persistency">When it ends by itself; outgoing links are not on-demand, Unix ones not permanent.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LinkOpenException">It did not work; the message names the value that stands in the way.</exception>
    public async Task<ICountedLink> OpenAsync(string faceUri, FacePersistency persistency, CancellationToken cancellation)
    {
        FaceUri uri = Addresses.Parse(faceUri);
        if (persistency == FacePersistency.OnDemand
            || (persistency == FacePersistency.Permanent && uri.Scheme == "unix"))
        {
            throw new LinkOpenException(
                faceUri, LinkOpenFailure.Unsupported, $"an outgoing '{uri.Scheme}' link cannot be {persistency}");
        }

        switch (uri.Scheme)
        {
            case "unix":
                return await UnixStreamConnector.ConnectAsync(uri.Path, pool, clock, options.Streams, cancellation)
                    .ConfigureAwait(false);
            case "tcp" or "tcp4" or "tcp6":
                return await OpenTcpAsync(uri, persistency, cancellation).ConfigureAwait(false);
            case "udp" or "udp4" or "udp6":
                IPAddress[] addresses = await Addresses.ResolveAsync(uri, cancellation).ConfigureAwait(false);
                return OpenUdp(uri, addresses, persistency);
            default:
                throw Unsupported(faceUri, uri.Scheme);
        }
    }

    /// <summary>Opens a listener; it is to be started.</summary>
    /// <param name="faceUri">Where to listen, such as <c>udp4://0.0.0.0:6363</c>; port 0 lets the system choose.</param>
    /// <exception cref="LinkOpenException">It did not work; the message names the value that stands in the way.</exception>
    public ICountedListener Listen(string faceUri)
    {
        FaceUri uri = Addresses.Parse(faceUri);
        switch (uri.Scheme)
        {
            case "unix":
                return new UnixStreamListener(uri.Path, pool, clock, options.Streams);
            case "tcp" or "tcp4" or "tcp6":
                return new TcpLinkListener(Addresses.ResolveLocal(uri), pool, clock, options.Streams);
            case "udp" or "udp4" or "udp6":
                var listener = new UdpLinkListener(Addresses.ResolveLocal(uri), pool, clock, options.Udp);
                lock (_gate)
                {
                    _udpListeners.RemoveAll(known => known.IsClosed);
                    _udpListeners.Add(listener);
                }

                return listener;
            default:
                throw Unsupported(faceUri, uri.Scheme);
        }
    }

    private static LinkOpenException Unsupported(string faceUri, string scheme) =>
        new(faceUri, LinkOpenFailure.Unsupported, $"there is no driver for '{scheme}' here");

    private static int PortOf(FaceUri uri)
    {
        int port = uri.Port ?? uri.SchemeDefaultPort ?? FaceUri.DefaultPort;
        return port > 0 ? port : throw new LinkOpenException(uri.ToString(), LinkOpenFailure.BadUri, "nobody listens on port 0");
    }

    private async Task<ICountedLink> OpenTcpAsync(FaceUri uri, FacePersistency persistency, CancellationToken cancellation)
    {
        int port = PortOf(uri);
        IPAddress[] addresses = await Addresses.ResolveAsync(uri, cancellation).ConfigureAwait(false);
        LinkOpenException? first = null;
        foreach (IPAddress address in addresses)
        {
            try
            {
                return await TcpConnector.ConnectAsync(
                    new IPEndPoint(address, port), persistency, pool, clock, options.Streams, cancellation)
                    .ConfigureAwait(false);
            }
            catch (LinkOpenException error)
            {
                first ??= error;
            }
        }

        throw first!;
    }

    private UdpLink OpenUdp(FaceUri uri, IPAddress[] addresses, FacePersistency persistency)
    {
        var remote = new IPEndPoint(addresses[0], PortOf(uri));
        if (remote.AddressFamily == AddressFamily.InterNetwork
            ? remote.Address.GetAddressBytes()[0] is >= 224 and < 240
            : remote.Address.IsIPv6Multicast)
        {
            throw new LinkOpenException(uri.ToString(), LinkOpenFailure.Unsupported, "multicast links are not made here");
        }

        UdpLinkListener? shared = FindListener(remote);
        return shared is not null
            ? shared.Connect(remote, persistency)
            : UdpLinkListener.ConnectAlone(remote, persistency, pool, clock, options.Udp);
    }

    /// <summary>A listener whose address a datagram to the peer may come from.</summary>
    private UdpLinkListener? FindListener(IPEndPoint remote)
    {
        lock (_gate)
        {
            return _udpListeners.Find(listener => !listener.IsClosed && Reaches(listener.LocalEndPoint, remote));
        }
    }

    private static bool Reaches(IPEndPoint local, IPEndPoint remote) =>
        local.AddressFamily == remote.AddressFamily
        && (local.Address.Equals(IPAddress.Any)
            || local.Address.Equals(IPAddress.IPv6Any)
            || IPAddress.IsLoopback(local.Address) == IPAddress.IsLoopback(remote.Address));
}
