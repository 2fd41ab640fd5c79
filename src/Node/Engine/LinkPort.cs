using Piccolo.Forwarder;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Node.Engine;

/// <summary>Joins one link to one face of the engine.</summary>
internal sealed class LinkPort(ForwarderStrand strand, ILink link) : ILinkReceiver
{
    private volatile bool _isClosed;

    /// <summary>The link.</summary>
    public ILink Link => link;

    /// <summary>The face, once the engine has given it a number.</summary>
    public FaceId Face { get; set; }

    /// <summary>Whether the link ended.</summary>
    public bool IsClosed => _isClosed;

    /// <inheritdoc/>
    public void OnFrames(ILink source, ReadOnlySpan<FrameLease> frames) => strand.PostFrames(this, frames);

    /// <inheritdoc/>
    public void OnClosed(ILink source, LinkCloseReason reason, string detail)
    {
        _isClosed = true;
        strand.PostClosed(this, reason, detail);
    }
}
