using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Sdk.Connection;

/// <summary>Runs the protocol cores of one connection: one thread at a time, time from a <see cref="TimeProvider"/>.</summary>
/// <remarks>
/// Thread-safe. What completes a caller's wait runs after the lock is released. Slow work never runs under the lock.
/// Owns: each received lease, until the cores have read it.
/// </remarks>
internal sealed class PacketLoop : ILinkReceiver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ILink _link;
    private readonly LinkService _service;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly TokenTable _tokens = new();
    private readonly List<IPacketCore> _cores = [];
    private readonly List<FrameLease> _outgoing = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Instant _armedFor = Instant.Never;
    private string? _closeReason;

    /// <summary>Makes a loop on a link that nobody has started.</summary>
    public PacketLoop(ILink link, FramePool frames, IRandomSource random, TimeProvider time)
    {
        _link = link;
        _time = time;
        _origin = time.GetTimestamp();
        UnixTimeAtZeroMs = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        _service = new LinkService(new LinkServiceOptions { Mtu = link.Capabilities.Mtu }, frames, random);
        _timer = time.CreateTimer(static state => ((PacketLoop)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when the connection does.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Unix time at the zero of <see cref="Now"/>, in milliseconds.</summary>
    public ulong UnixTimeAtZeroMs { get; }

    /// <summary>Time since the loop was made.</summary>
    public Instant Now
    {
        get
        {
            TimeSpan elapsed = _time.GetElapsedTime(_origin);
            return new Instant(elapsed.Ticks * 100);
        }
    }

    /// <summary>Adds a core; cores are offered packets in the order they were added.</summary>
    public void Add(IPacketCore core)
    {
        lock (_gate)
        {
            _cores.Add(core);
        }
    }

    /// <summary>Begins to receive.</summary>
    public void Start() => _link.Start(this);

    /// <summary>Gives the cores an input and does what follows from it.</summary>
    /// <param name="input">Runs under the lock; must not block.</param>
    /// <exception cref="PiccoloException">The connection has ended.</exception>
    public void Enter(Action<Instant> input)
    {
        List<Action> afterwards = [];
        lock (_gate)
        {
            if (_closeReason is not null)
            {
                throw new PiccoloException(PiccoloErrorKind.Disconnected, $"the connection to the node ended: {_closeReason}");
            }

            Instant now = Now;
            input(now);
            Drain(afterwards, now);
        }

        RunAll(afterwards);
    }

    /// <summary>Gives the cores an input if the connection still lives.</summary>
    public void TryEnter(Action<Instant> input)
    {
        try
        {
            Enter(input);
        }
        catch (PiccoloException error) when (error.Kind == PiccoloErrorKind.Disconnected)
        {
            // Whoever waited was told when the connection ended; a late input has nobody to go to.
            return;
        }
    }

    /// <inheritdoc/>
    public void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames)
    {
        List<Action> afterwards = [];
        lock (_gate)
        {
            Instant now = Now;
            var sink = new CoreSink(this, now);
            foreach (FrameLease frame in frames)
            {
                if (_closeReason is null)
                {
                    _service.HandleFrame(frame.Span, now, ref sink);
                }

                frame.Dispose();
            }

            Drain(afterwards, now);
        }

        RunAll(afterwards);
    }

    /// <inheritdoc/>
    public void OnClosed(ILink link, LinkCloseReason reason, string detail) => End(detail);

    /// <summary>Waits until the transport has taken everything that was sent.</summary>
    public async Task FlushAsync(TimeSpan limit, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        while (_link.SendQueueOctets > 0 && _time.GetElapsedTime(start) < limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Close(LinkCloseReason.Requested);
        End("it was closed here");
        _timer.Dispose();
    }

    private static void RunAll(List<Action> actions)
    {
        foreach (Action action in actions)
        {
            action();
        }
    }

    private void End(string reason)
    {
        List<Action> afterwards = [];
        lock (_gate)
        {
            if (_closeReason is not null)
            {
                return;
            }

            _closeReason = reason;
            foreach (IPacketCore core in _cores)
            {
                core.HandleClosed(afterwards, reason);
            }
        }

        RunAll(afterwards);
        _closed.TrySetResult();
    }

    private void OnTimer()
    {
        List<Action> afterwards = [];
        lock (_gate)
        {
            _armedFor = Instant.Never;
            if (_closeReason is not null)
            {
                return;
            }

            Instant now = Now;
            _service.HandleTimeout(now);
            foreach (IPacketCore core in _cores)
            {
                if (core.NextTimeout <= now)
                {
                    core.HandleTimeout(now);
                }
            }

            Drain(afterwards, now);
        }

        RunAll(afterwards);
    }

    private void Drain(List<Action> afterwards, Instant now)
    {
        bool isMoving = true;
        while (isMoving)
        {
            isMoving = false;
            foreach (IPacketCore core in _cores)
            {
                core.HandleEvents(afterwards, now);
                while (core.TryTakeTransmit(out ReadOnlyMemory<byte> packet))
                {
                    isMoving = true;
                    var headers = new LpHeaders { PitToken = _tokens.Take(packet.Span, now) };
                    _service.Send(in headers, packet.Span, _link.SendQueueOctets, now);
                }
            }
        }

        while (_service.TryTakeTransmit(out FrameLease? frame))
        {
            _outgoing.Add(frame!);
        }

        if (_outgoing.Count > 0)
        {
            _link.Send(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_outgoing));
            _outgoing.Clear();
        }

        ArmTimer(now);
    }

    private void ArmTimer(Instant now)
    {
        Instant next = _service.NextTimeout;
        foreach (IPacketCore core in _cores)
        {
            next = Instant.Min(next, core.NextTimeout);
        }

        if (next >= _armedFor || _closeReason is not null)
        {
            return;
        }

        _armedFor = next;
        double milliseconds = Math.Clamp(Math.Ceiling((next - now).TotalMilliseconds), 1, uint.MaxValue - 2);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private ref struct CoreSink(PacketLoop loop, Instant now) : ILinkServiceSink
    {
        public readonly void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet)
        {
            loop._tokens.Remember(in headers, packet, now);
            foreach (IPacketCore core in loop._cores)
            {
                if (core.HandleInterest(in headers, packet, now))
                {
                    return;
                }
            }
        }

        public readonly void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet)
        {
            foreach (IPacketCore core in loop._cores)
            {
                if (core.HandleData(in headers, packet, now))
                {
                    return;
                }
            }
        }

        public readonly void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest)
        {
            foreach (IPacketCore core in loop._cores)
            {
                if (core.HandleNack(in headers, interest, now))
                {
                    return;
                }
            }
        }
    }
}
