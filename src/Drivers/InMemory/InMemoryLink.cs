using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.InMemory;

/// <summary>One end of a link inside a process: what is sent at one end is received at the other, without a copy.</summary>
/// <remarks>
/// Each end has an inbox, and at most one thread empties it at a time: calls of a receiver never overlap, and a receiver
/// that answers at once does not recurse. Closing an end closes the other too, which hears that its peer closed.
/// Bound: <see cref="InMemoryOptions.QueueFramesMax"/> frames in each inbox.
/// </remarks>
public sealed class InMemoryLink : ICountedLink
{
    private const int BatchSize = 64;

    private readonly Lock _inboxGate = new();
    private readonly Queue<FrameLease> _inbox = new();
    private readonly FrameLease[] _batch = new FrameLease[BatchSize];
    private readonly InMemoryOptions _options;
    private readonly HostClock _clock;
    private readonly DeliveryGate _gate;
    private InMemoryLink _other;
    private long _inboxOctets;
    private bool _isStarted;
    private bool _isDelivering;
    private bool _isPeerClosed;

    private InMemoryLink(string local, string remote, HostClock clock, InMemoryOptions options)
    {
        _clock = clock;
        _options = options;
        _other = this;
        _gate = new DeliveryGate(this, Counters, Release);
        Capabilities = new LinkCapabilities(
            "mem://" + local,
            "mem://" + remote,
            options.Scope,
            LinkType.PointToPoint,
            options.Persistency,
            options.Mtu,
            BatchSize,
            ReportsSendQueue: true);
    }

    /// <inheritdoc/>
    public LinkCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public TransportCounters Counters { get; } = new();

    /// <summary>Octets that wait in the other end's inbox.</summary>
    public long SendQueueOctets => Volatile.Read(ref _other._inboxOctets);

    /// <summary>Makes both ends of a link.</summary>
    /// <param name="clock">Stamps arrivals.</param>
    /// <param name="options">How the ends behave.</param>
    public static (InMemoryLink First, InMemoryLink Second) CreatePair(HostClock clock, InMemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var first = new InMemoryLink(options.FirstLabel, options.SecondLabel, clock, options);
        var second = new InMemoryLink(options.SecondLabel, options.FirstLabel, clock, options) { _other = first };
        first._other = second;
        return (first, second);
    }

    /// <inheritdoc/>
    public void Start(ILinkReceiver receiver)
    {
        if (!_gate.Start(receiver))
        {
            return;
        }

        lock (_inboxGate)
        {
            _isStarted = true;
        }

        Wake();
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

        int sent = 0;
        long octets = 0;
        foreach (FrameLease frame in frames)
        {
            int length = frame.Length;
            if (length > _options.Mtu)
            {
                Counters.CountSendOversize();
                frame.Dispose();
            }
            else if (!_other.Put(frame))
            {
                Counters.CountSendQueueFull(1);
                frame.Dispose();
            }
            else
            {
                sent++;
                octets += length;
            }
        }

        Counters.CountSent(sent, octets);
        if (sent > 0)
        {
            _other.Wake();
        }

        return sent;
    }

    /// <summary>Delivers what waits for this end, on the caller's thread.</summary>
    /// <returns>How many frames were delivered; 0 also when another thread is at it.</returns>
    public int DeliverQueued()
    {
        int delivered = 0;
        if (!TryBeginDelivery())
        {
            return delivered;
        }

        while (TryFillBatch(out int count))
        {
            delivered += _gate.Deliver(_batch.AsSpan(0, count)) ? count : 0;
        }

        return delivered;
    }

    /// <inheritdoc/>
    public void Close(LinkCloseReason reason) => _gate.Close(reason, "closed by this side");

    private bool Put(FrameLease frame)
    {
        lock (_inboxGate)
        {
            if (_gate.IsClosed || _inbox.Count >= _options.QueueFramesMax)
            {
                return false;
            }

            _inboxOctets += frame.Length;
            _inbox.Enqueue(frame);
            return true;
        }
    }

    private void Wake()
    {
        if (_options.Delivery == InMemoryDelivery.Inline)
        {
            DeliverQueued();
        }
        else if (_options.Delivery == InMemoryDelivery.Queued)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static link => link.DeliverQueued(), this, preferLocal: false);
        }
    }

    private bool TryBeginDelivery()
    {
        lock (_inboxGate)
        {
            if (!_isStarted || _isDelivering)
            {
                return false;
            }

            _isDelivering = true;
            return true;
        }
    }

    /// <summary>Takes the next frames out; gives the right to deliver back when there are none.</summary>
    private bool TryFillBatch(out int count)
    {
        bool isOver;
        long octets = 0;
        count = 0;
        lock (_inboxGate)
        {
            while (count < BatchSize && _inbox.TryDequeue(out FrameLease? frame))
            {
                frame.Arrival = _clock.Now;
                octets += frame.Length;
                _batch[count++] = frame;
            }

            _inboxOctets -= octets;
            _isDelivering = count > 0;
            isOver = count == 0 && _isPeerClosed;
        }

        if (isOver)
        {
            _gate.Close(LinkCloseReason.PeerClosed, "the other end was closed");
        }

        return count > 0;
    }

    /// <summary>What was sent before is still delivered; then this end closes.</summary>
    private void HearPeerClosed()
    {
        lock (_inboxGate)
        {
            _isPeerClosed = true;
        }

        Wake();
    }

    private void Release()
    {
        lock (_inboxGate)
        {
            Counters.CountReceiveClosed(_inbox.Count);
            while (_inbox.TryDequeue(out FrameLease? frame))
            {
                frame.Dispose();
            }

            _inboxOctets = 0;
        }

        _other.HearPeerClosed();
    }
}
