using System.Net;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Udp;

/// <summary>One UDP socket that hears every peer: on-demand links for those that write first, and outgoing links too.</summary>
/// <remarks>
/// Outgoing links made with <see cref="Connect"/> leave from the listening port, so that the peer sees one address of
/// ours whoever writes first. A peer becomes a link only with a well-formed frame.
/// </remarks>
public sealed class UdpLinkListener : ICountedListener
{
    private readonly UdpPort _port;
    private bool _isClosed;

    /// <summary>Binds the socket.</summary>
    /// <param name="local">Address and port; port 0 lets the system choose.</param>
    /// <param name="pool">Where received frames are rented.</param>
    /// <param name="clock">Stamps arrivals and measures idle times.</param>
    /// <param name="options">Sizes and times.</param>
    /// <exception cref="LinkOpenException">The address cannot be bound.</exception>
    public UdpLinkListener(IPEndPoint local, FramePool pool, HostClock clock, UdpOptions options)
    {
        ArgumentNullException.ThrowIfNull(local);
        _port = new UdpPort(UdpSocket.Bind(local, options), isShared: true, pool, clock, options);
        LocalUri = Addresses.ToUri("udp", _port.LocalEndPoint);
    }

    /// <inheritdoc/>
    public string LocalUri { get; }

    /// <summary>The address it is bound to.</summary>
    public IPEndPoint LocalEndPoint => _port.LocalEndPoint;

    /// <summary>Whether it stopped accepting.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <inheritdoc/>
    public TransportCounters Counters => _port.Counters;

    /// <summary>How large the socket's receive buffer really is; bursts beyond it are lost in the kernel, uncounted here.</summary>
    public int ReceiveBufferOctets => _port.ReceiveBufferOctets;

    /// <inheritdoc/>
    public void Start(Action<ILink> onAccepted)
    {
        ArgumentNullException.ThrowIfNull(onAccepted);
        _port.StartAccepting(onAccepted);
    }

    /// <summary>Makes a link to a peer that leaves from this socket.</summary>
    /// <exception cref="LinkOpenException">There is one already.</exception>
    public UdpLink Connect(IPEndPoint remote, FacePersistency persistency)
    {
        ArgumentNullException.ThrowIfNull(remote);
        return _port.Connect(remote, persistency);
    }

    /// <summary>Makes a link to a peer over a socket of its own, which closes with it.</summary>
    /// <exception cref="LinkOpenException">There is no way to the peer.</exception>
    public static UdpLink ConnectAlone(
        IPEndPoint remote, FacePersistency persistency, FramePool pool, HostClock clock, UdpOptions options)
    {
        ArgumentNullException.ThrowIfNull(remote);
        var port = new UdpPort(UdpSocket.ConnectTo(remote, options), isShared: false, pool, clock, options);
        return port.Connect(remote, persistency);
    }

    /// <inheritdoc/>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        _port.StopAccepting();
    }
}
