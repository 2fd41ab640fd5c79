using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.InMemory;

/// <summary>Wraps any link and mistreats what is sent on it: loss, duplicates, reordering, delay, all from one seeded stream.</summary>
/// <remarks>
/// Only the sending direction is touched; wrap both ends to impair both ways. With one sending thread and a
/// <see cref="TimeProvider"/> under control the same random stream gives the same fate to the same frames.
/// Owns: frames under way; they are given back when the link closes.
/// </remarks>
public sealed class ImpairedLink : ILink, IDisposable
{
    private const uint Million = 1_000_000;

    private readonly Lock _gate = new();
    private readonly ILink _inner;
    private readonly IRandomSource _random;
    private readonly FramePool _pool;
    private readonly HostClock _clock;
    private readonly ImpairmentOptions _options;
    private readonly PriorityQueue<FrameLease, (Instant Due, long Order)> _held = new();
    private readonly List<HeldBack> _heldBack = [];
    private readonly ITimer _timer;
    private ImpairmentCounters _counters;
    private long _heldOctets;
    private long _order;
    private bool _isClosed;

    /// <summary>Wraps a link that is not started yet.</summary>
    /// <param name="inner">The link underneath; started and closed through this one.</param>
    /// <param name="options">What happens to frames.</param>
    /// <param name="random">Decides; used under a lock, so one stream may not serve several links.</param>
    /// <param name="pool">Where duplicates are rented.</param>
    /// <param name="clock">Measures delays and makes the timer.</param>
    public ImpairedLink(ILink inner, ImpairmentOptions options, IRandomSource random, FramePool pool, HostClock clock)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(clock);
        _inner = inner;
        _options = options;
        _random = random;
        _pool = pool;
        _clock = clock;
        _timer = clock.TimeProvider.CreateTimer(
            static link => ((ImpairedLink)link!).ReleaseDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public LinkCapabilities Capabilities => _inner.Capabilities;

    /// <summary>Octets under way here and waiting underneath.</summary>
    public long SendQueueOctets => Volatile.Read(ref _heldOctets) + _inner.SendQueueOctets;

    /// <summary>What was done so far.</summary>
    public ImpairmentCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _counters;
            }
        }
    }

    /// <inheritdoc/>
    public void Start(ILinkReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        _inner.Start(new Relay(this, receiver));
    }

    /// <summary>Takes every frame; those that are lost on purpose count as accepted, as the sender must not know.</summary>
    /// <inheritdoc/>
    public int Send(ReadOnlySpan<FrameLease> frames)
    {
        List<FrameLease> released = new(frames.Length);
        lock (_gate)
        {
            if (_isClosed)
            {
                Leases.Dispose(frames);
                return 0;
            }

            foreach (FrameLease frame in frames)
            {
                Impair(frame, released);
            }
        }

        PassOn(released);
        return frames.Length;
    }

    /// <inheritdoc/>
    public void Close(LinkCloseReason reason)
    {
        DropHeld();
        _inner.Close(reason);
    }

    /// <summary>Closes the link and its timer.</summary>
    public void Dispose()
    {
        Close(LinkCloseReason.Requested);
        _timer.Dispose();
    }

    private void Impair(FrameLease frame, List<FrameLease> released)
    {
        if (Draw(_options.LossMillionths))
        {
            _counters = _counters with { Lost = _counters.Lost + 1 };
            frame.Dispose();
            return;
        }

        FrameLease? copy = null;
        if (Draw(_options.DuplicateMillionths))
        {
            _counters = _counters with { Duplicated = _counters.Duplicated + 1 };
            copy = _pool.Rent(frame.Span);
        }

        if (Draw(_options.ReorderMillionths))
        {
            _counters = _counters with { Reordered = _counters.Reordered + 1 };
            HoldBack(frame);
        }
        else
        {
            Pass(frame, released);
        }

        if (copy is not null)
        {
            Pass(copy, released);
        }
    }

    /// <summary>Lets a frame travel, and those held back long enough after it.</summary>
    private void Pass(FrameLease frame, List<FrameLease> released)
    {
        Travel(frame, released);
        for (int i = 0; i < _heldBack.Count;)
        {
            HeldBack held = _heldBack[i] with { ToPass = _heldBack[i].ToPass - 1 };
            _heldBack[i] = held;
            if (held.ToPass > 0)
            {
                i++;
                continue;
            }

            _heldBack.RemoveAt(i);
            _heldOctets -= held.Frame.Length;
            Travel(held.Frame, released);
        }
    }

    private void Travel(FrameLease frame, List<FrameLease> released)
    {
        TimeSpan delay = _options.Delay;
        if (_options.Jitter > TimeSpan.Zero)
        {
            delay += TimeSpan.FromTicks((long)(_random.NextUInt64() % (ulong)(_options.Jitter.Ticks + 1)));
        }

        if (delay == TimeSpan.Zero)
        {
            released.Add(frame);
        }
        else if (HasRoom(frame))
        {
            _heldOctets += frame.Length;
            _held.Enqueue(frame, (_clock.Now + delay, _order++));
            ArmTimer();
        }
    }

    private void HoldBack(FrameLease frame)
    {
        if (HasRoom(frame))
        {
            _heldOctets += frame.Length;
            _heldBack.Add(new HeldBack(frame, Math.Max(1, _options.ReorderDistance), _clock.Now + _options.ReorderWaitMax));
            ArmTimer();
        }
    }

    private bool HasRoom(FrameLease frame)
    {
        if (_held.Count + _heldBack.Count < _options.HeldFramesMax)
        {
            return true;
        }

        _counters = _counters with { Overflowed = _counters.Overflowed + 1 };
        frame.Dispose();
        return false;
    }

    private void ReleaseDue()
    {
        List<FrameLease> released = [];
        lock (_gate)
        {
            Instant now = _clock.Now;
            while (_held.TryPeek(out FrameLease? frame, out (Instant Due, long Order) place) && place.Due <= now)
            {
                _held.Dequeue();
                _heldOctets -= frame.Length;
                released.Add(frame);
            }

            while (_heldBack.Count > 0 && _heldBack[0].Until <= now)
            {
                FrameLease frame = _heldBack[0].Frame;
                _heldBack.RemoveAt(0);
                _heldOctets -= frame.Length;
                Travel(frame, released);
            }

            ArmTimer();
        }

        PassOn(released);
    }

    private void ArmTimer()
    {
        Instant next = Instant.Never;
        if (_held.TryPeek(out _, out (Instant Due, long Order) place))
        {
            next = place.Due;
        }

        if (_heldBack.Count > 0)
        {
            next = Instant.Min(next, _heldBack[0].Until);
        }

        if (next != Instant.Never && !_isClosed)
        {
            // Rounded up: a timer that fires a little early would find nothing due.
            TimeSpan wait = next - _clock.Now + TimeSpan.FromMilliseconds(1);
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void PassOn(List<FrameLease> released)
    {
        if (released.Count > 0)
        {
            _inner.Send(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(released));
        }
    }

    private void DropHeld()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_held.TryDequeue(out FrameLease? frame, out _))
            {
                frame.Dispose();
            }

            foreach (HeldBack held in _heldBack)
            {
                held.Frame.Dispose();
            }

            _heldBack.Clear();
            _heldOctets = 0;
        }
    }

    private bool Draw(uint millionths) => millionths > 0 && _random.NextBelow(Million) < millionths;

    private readonly record struct HeldBack(FrameLease Frame, int ToPass, Instant Until);

    /// <summary>The receiver knows this link, not the one underneath.</summary>
    private sealed class Relay(ImpairedLink link, ILinkReceiver receiver) : ILinkReceiver
    {
        public void OnFrames(ILink inner, ReadOnlySpan<FrameLease> frames) => receiver.OnFrames(link, frames);

        public void OnClosed(ILink inner, LinkCloseReason reason, string detail)
        {
            link.DropHeld();
            receiver.OnClosed(link, reason, detail);
        }
    }
}
