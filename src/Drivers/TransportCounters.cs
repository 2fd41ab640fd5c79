namespace Piccolo.Drivers;

/// <summary>What a link or a listening socket moved, and each cause for which it dropped something.</summary>
/// <remarks>
/// Units: frames, and octets of frames without the headers of the transport.
/// Thread-safe: counted by the driver's threads and by senders, read by anyone; the values only grow.
/// </remarks>
public sealed class TransportCounters
{
    private long _framesReceived;
    private long _octetsReceived;
    private long _framesSent;
    private long _octetsSent;
    private long _receiveMalformed;
    private long _receiveOversize;
    private long _receiveErrors;
    private long _receiveClosed;
    private long _peersRefused;
    private long _sendQueueFull;
    private long _sendOversize;
    private long _sendClosed;
    private long _sendErrors;

    /// <summary>Frames handed to the receiver.</summary>
    public long FramesReceived => Volatile.Read(ref _framesReceived);

    /// <summary>Octets of <see cref="FramesReceived"/>.</summary>
    public long OctetsReceived => Volatile.Read(ref _octetsReceived);

    /// <summary>Frames accepted for sending.</summary>
    public long FramesSent => Volatile.Read(ref _framesSent);

    /// <summary>Octets of <see cref="FramesSent"/>.</summary>
    public long OctetsSent => Volatile.Read(ref _octetsSent);

    /// <summary>Datagrams or streams that do not hold exactly one whole Interest, Data or LpPacket where it belongs.</summary>
    public long ReceiveMalformed => Volatile.Read(ref _receiveMalformed);

    /// <summary>Datagrams or stream elements larger than the limit, also those cut short by the socket.</summary>
    public long ReceiveOversize => Volatile.Read(ref _receiveOversize);

    /// <summary>Errors that the socket reported and survived, such as an ICMP "port unreachable".</summary>
    public long ReceiveErrors => Volatile.Read(ref _receiveErrors);

    /// <summary>Frames that came for a link that had ended, or was not started yet and had no room to keep them.</summary>
    public long ReceiveClosed => Volatile.Read(ref _receiveClosed);

    /// <summary>Peers turned away because there are too many, or because nobody accepts any more.</summary>
    public long PeersRefused => Volatile.Read(ref _peersRefused);

    /// <summary>Frames dropped because the send queue, or the socket's buffer, was full.</summary>
    public long SendQueueFull => Volatile.Read(ref _sendQueueFull);

    /// <summary>Frames dropped because they exceed what the link carries.</summary>
    public long SendOversize => Volatile.Read(ref _sendOversize);

    /// <summary>Frames dropped because the link was closed, or between two connections.</summary>
    public long SendClosed => Volatile.Read(ref _sendClosed);

    /// <summary>Frames dropped because the socket refused them.</summary>
    public long SendErrors => Volatile.Read(ref _sendErrors);

    internal void CountReceived(int frames, long octets)
    {
        Interlocked.Add(ref _framesReceived, frames);
        Interlocked.Add(ref _octetsReceived, octets);
    }

    internal void CountSent(int frames, long octets)
    {
        Interlocked.Add(ref _framesSent, frames);
        Interlocked.Add(ref _octetsSent, octets);
    }

    internal void CountReceiveMalformed() => Interlocked.Increment(ref _receiveMalformed);

    internal void CountReceiveOversize() => Interlocked.Increment(ref _receiveOversize);

    internal void CountReceiveError() => Interlocked.Increment(ref _receiveErrors);

    internal void CountReceiveClosed(int frames) => Interlocked.Add(ref _receiveClosed, frames);

    internal void CountPeerRefused() => Interlocked.Increment(ref _peersRefused);

    internal void CountSendQueueFull(int frames) => Interlocked.Add(ref _sendQueueFull, frames);

    internal void CountSendOversize() => Interlocked.Increment(ref _sendOversize);

    internal void CountSendClosed(int frames) => Interlocked.Add(ref _sendClosed, frames);

    internal void CountSendErrors(int frames) => Interlocked.Add(ref _sendErrors, frames);
}
