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
    private readonly Socket _socket;
    private readonly IStreamConnectionOwner _owner;
    private readonly TransportCounters _counters;
    private readonly StreamFramer _framer;
    private readonly int _frameOctetsMax;
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
        _counters = counters;
        _frameOctetsMax = Math.Min(options.FrameOctetsMax, pool.FrameSize);
        _framer = new StreamFramer(owner, pool, clock, options.ReceiveOctetsMax, _frameOctetsMax);
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
        LinkCloseReason reason;
        string detail;
        try
        {
            (reason, detail) = await ReceiveFramesAsync().ConfigureAwait(false);
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
        catch (Exception error)
        {
            // Nothing else is expected; were it let through, the link would stay open and hear nothing.
            reason = LinkCloseReason.TransportError;
            detail = "receiving failed: " + error.Message;
        }

        await _framer.CompleteAsync().ConfigureAwait(false);
        Shutdown();
        _owner.OnEnded(this, reason, detail);
    }

    private async Task<(LinkCloseReason Reason, string Detail)> ReceiveFramesAsync()
    {
        while (true)
        {
            int octets = await _socket.ReceiveAsync(_framer.GetRoom(), SocketFlags.None).ConfigureAwait(false);
            if (octets == 0)
            {
                return (LinkCloseReason.PeerClosed, _failure ?? "the peer closed the stream");
            }

            TlvStatus status = await _framer.AdvanceAsync(octets).ConfigureAwait(false);
            if (status != TlvStatus.NeedMoreData)
            {
                return CountViolation(status);
            }
        }
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
