using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Streams;

/// <summary>One connected stream socket: cuts what arrives into frames; <see cref="StreamSender"/> does the other way.</summary>
/// <remarks>
/// The receiving loop is the only one that reports the end, so that the end comes once and last; whoever wants the
/// connection to end shuts the socket down and lets the loop find out.
/// Bound: holds at most one incomplete frame and one read.
/// </remarks>
internal sealed class StreamConnection
{
    private const int BatchSize = 64;

    private readonly Socket _socket;
    private readonly IStreamConnectionOwner _owner;
    private readonly FramePool _pool;
    private readonly HostClock _clock;
    private readonly StreamOptions _options;
    private readonly TransportCounters _counters;
    private readonly int _frameOctetsMax;
    private readonly FrameLease[] _batch = new FrameLease[BatchSize];
    private string? _failure;

    internal StreamConnection(
        Socket socket,
        IStreamConnectionOwner owner,
        FramePool pool,
        HostClock clock,
        StreamOptions options,
        TransportCounters counters)
    {
        _socket = socket;
        _socket.Blocking = false;
        _owner = owner;
        _pool = pool;
        _clock = clock;
        _options = options;
        _counters = counters;
        _frameOctetsMax = Math.Min(options.FrameOctetsMax, pool.FrameSize);
        Sender = new StreamSender(socket, options, _frameOctetsMax, counters, Fail);
    }

    internal StreamSender Sender { get; }

    /// <summary>Begins to receive, on the thread pool.</summary>
    internal void Start() => _ = Task.Run(ReceiveAsync);

    /// <summary>Ends both directions; what the kernel has taken is still sent.</summary>
    internal void Shutdown()
    {
        Sender.Close();
        try
        {
            // First this: closing a socket that somebody waits on would reset the connection and lose what is on its way.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
            _failure ??= "the peer was gone";
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        _socket.Dispose();
    }

    private void Fail(SocketError error)
    {
        Interlocked.CompareExchange(ref _failure, $"sending failed: {error}", null);
        Shutdown();
    }

    private async Task ReceiveAsync()
    {
        var pipe = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: 0,
            resumeWriterThreshold: 0,
            minimumSegmentSize: _options.ReceiveOctetsMax,
            useSynchronizationContext: false));
        LinkCloseReason reason;
        string detail;
        try
        {
            (reason, detail) = await ReceiveFramesAsync(pipe).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            reason = error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown
                ? LinkCloseReason.PeerClosed
                : LinkCloseReason.TransportError;
            detail = _failure ?? error.Message;
        }
        catch (ObjectDisposedException)
        {
            reason = LinkCloseReason.TransportError;
            detail = _failure ?? "the socket was closed";
        }

        await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        Shutdown();
        _owner.OnEnded(this, reason, detail);
    }

    private async Task<(LinkCloseReason Reason, string Detail)> ReceiveFramesAsync(Pipe pipe)
    {
        while (true)
        {
            Memory<byte> room = pipe.Writer.GetMemory(_options.ReceiveOctetsMax);
            int octets = await _socket.ReceiveAsync(room, SocketFlags.None).ConfigureAwait(false);
            if (octets == 0)
            {
                return (LinkCloseReason.PeerClosed, _failure ?? "the peer closed the stream");
            }

            pipe.Writer.Advance(octets);
            await pipe.Writer.FlushAsync().ConfigureAwait(false); // completes at once: nothing pauses the writer
            if (!pipe.Reader.TryRead(out ReadResult result))
            {
                continue;
            }

            ReadOnlySequence<byte> buffered = result.Buffer;
            TlvStatus status = CutFrames(ref buffered);
            pipe.Reader.AdvanceTo(buffered.Start, buffered.End);
            if (status != TlvStatus.NeedMoreData)
            {
                return CountViolation(status);
            }
        }
    }

    /// <summary>Delivers all whole frames at the start and cuts them off.</summary>
    /// <returns>NeedMoreData, or why the stream cannot be cut any more.</returns>
    private TlvStatus CutFrames(ref ReadOnlySequence<byte> octets)
    {
        Piccolo.Ndn.Instant now = _clock.Now;
        TlvStatus status;
        int count = 0;
        while ((status = FrameCheck.ScanStream(octets, _frameOctetsMax, out int length)) == TlvStatus.Ok)
        {
            FrameLease frame = _pool.Rent();
            frame.Arrival = now;
            frame.Length = length;
            octets.Slice(0, length).CopyTo(frame.Span);
            octets = octets.Slice(length);
            _batch[count++] = frame;
            if (count == BatchSize)
            {
                _owner.OnFrames(_batch);
                count = 0;
            }
        }

        if (count > 0)
        {
            _owner.OnFrames(_batch.AsSpan(0, count));
        }

        return status;
    }

    private (LinkCloseReason Reason, string Detail) CountViolation(TlvStatus status)
    {
        if (status == TlvStatus.TooLarge)
        {
            _counters.CountReceiveOversize();
            return (LinkCloseReason.ProtocolError, $"the peer sent an element larger than {_frameOctetsMax} octets");
        }

        _counters.CountReceiveMalformed();
        return (LinkCloseReason.ProtocolError, $"the peer sent what is no Interest, Data or LpPacket ({status})");
    }
}
