using System.Runtime.InteropServices;
using Piccolo.Client;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Sdk.Connection;

/// <summary>Runs the protocol cores of one connection: one thread at a time, time from a <see cref="TimeProvider"/>.</summary>
/// <remarks>
/// Thread-safe. What completes a caller's wait runs after the lock is released. Signing, verifying and running functions never happen
/// under the lock; hashing an argument or result does, up to the limits of the RICE cores.
/// A link may deliver the answer to a frame before its sending returns: that is an inner turn, and the outer one sends and completes
/// what it led to.
/// Owns: each received lease, until the cores have read it.
/// </remarks>
internal sealed class PacketLoop : ILinkReceiver, IDisposable
{
    private static readonly TimeSpan WallClockPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ILink _link;
    private readonly ClientCore _core;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly List<IPacketCore> _cores = [];
    private readonly List<FrameLease> _outgoing = [];
    private List<Action>? _turn;
    private bool _isSending;
    private readonly IClientEvents _events;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Instant _armedFor = Instant.Never;
    private Instant _nextWallClock;
    private string? _closeReason;

    /// <summary>Makes a loop on a link that nobody has started.</summary>
    /// <param name="link">The link.</param>
    /// <param name="frames">Where frames come from.</param>
    /// <param name="random">Where randomness comes from.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="events">Gets what the client core tells.</param>
    public PacketLoop(ILink link, FramePool frames, IRandomSource random, TimeProvider time, IClientEvents events)
    {
        _events = events;
        _link = link;
        _time = time;
        _origin = time.GetTimestamp();
        UnixTimeAtZeroMs = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        var linkOptions = new LinkServiceOptions { Mtu = link.Capabilities.Mtu };
        _core = new ClientCore(new ClientOptions { Link = linkOptions }, frames, random);
        _timer = time.CreateTimer(static state => ((PacketLoop)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when the connection does.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Unix time at the zero of <see cref="Now"/>, in milliseconds, as the wall clock had it at the beginning.</summary>
    public ulong UnixTimeAtZeroMs { get; }

    /// <summary>What the wall clock says now, in milliseconds since the Unix epoch.</summary>
    public ulong UnixMs => (ulong)Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Time since the loop was made.</summary>
    public Instant Now
    {
        get
        {
            TimeSpan elapsed = _time.GetElapsedTime(_origin);
            return new Instant(elapsed.Ticks * 100);
        }
    }

    /// <summary>The client core; only inside the loop.</summary>
    public ClientCore Core => _core;

    /// <summary>Adds a core; cores are offered packets in the order they were added, before the client core looks at them.</summary>
    public void Add(IPacketCore core)
    {
        lock (_gate)
        {
            _cores.Add(core);
            _core.AddGuest(core);
        }
    }

    /// <summary>Begins to receive.</summary>
    public void Start() => _link.Start(this);

    /// <summary>Gives the cores an input and does what follows from it.</summary>
    /// <param name="input">Runs under the lock; must not block.</param>
    /// <exception cref="PiccoloException">The connection has ended.</exception>
    public void Enter(Action<Instant> input)
    {
        List<Action>? afterwards;
        lock (_gate)
        {
            if (_closeReason is not null)
            {
                throw new PiccoloException(PiccoloErrorKind.Disconnected, $"the connection to the node ended: {_closeReason}");
            }

            List<Action>? outer = BeginTurn();
            try
            {
                Instant now = Now;
                ReadWallClock(now);
                input(now);
                Drain(now);
            }
            finally
            {
                afterwards = EndTurn(outer);
            }
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
        List<Action>? afterwards;
        lock (_gate)
        {
            List<Action>? outer = BeginTurn();
            try
            {
                Instant now = Now;
                ReadWallClock(now);
                HandleFrames(frames, now);
                Drain(now);
            }
            finally
            {
                afterwards = EndTurn(outer);
            }
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
            await Task.Delay(TimeSpan.FromMilliseconds(5), _time, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Close(LinkCloseReason.Requested);
        End("it was closed here");
        _timer.Dispose();
    }

    /// <summary>Runs what waited for the lock; one that throws does not keep the others from running.</summary>
    private static void RunAll(List<Action>? actions)
    {
        Exception? first = null;
        foreach (Action action in actions ?? [])
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                first ??= error;
            }
        }

        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>Begins to gather what must wait for the lock to be released; gives the turn that this one is inside of, or null.</summary>
    private List<Action>? BeginTurn()
    {
        List<Action>? outer = _turn;
        _turn = outer ?? [];
        return outer;
    }

    /// <summary>Gives what the outermost turn gathered; an inner turn leaves it to the outer one.</summary>
    private List<Action>? EndTurn(List<Action>? outer)
    {
        List<Action>? gathered = outer is null ? _turn : null;
        _turn = outer;
        return gathered;
    }

    private void End(string reason)
    {
        List<Action>? afterwards;
        lock (_gate)
        {
            if (_closeReason is not null)
            {
                return;
            }

            List<Action>? outer = BeginTurn();
            _closeReason = reason;
            _events.HandleClosed(_turn!, reason);
            foreach (IPacketCore core in _cores)
            {
                core.HandleClosed(_turn!, reason);
            }

            _core.Dispose();
            afterwards = EndTurn(outer);
        }

        try
        {
            RunAll(afterwards);
        }
        finally
        {
            _closed.TrySetResult();
        }
    }

    private void OnTimer()
    {
        List<Action>? afterwards;
        lock (_gate)
        {
            _armedFor = Instant.Never;
            if (_closeReason is not null)
            {
                return;
            }

            List<Action>? outer = BeginTurn();
            try
            {
                Instant now = Now;
                HandleTimeouts(now);
                Drain(now);
            }
            finally
            {
                afterwards = EndTurn(outer);
            }
        }

        RunAll(afterwards);
    }

    /// <summary>
    /// The monotonic clock stands still while the machine is suspended, and the wall clock may be set: the cores that compare with
    /// other machines' clocks are told once a second.
    /// </summary>
    private void ReadWallClock(Instant now)
    {
        if (now < _nextWallClock)
        {
            return;
        }

        _nextWallClock = now + WallClockPause;
        ulong unixMs = UnixMs;
        foreach (IPacketCore core in _cores)
        {
            core.HandleWallClock(unixMs, now);
        }
    }

    private void HandleFrames(ReadOnlySpan<FrameLease> frames, Instant now)
    {
        int next = 0;
        try
        {
            for (; next < frames.Length; next++)
            {
                if (_closeReason is null)
                {
                    _core.HandleFrame(frames[next].Span, now);
                }

                frames[next].Dispose();
            }
        }
        finally
        {
            // Only a fault leaves any: the rest of the batch is lost, its leases are not.
            for (; next < frames.Length; next++)
            {
                frames[next].Dispose();
            }
        }
    }

    private void HandleTimeouts(Instant now)
    {
        _core.HandleTimeout(now);
        foreach (IPacketCore core in _cores)
        {
            if (core.NextTimeout <= now)
            {
                core.HandleTimeout(now);
            }
        }
    }

    private void Drain(Instant now)
    {
        if (_closeReason is not null)
        {
            return;
        }

        List<Action> afterwards = _turn!;
        bool isMoving = true;
        while (isMoving)
        {
            isMoving = false;
            while (_core.TryTakeEvent(out ClientEvent taken))
            {
                isMoving = true;
                _events.HandleEvent(in taken, afterwards, now);
            }

            _events.HandleFetchers(afterwards, now);
            foreach (IPacketCore core in _cores)
            {
                core.HandleEvents(afterwards, now);
                while (core.TryTakeTransmit(out ReadOnlyMemory<byte> packet))
                {
                    isMoving = true;
                    Send(packet.Span, now);
                }
            }
        }

        Transmit();
        ArmTimer(now);
    }

    private void Transmit()
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        try
        {
            while (_closeReason is null)
            {
                while (_core.TryTakeTransmit(out FrameLease? frame))
                {
                    _outgoing.Add(frame);
                }

                if (_outgoing.Count == 0)
                {
                    break;
                }

                _link.Send(CollectionsMarshal.AsSpan(_outgoing));
                _outgoing.Clear();
            }
        }
        finally
        {
            _outgoing.Clear();
            _isSending = false;
        }
    }

    private void Send(ReadOnlySpan<byte> packet, Instant now)
    {
        if (packet[0] == TlvType.Interest)
        {
            _core.SendInterest(packet, now);
        }
        else
        {
            _core.Put(packet, now);
        }
    }

    private void ArmTimer(Instant now)
    {
        Instant next = _core.NextTimeout;
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
}
