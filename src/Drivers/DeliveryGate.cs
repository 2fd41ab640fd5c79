using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>
/// The life of one link: not started, open, ended. Lets frames through while it is open, and reports the end exactly once
/// and after the last frame, whichever thread closes.
/// </summary>
/// <remarks>
/// No locks: a close during a delivery is left to the delivering thread, so neither waits for the other and both may
/// be the same one. Deliveries must come from one thread at a time.
/// </remarks>
internal sealed class DeliveryGate(ILink link, Action release)
{
    private const int Created = 0;
    private const int Open = 1;
    private const int Delivering = 2;
    private const int Ending = 3;
    private const int Ended = 4;

    private readonly ILink _link = link;
    private readonly Action _release = release;
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

        if (Interlocked.CompareExchange(ref _state, Open, Created) == Created)
        {
            return true;
        }

        Report();
        return false;
    }

    /// <summary>Hands frames to the receiver, or disposes them when the link has ended or was not started.</summary>
    /// <returns>Whether the receiver got them.</returns>
    internal bool Deliver(ReadOnlySpan<FrameLease> frames)
    {
        if (Interlocked.CompareExchange(ref _state, Delivering, Open) != Open)
        {
            Leases.Dispose(frames);
            return false;
        }

        try
        {
            _receiver!.OnFrames(_link, frames);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The contract forbids it; the fault ends this link and not the driver that serves others.
            Close(LinkCloseReason.TransportError, "the receiver failed: " + error.Message);
        }

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
            int next = state == Delivering ? Ending : Ended;
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
    }

    private void Report() => _receiver!.OnClosed(_link, _end!.Reason, _end.Detail);

    private sealed record EndOfLink(LinkCloseReason Reason, string Detail);
}
