using Piccolo.Ndn.Buffers;

namespace Piccolo.Ndn.Link;

/// <summary>One way to one peer (or group): moves whole frames and knows nothing of what is in them.</summary>
/// <remarks>
/// This is the contract of every driver. A frame is one TLV element, at most <see cref="LinkCapabilities.Mtu"/> octets.
/// Thread-safe: <see cref="Send"/> and <see cref="Close"/> may be called from any thread.
/// </remarks>
public interface ILink
{
    /// <summary>What the link is and can do; constant for its life.</summary>
    LinkCapabilities Capabilities { get; }

    /// <summary>Octets accepted by <see cref="Send"/> that the transport has not taken yet; 0 where not known.</summary>
    long SendQueueOctets { get; }

    /// <summary>Begins to receive. Called once; frames that arrive before are kept by the transport or lost.</summary>
    /// <param name="receiver">Gets each frame and the end of the link, on the driver's threads.</param>
    void Start(ILinkReceiver receiver);

    /// <summary>Sends frames in order, best effort, without blocking.</summary>
    /// <remarks>
    /// Owns: takes every lease of <paramref name="frames"/>, also of those it drops.
    /// Bound: a bounded send queue; what does not fit is dropped and counted.
    /// </remarks>
    /// <returns>How many frames were accepted (the rest were dropped: queue full, or link closed).</returns>
    int Send(ReadOnlySpan<FrameLease> frames);

    /// <summary>Ends the link; the receiver hears of it exactly once. Harmless when repeated.</summary>
    void Close(LinkCloseReason reason);
}
