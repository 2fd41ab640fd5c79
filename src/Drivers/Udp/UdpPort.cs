using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Linux;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Udp;

/// <summary>One UDP socket, its receiving thread, and the links that share it.</summary>
/// <remarks>
/// The thread blocks until something is there, drains the socket into leases kept per link, then delivers; on that path
/// nothing is allocated. On Linux a batch is one system call, and a full one is followed by the next without waiting.
/// The socket lives as long as somebody accepts on it or a link uses it.
/// Bound: 64 datagrams between deliveries; <see cref="UdpOptions.PeersMax"/> on-demand links.
/// </remarks>
internal sealed class UdpPort
{
    private static readonly TimeSpan TickMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan TickMax = TimeSpan.FromSeconds(5);
    private const int FullBatch = UdpOptions.BatchSizeMax / 4;
    private const int BatchesMax = 64;

    private readonly Lock _life = new();
    private readonly ConcurrentDictionary<SocketAddress, UdpLink> _links = new();
    private readonly UdpSocket _socket;
    private readonly bool _isShared;
    private readonly FramePool _pool;
    private readonly HostClock _clock;
    private readonly UdpOptions _options;
    private readonly TimeSpan _tick;
    private readonly int _frameOctetsMax;

    // Used by the receiving thread only.
    private readonly SocketAddress _from;
    private readonly UdpLink[] _dirty = new UdpLink[UdpOptions.BatchSizeMax];
    private int _dirtyCount;
    private readonly DatagramReceiver? _receiver;
    private FrameLease? _spare;
    private UdpLink? _lastLink;
    private UdpLink? _secondLastLink;
    private Instant _nextSweep;

    private Action<ILink>? _onAccepted;
    private Thread? _thread;
    private int _onDemandCount;
    private bool _isHeld;
    private bool _isEnding;

    internal UdpPort(UdpSocket socket, bool isShared, FramePool pool, HostClock clock, UdpOptions options)
    {
        _socket = socket;
        _isShared = isShared;
        _pool = pool;
        _clock = clock;
        _options = options;
        _frameOctetsMax = Math.Min(options.Mtu, pool.FrameSize - 1);
        _tick = TimeSpan.FromTicks(Math.Clamp(options.IdleTimeout.Ticks / 4, TickMin.Ticks, TickMax.Ticks));
        _from = new SocketAddress(socket.LocalEndPoint.AddressFamily);
        _receiver = DatagramBatches.AreSupported ? new DatagramReceiver(pool, UdpOptions.BatchSizeMax, _from.Size) : null;
        _isHeld = isShared;
    }

    internal IPEndPoint LocalEndPoint => _socket.LocalEndPoint;

    internal int ReceiveBufferOctets => _socket.ReceiveBufferOctets;

    internal TransportCounters Counters { get; } = new();

    internal Instant Now => _clock.Now;

    internal bool IsWritable => _socket.IsWritable;

    /// <summary>Makes a link for each peer that is heard from now on.</summary>
    internal void StartAccepting(Action<ILink> onAccepted)
    {
        if (Interlocked.CompareExchange(ref _onAccepted, onAccepted, null) is not null)
        {
            throw new InvalidOperationException("a listener is started once");
        }

        EnsureReceiving();
    }

    /// <summary>Makes no more links; the socket ends when the last one does.</summary>
    internal void StopAccepting()
    {
        Volatile.Write(ref _onAccepted, null);
        lock (_life)
        {
            _isHeld = false;
        }

        EndWhenUnused();
    }

    /// <summary>Makes the link to a peer.</summary>
    /// <exception cref="LinkOpenException">There is one already, or the socket has ended.</exception>
    internal UdpLink Connect(IPEndPoint remote, FacePersistency persistency)
    {
        SocketAddress address = remote.Serialize();
        UdpLink link = MakeLink(remote, address, persistency);
        lock (_life)
        {
            if (_isEnding)
            {
                throw new LinkOpenException(
                    link.Capabilities.RemoteUri, LinkOpenFailure.SocketFailure, "the socket was closed meanwhile");
            }

            if (!_links.TryAdd(address, link))
            {
                _links.TryGetValue(address, out UdpLink? existing);
                throw new LinkOpenException(
                    link.Capabilities.RemoteUri, LinkOpenFailure.AlreadyOpen, "there is a link to it already", null, existing);
            }
        }

        return link;
    }

    internal void Remove(UdpLink link)
    {
        if (_links.TryRemove(KeyValuePair.Create(link.Address, link)) && link.WasOnDemand)
        {
            Interlocked.Decrement(ref _onDemandCount);
        }

        EndWhenUnused();
    }

    internal SocketError SendBatch(ReadOnlySpan<FrameLease> frames, SocketAddress to, out int sent) =>
        _socket.SendBatch(frames, to, out sent);

    /// <summary>Starts the receiving thread unless it runs.</summary>
    internal void EnsureReceiving()
    {
        lock (_life)
        {
            if (_thread is null && !_isEnding)
            {
                _thread = new Thread(ReceiveLoop) { IsBackground = true, Name = "udp " + _socket.LocalEndPoint };
                _thread.Start();
            }
        }
    }

    private void EndWhenUnused()
    {
        lock (_life)
        {
            if (_isEnding || _isHeld || !_links.IsEmpty)
            {
                return;
            }

            _isEnding = true;
            if (_thread is null)
            {
                _socket.Dispose();
                return;
            }
        }

        _socket.Shutdown();
    }

