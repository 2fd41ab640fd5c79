using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>
/// The life of one link: not started, open, ended. Lets frames through while it is open, counts them, and reports the end
/// exactly once and after the last frame, whichever thread closes.
/// </summary>
/// <remarks>
/// No locks while it is open: a close during a delivery is left to the delivering thread, so neither waits for the other
/// and both may be the same one. Deliveries must come from one thread at a time; before the start some frames may wait,
/// and the starting thread hands those over.
/// Bound: <paramref name="keptMax"/> frames.
/// </remarks>
/// <param name="link">The link whose gate this is.</param>
/// <param name="counters">Where frames are counted as received, or as too early or too late.</param>
/// <param name="release">Gives the link's socket back; called once, by the first close.</param>
/// <param name="keptMax">How many frames wait for the start; further ones are dropped.</param>
internal sealed class DeliveryGate(ILink link, TransportCounters counters, Action release, int keptMax = 0)
{
    private const int Created = 0;
    private const int Open = 1;
    private const int Delivering = 2;
    private const int Ending = 3;
    private const int Ended = 4;
    private const int Starting = 5;

    private readonly ILink _link = link;
    private readonly TransportCounters _counters = counters;
    private readonly Action _release = release;
    private readonly int _keptMax = keptMax;
    private readonly Lock _keeping = new();
    private FrameLease[] _kept = [];
    private ILinkReceiver? _receiver;
    private EndOfLink? _end;
    private int _state;

    /// <summary>Whether the link was closed; true from the first call of <see cref="Close"/> on.</summary>
    internal bool IsClosed => Volatile.Read(ref _end) is not null;

    /// <summary>Opens the gate; a link closed before reports that to the receiver at once.</summary>
    /// <returns>Whether the link is open.</returns>
    internal bool Start(ILinkReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (Interlocked.CompareExchange(ref _receiver, receiver, null) is not null)
        {
            throw new InvalidOperationException("a link is started once");
        }

        if (Interlocked.CompareExchange(ref _state, Starting, Created) == Created)
        {
            return DeliverKept();
        }

        Report();
        return false;
    }

    /// <summary>
    /// Hands frames to the receiver; those that come before the start wait for it as long as there is room, and are disposed
    /// else, as when the link has ended.
    /// </summary>
    /// <returns>Whether the receiver got them.</returns>
    internal bool Deliver(ReadOnlySpan<FrameLease> frames)
    {
        if (!TryEnter())
        {
            if (TryKeep(frames))
            {
                return false;
            }

            // It may have been opened between the two questions; nobody else delivers.
            if (!TryEnter())
            {
                Drop(frames);
                return false;
            }
        }

        HandOver(frames);
        if (Interlocked.CompareExchange(ref _state, Open, Delivering) != Delivering)
        {
            Volatile.Write(ref _state, Ended);
            Report();
        }

        return true;
    }

    /// <summary>Ends the link; only the first call counts.</summary>
    internal void Close(LinkCloseReason reason, string detail)
    {
        if (Interlocked.CompareExchange(ref _end, new EndOfLink(reason, detail), null) is not null)
        {
            return;
        }

        try
        {
            _release();
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        int state = Volatile.Read(ref _state);
        while (true)
        {
            int next = state is Delivering or Starting ? Ending : Ended;
            int found = Interlocked.CompareExchange(ref _state, next, state);
            if (found == state)
            {
                break;
            }

            state = found;
        }

        if (state == Open)
        {
            Report();
        }
        else if (state == Created)
        {
            Drop(TakeKept(out _));
        }
    }

    private bool TryEnter() => Interlocked.CompareExchange(ref _state, Delivering, Open) == Open;

    private void HandOver(ReadOnlySpan<FrameLease> frames)
    {
        long octets = 0;
        foreach (FrameLease frame in frames)
        {
            octets += frame.Length;
        }

        _counters.CountReceived(frames.Length, octets);
        try
        {
            _receiver!.OnFrames(_link, frames);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The contract forbids it; the fault ends this link and not the driver that serves others.
            Close(LinkCloseReason.TransportError, "the receiver failed: " + error.Message);
        }
    }

    /// <summary>Keeps what there is room for, and drops the rest; does neither unless the link is yet to open.</summary>
    /// <returns>Whether the frames are taken.</returns>
    private bool TryKeep(ReadOnlySpan<FrameLease> frames)
    {
        int count;
        lock (_keeping)
        {
            if (Volatile.Read(ref _state) is not (Created or Starting))
            {
                return false;
            }

            count = Math.Min(_keptMax - _kept.Length, frames.Length);
            _kept = [.. _kept, .. frames[..count]];
        }

        Drop(frames[count..]);
        return true;
    }

    /// <summary>Hands over what has waited, then opens; what comes meanwhile waits too, so that the order stays.</summary>
    /// <returns>Whether the link is open.</returns>
    private bool DeliverKept()
    {
        bool hasOpened;
        FrameLease[] frames;
        while ((frames = TakeKept(out hasOpened)).Length > 0)
        {
            if (IsClosed)
            {
                Drop(frames);
            }
            else
            {
                HandOver(frames);
            }
        }

        if (!hasOpened)
        {
            Volatile.Write(ref _state, Ended);
            Report();
        }

        return hasOpened;
    }

    /// <summary>Takes the frames that wait; opens the gate when there are none, unless the link was closed.</summary>
    private FrameLease[] TakeKept(out bool hasOpened)
    {
        lock (_keeping)
        {
            FrameLease[] frames = _kept;
            _kept = [];
            hasOpened = frames.Length == 0 && Interlocked.CompareExchange(ref _state, Open, Starting) == Starting;
            return frames;
        }
    }

    private void Drop(ReadOnlySpan<FrameLease> frames)
    {
        _counters.CountReceiveClosed(frames.Length);
        Leases.Dispose(frames);
    }

    private void Report() => _receiver!.OnClosed(_link, _end!.Reason, _end.Detail);

    private sealed record EndOfLink(LinkCloseReason Reason, string Detail);
}
