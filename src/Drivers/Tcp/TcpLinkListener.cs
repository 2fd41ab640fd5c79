using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tcp;

/// <summary>Listens on a TCP port; each connection becomes an on-demand link that lives as long as the connection.</summary>
public sealed class TcpLinkListener : ICountedListener
{
    private const int AcceptBacklog = 128;

    private readonly StreamAcceptor _acceptor;
    private readonly StreamLinkSettings _settings;

    /// <summary>Binds and listens.</summary>
    /// <param name="local">Address and port; port 0 lets the system choose.</param>
    /// <param name="pool">Where received frames are rented.</param>
    /// <param name="clock">Stamps arrivals.</param>
    /// <param name="options">Sizes and times.</param>
    /// <exception cref="LinkOpenException">The address cannot be bound.</exception>
    public TcpLinkListener(IPEndPoint local, FramePool pool, HostClock clock, StreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(clock);
        Socket? socket = null;
        try
        {
            socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(local);
            socket.Listen(AcceptBacklog);
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw LinkOpenException.FromSocket(Addresses.ToUri("tcp", local), error);
        }

        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        LocalUri = Addresses.ToUri("tcp", LocalEndPoint);
        _settings = new StreamLinkSettings(pool, clock, options, IsPersistencyAdjustable: true);
        _acceptor = new StreamAcceptor(socket, clock, options, Counters);
    }

    /// <inheritdoc/>
    public string LocalUri { get; }

    /// <summary>The address it is bound to.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public TransportCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Start(Action<ILink> onAccepted) => _acceptor.Start(MakeLink, onAccepted);

    /// <inheritdoc/>
    public void Close() => _acceptor.Close();

    private StreamLink MakeLink(Socket socket, Action onReleased)
    {
        TcpConnector.Prepare(socket, _settings.Options);
        LinkCapabilities capabilities = TcpConnector.Describe(socket, FacePersistency.OnDemand);
        return new StreamLink(socket, capabilities, _settings with { OnReleased = onReleased });
    }
}