    private void ReceiveLoop()
    {
        _nextSweep = _clock.Now + _tick;
        while (!Volatile.Read(ref _isEnding))
        {
            if (_socket.WaitReadable(_tick))
            {
                if (_receiver is null)
                {
                    Drain();
                }
                else
                {
                    DrainBatches(_receiver);
                }
            }

            Sweep();
        }

        _receiver?.Dispose();
        _spare?.Dispose();
        _spare = null;
        _socket.Dispose();
    }

    private void DrainBatches(DatagramReceiver receiver)
    {
        int count;
        int batches = 0;
        do
        {
            SocketError error = _socket.ReceiveBatch(receiver, out count);
            if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.Interrupted))
            {
                // ICMP reports about something sent earlier; the socket goes on.
                Counters.CountReceiveError();
            }

            Instant now = _clock.Now;
            for (int slot = 0; slot < count; slot++)
            {
                receiver.Address(slot).CopyTo(_from.Buffer.Span);
                UdpLink? link = RouteTo(receiver.Datagram(slot));
                if (link is not null)
                {
                    FrameLease frame = receiver.Take(slot);
                    frame.Arrival = now;
                    Pend(link, frame);
                }
            }

            DeliverAll();
        }
        while (count >= FullBatch && ++batches < BatchesMax && !Volatile.Read(ref _isEnding));
    }

    private void Drain()
    {
        for (int count = 0; count < UdpOptions.BatchSizeMax && !Volatile.Read(ref _isEnding); count++)
        {
            FrameLease frame = _spare ?? _pool.Rent();
            _spare = frame;
            SocketError error = _socket.Receive(frame.Buffer.Span, _from, out int octets);
            if (error == SocketError.Success)
            {
                frame.Arrival = _clock.Now;
                frame.Length = octets;
                if (RouteTo(frame.Span) is { } link)
                {
                    _spare = null;
                    Pend(link, frame);
                }
            }
            else if (error == SocketError.WouldBlock)
            {
                break;
            }
            else
            {
                // ICMP reports about something sent earlier; the socket goes on.
                Counters.CountReceiveError();
            }

            if (!_socket.HasMore)
            {
                break;
            }
        }

        DeliverAll();
    }

    private void Pend(UdpLink link, FrameLease frame)
    {
        if (link.Pend(frame) == 1)
        {
            _dirty[_dirtyCount++] = link;
        }
    }

    private void DeliverAll()
    {
        for (int i = 0; i < _dirtyCount; i++)
        {
            _dirty[i].DeliverPending();
        }

        _dirtyCount = 0;
    }

    /// <summary>The link that a datagram from <c>_from</c> is for; null, and counted, when it is for none.</summary>
    private UdpLink? RouteTo(ReadOnlySpan<byte> datagram)
    {
        TlvStatus status = FrameCheck.CheckDatagram(datagram, _frameOctetsMax);
        UdpLink? link = FindLink();
        if (status != TlvStatus.Ok)
        {
            TransportCounters counters = link?.Counters ?? Counters;
            if (status == TlvStatus.TooLarge)
            {
                counters.CountReceiveOversize();
            }
            else if (!Volatile.Read(ref _isEnding))
            {
                counters.CountReceiveMalformed();
            }

            return null;
        }

        link ??= Accept();
        if (link is null)
        {
            Counters.CountPeerRefused();
        }

        return link;
    }

    private UdpLink? FindLink()
    {
        UdpLink? last = _lastLink;
        if (last is not null && !last.IsClosed && (!_isShared || last.Address.Equals(_from)))
        {
            return last;
        }

        // Two peers that take turns, as those of a forwarded flow do, are both remembered.
        UdpLink? found = _secondLastLink;
        if (found is null || found.IsClosed || !found.Address.Equals(_from))
        {
            if (_isShared)
            {
                _links.TryGetValue(_from, out found);
            }
            else
            {
                found = FirstLink();
            }
        }

        _secondLastLink = last;
        _lastLink = found;
        return found;
    }

    private UdpLink? FirstLink()
    {
        foreach (KeyValuePair<SocketAddress, UdpLink> entry in _links)
        {
            return entry.Value;
        }

        return null;
    }

    private UdpLink? Accept()
    {
        Action<ILink>? onAccepted = Volatile.Read(ref _onAccepted);
        if (onAccepted is null || Volatile.Read(ref _onDemandCount) >= _options.PeersMax)
        {
            return null;
        }

        var remote = (IPEndPoint)_socket.LocalEndPoint.Create(_from);
        SocketAddress address = remote.Serialize();
        UdpLink link = MakeLink(remote, address, FacePersistency.OnDemand);
        lock (_life)
        {
            if (_isEnding)
            {
                return null;
            }

            if (!_links.TryAdd(address, link))
            {
                // An outgoing link to the same peer was made this moment.
                return _links.TryGetValue(address, out UdpLink? other) ? other : null;
            }
        }

        Interlocked.Increment(ref _onDemandCount);
        onAccepted(link);
        _lastLink = link;
        return link;
    }

    private UdpLink MakeLink(IPEndPoint remote, SocketAddress address, FacePersistency persistency)
    {
        IPEndPoint local = Addresses.TowardsPeer(_socket.LocalEndPoint, remote);
        var capabilities = new LinkCapabilities(
            Addresses.ToUri("udp", local),
            Addresses.ToUri("udp", remote),
            LinkScope.NonLocal,
            LinkType.PointToPoint,
            persistency,
            _frameOctetsMax,
            UdpOptions.BatchSizeMax,
            ReportsSendQueue: false);
        return new UdpLink(this, remote, address, capabilities, _clock.Now);
    }

    private void Sweep()
    {
        Instant now = _clock.Now;
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + _tick;
        foreach (KeyValuePair<SocketAddress, UdpLink> entry in _links)
        {
            entry.Value.CloseWhenIdle(now, _options.IdleTimeout);
        }
    }
}
