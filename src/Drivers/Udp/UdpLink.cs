using System.Net;
using System.Net.Sockets;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Udp;

/// <summary>One UDP peer: each frame is a datagram.</summary>
/// <remarks>
/// Sends from the caller's thread without blocking; there is no queue, the socket's buffer is one. A send that the
/// socket cannot take drops the rest of its batch. What comes before <see cref="Start"/>
/// waits for it, up to <see cref="KeptFramesMax"/> frames. Socket errors, such as "port unreachable", are counted and survived.
/// Scope is non-local even on loopback, as datagrams prove nothing about who sent them.
/// </remarks>
public sealed class UdpLink : ICountedLink, IPersistencyControl
{
    /// <summary>How many datagrams of a new peer wait until somebody has made a face for it.</summary>
    internal const int KeptFramesMax = 8;

    private readonly UdpPort _port;
    private readonly DeliveryGate _gate;
    private readonly FrameLease[] _pending = new FrameLease[UdpOptions.BatchSizeMax];
    private int _pendingCount;
    private long _lastReceived;
    private int _persistency;
    private int _sendBlocked;

    internal UdpLink(UdpPort port, IPEndPoint remote, SocketAddress address, LinkCapabilities capabilities, Instant now)
    {
        _port = port;
        Remote = remote;
        Address = address;
        Capabilities = capabilities;
        _persistency = (int)capabilities.Persistency;
        _lastReceived = now.Nanoseconds;
        _gate = new DeliveryGate(this, Counters, () => _port.Remove(this), KeptFramesMax);
    }

    /// <inheritdoc/>
    public LinkCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public TransportCounters Counters { get; } = new();

    /// <summary>Always 0: datagrams do not wait here.</summary>
    public long SendQueueOctets => 0;

    /// <inheritdoc/>
    public FacePersistency Persistency => (FacePersistency)Volatile.Read(ref _persistency);

    internal IPEndPoint Remote { get; }

    internal SocketAddress Address { get; }

    internal bool IsClosed => _gate.IsClosed;

    internal bool WasOnDemand => Capabilities.Persistency == FacePersistency.OnDemand;

    /// <inheritdoc/>
    public void Start(ILinkReceiver receiver)
    {
        Volatile.Write(ref _lastReceived, _port.Now.Nanoseconds);
        if (_gate.Start(receiver))
        {
            _port.EnsureReceiving();
        }
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<FrameLease> frames)
    {
        if (_gate.IsClosed)
        {
            Counters.CountSendClosed(frames.Length);
            Leases.Dispose(frames);
            return 0;
        }

        if (Volatile.Read(ref _sendBlocked) != 0 && !TryUnblock(frames))
        {
            return 0;
        }

        int sent = 0;
        int next = 0;
        long octets = 0;
        while (next < frames.Length)
        {
            int end = EndOfRun(frames, next);
            SocketError error = SendRun(frames[next..end], out int count);
            for (int i = next; i < next + count; i++)
            {
                octets += frames[i].Length;
                frames[i].Dispose();
            }

            sent += count;
            next += count;
            if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
            {
                Volatile.Write(ref _sendBlocked, 1);
                Counters.CountSendQueueFull(frames.Length - next);
                Leases.Dispose(frames[next..]);
                break;
            }

            if (error != SocketError.Success)
            {
                frames[next++].Dispose();
            }
        }

        Counters.CountSent(sent, octets);
        return sent;
    }

    /// <inheritdoc/>
    public void Close(LinkCloseReason reason) => _gate.Close(reason, "closed by this side");

    /// <inheritdoc/>
    public bool TrySetPersistency(FacePersistency persistency)
    {
        Volatile.Write(ref _persistency, (int)persistency);
        return true;
    }

    /// <summary>Keeps a frame until the receiving thread has drained the socket.</summary>
    /// <returns>How many frames are kept.</returns>
    internal int Pend(FrameLease frame)
    {
        _pending[_pendingCount++] = frame;
        Volatile.Write(ref _lastReceived, frame.Arrival.Nanoseconds);
        return _pendingCount;
    }

    internal void DeliverPending()
    {
        int count = _pendingCount;
        _pendingCount = 0;
        _gate.Deliver(_pending.AsSpan(0, count));
    }

    internal void CloseWhenIdle(Instant now, TimeSpan timeout)
    {
        if (Persistency == FacePersistency.OnDemand
            && now - new Instant(Volatile.Read(ref _lastReceived)) >= timeout)
        {
            _gate.Close(LinkCloseReason.Idle, $"nothing came from {Capabilities.RemoteUri} within the idle time");
        }
    }

    /// <summary>Where the frames end that can go out together; the one at <paramref name="start"/> alone when it is too large.</summary>
    private int EndOfRun(ReadOnlySpan<FrameLease> frames, int start)
    {
        int mtu = Capabilities.Mtu;
        int end = start + 1;
        while (end < frames.Length && frames[end - 1].Length <= mtu && frames[end].Length <= mtu)
        {
            end++;
        }

        return end;
    }

    private SocketError SendRun(ReadOnlySpan<FrameLease> frames, out int sent)
    {
        sent = 0;
        if (frames[0].Length > Capabilities.Mtu)
        {
            Counters.CountSendOversize();
            return SocketError.MessageSize;
        }

        SocketError error = _port.SendBatch(frames, Address, out sent);
        if (error == SocketError.ConnectionRefused)
        {
            // The error belongs to an earlier datagram and is gone; this one was not sent.
            Counters.CountReceiveError();
            error = _port.SendBatch(frames[sent..], Address, out int more);
            sent += more;
        }

        if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable))
        {
            Counters.CountSendErrors(1);
        }

        return error;
    }

    /// <summary>After a full socket: asks first, which is cheaper than failing frame by frame.</summary>
    private bool TryUnblock(ReadOnlySpan<FrameLease> frames)
    {
        if (_port.IsWritable)
        {
            Volatile.Write(ref _sendBlocked, 0);
            return true;
        }

        Counters.CountSendQueueFull(frames.Length);
        Leases.Dispose(frames);
        return false;
    }
}
