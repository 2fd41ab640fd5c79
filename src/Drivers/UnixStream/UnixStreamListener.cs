using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.UnixStream;

/// <summary>Listens on a Unix socket; each connection becomes an on-demand link that lives as long as the connection.</summary>
/// <remarks>A socket file left by a process that died is replaced; one on which somebody answers is not.</remarks>
public sealed class UnixStreamListener : ICountedListener
{
    private const int AcceptBacklog = 128;

    private readonly StreamAcceptor _acceptor;
    private readonly StreamLinkSettings _settings;

    /// <summary>Binds and listens.</summary>
    /// <param name="path">Absolute path of the socket; its directory must exist.</param>
    /// <param name="pool">Where received frames are rented.</param>
    /// <param name="clock">Stamps arrivals.</param>
    /// <param name="options">Sizes, times and permissions.</param>
    /// <exception cref="LinkOpenException">The path is taken, too long or not permitted.</exception>
    public UnixStreamListener(string path, FramePool pool, HostClock clock, StreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(options);
        UnixDomainSocketEndPoint endPoint = UnixSocketFile.EndPointOf(path);
        UnixSocketFile.RemoveIfStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, options.UnixSocketMode);
            }

            socket.Listen(AcceptBacklog);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw LinkOpenException.FromSocket("unix://" + path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new LinkOpenException("unix://" + path, LinkOpenFailure.NotPermitted, error.Message, error);
        }

        LocalUri = "unix://" + path;
        _settings = new StreamLinkSettings(pool, clock, options);
        _acceptor = new StreamAcceptor(socket, clock, options, Counters);
    }

    /// <inheritdoc/>
    public string LocalUri { get; }

    /// <inheritdoc/>
    public TransportCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Start(Action<ILink> onAccepted) => _acceptor.Start(MakeLink, onAccepted);

    /// <summary>Stops accepting; the socket's file goes too, as the platform removes what it bound.</summary>
    public void Close() => _acceptor.Close();

    private StreamLink MakeLink(Socket socket, Action onReleased)
    {
        LinkCapabilities capabilities = UnixStreamConnector.Describe(
            LocalUri, UnixStreamConnector.DescriptorUri(socket), FacePersistency.OnDemand);
        return new StreamLink(socket, capabilities, _settings with { OnReleased = onReleased });
    }
}
