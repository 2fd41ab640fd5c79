using System.Net.Sockets;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Drivers.Streams;

/// <summary>The sending half of a stream: straight to the socket while it keeps up, else through a bounded queue.</summary>
/// <remarks>
/// While nothing waits, frames go out on the caller's thread in one non-blocking send. What the socket does not take
/// waits: an asynchronous pump gathers queued frames into a buffer and sends that, until the queue is empty.
/// Thread-safe; the lock is held for one non-blocking system call at most.
/// </remarks>
internal sealed class StreamSender(
    Socket socket, StreamOptions options, int frameOctetsMax, TransportCounters counters, Action<SocketError> onFailed)
{
    private readonly Lock _gate = new();
    private readonly Queue<FrameLease> _queue = new();
    private byte[]? _gathered;
    private int _gatheredOctets;
    private long _waitingOctets;
    private bool _isPumping;
    private bool _isClosed;

    /// <summary>Octets accepted that the socket has not taken.</summary>
    internal long WaitingOctets => Volatile.Read(ref _waitingOctets);

    /// <summary>Sends, queues or drops each frame; takes the leases.</summary>
    internal int Send(ReadOnlySpan<FrameLease> frames)
    {
        int accepted = 0;
        long octets = 0;
        var error = SocketError.Success;
        lock (_gate)
        {
            int next = 0;
            while (next < frames.Length && !_isPumping && !_isClosed && error == SocketError.Success)
            {
                error = SendSome(frames, ref next, ref accepted, ref octets);
            }

            for (; next < frames.Length; next++)
            {
                Enqueue(frames[next], error != SocketError.Success, ref accepted, ref octets);
            }
        }

        counters.CountSent(accepted, octets);
        if (error != SocketError.Success)
        {
            onFailed(error);
        }

        return accepted;
    }

    /// <summary>Drops what waits; nothing is sent afterwards.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            counters.CountSendClosed(_queue.Count);
            while (_queue.TryDequeue(out FrameLease? frame))
            {
                frame.Dispose();
            }

            _waitingOctets = 0;
        }
    }

    /// <summary>One system call: the next frame alone, or as many small ones as fit the buffer.</summary>
    private SocketError SendSome(ReadOnlySpan<FrameLease> frames, ref int next, ref int accepted, ref long octets)
    {
        FrameLease first = frames[next];
        if (first.Length > frameOctetsMax || first.Length == 0)
        {
            counters.CountSendOversize();
            first.Dispose();
            next++;
            return SocketError.Success;
        }

        int end = next + 1;
        ReadOnlySpan<byte> outgoing = first.Span;
        if (end < frames.Length)
        {
            end = Gather(frames, next);
            outgoing = _gathered.AsSpan(0, _gatheredOctets);
        }

        int sent = SendNow(outgoing, out SocketError error);
        _gatheredOctets = 0;
        if (error == SocketError.Success)
        {
            accepted += end - next;
            octets += outgoing.Length;
            KeepRest(outgoing[sent..]);
        }
        else
        {
            counters.CountSendErrors(end - next);
        }

        Leases.Dispose(frames[next..end]);
        next = end;
        return error;
    }

    /// <summary>Copies frames from <paramref name="next"/> on into the buffer; always at least one.</summary>
    private int Gather(ReadOnlySpan<FrameLease> frames, int next)
    {
        byte[] gathered = Buffer();
        _gatheredOctets = 0;
        while (next < frames.Length
            && frames[next].Length <= frameOctetsMax
            && frames[next].Length <= gathered.Length - _gatheredOctets)
        {
            frames[next].Span.CopyTo(gathered.AsSpan(_gatheredOctets));
            _gatheredOctets += frames[next].Length;
            next++;
        }

        return next;
    }

    private int SendNow(ReadOnlySpan<byte> octets, out SocketError error)
    {
        try
        {
            int sent = socket.Send(octets, SocketFlags.None, out error);
            if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
            {
                error = SocketError.Success;
                return 0;
            }

            return sent;
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>What the socket did not take goes first when it can; the pump runs from here on.</summary>
    private void KeepRest(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return;
        }

        rest.CopyTo(Buffer()); // may overlap: the rest of gathered frames moves to the front
        _gatheredOctets = rest.Length;
        _waitingOctets += rest.Length;
        _isPumping = true;
        _ = Task.Run(PumpAsync);
    }

    private void Enqueue(FrameLease frame, bool hasFailed, ref int accepted, ref long octets)
    {
        int length = frame.Length;
        if (_isClosed || hasFailed)
        {
            counters.CountSendClosed(1);
        }
        else if (length > frameOctetsMax || length == 0)
        {
            counters.CountSendOversize();
        }
        else if (_waitingOctets + length > options.SendQueueOctetsMax)
        {
            counters.CountSendQueueFull(1);
        }
        else
        {
            _queue.Enqueue(frame);
            _waitingOctets += length;
            accepted++;
            octets += length;
            return;
        }

        frame.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (GatherQueued() is { IsEmpty: false } outgoing)
            {
                int sent = await socket.SendAsync(outgoing, SocketFlags.None).ConfigureAwait(false);
                MarkSent(sent);
            }
        }
        catch (SocketException error)
        {
            onFailed(error.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            onFailed(SocketError.OperationAborted);
        }
    }

    /// <summary>The octets to send next; empty when the pump may rest.</summary>
    private ReadOnlyMemory<byte> GatherQueued()
    {
        lock (_gate)
        {
            byte[] gathered = Buffer();
            while (!_isClosed && _queue.TryPeek(out FrameLease? frame) && frame.Length <= gathered.Length - _gatheredOctets)
            {
                frame.Span.CopyTo(gathered.AsSpan(_gatheredOctets));
                _gatheredOctets += frame.Length;
                _queue.Dequeue().Dispose();
            }

            _isPumping = _gatheredOctets > 0 && !_isClosed;
            return _isPumping ? gathered.AsMemory(0, _gatheredOctets) : ReadOnlyMemory<byte>.Empty;
        }
    }

    private void MarkSent(int octets)
    {
        lock (_gate)
        {
            _gatheredOctets -= octets;
            _gathered.AsSpan(octets, _gatheredOctets).CopyTo(_gathered);
            if (!_isClosed)
            {
                _waitingOctets -= octets;
            }
        }
    }

    private byte[] Buffer() =>
        _gathered ??= GC.AllocateUninitializedArray<byte>(Math.Max(options.GatherOctetsMax, frameOctetsMax), pinned: true);
}
