using Piccolo.Ndn.Buffers;

namespace Piccolo.Ndn.Link;

/// <summary>Who gets what a link receives.</summary>
public interface ILinkReceiver
{
    /// <summary>Frames arrived, in order. Calls for one link never overlap.</summary>
    /// <remarks>Owns: the receiver takes every lease and disposes each exactly once. Must not block or throw.</remarks>
    void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames);

    /// <summary>The link ended; nothing follows. Called exactly once for each started link.</summary>
    /// <param name="link">The link that ended.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">A sentence for the log; never null.</param>
    void OnClosed(ILink link, LinkCloseReason reason, string detail);
}
