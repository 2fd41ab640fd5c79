using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>The link of an SDK client to its simulated node: no delay, no loss.</summary>
internal sealed class ApplicationLink(SimNode node, ApplicationFace face) : ILink
{
    private ILinkReceiver? _receiver;
    private readonly int _life = node.Life;

    /// <inheritdoc/>
    public LinkCapabilities Capabilities { get; } = new(
        face.Description,
        face.Description,
        LinkScope.Local,
        LinkType.PointToPoint,
        FacePersistency.OnDemand,
        LinkCapabilities.UnlimitedMtu,
        64,
        ReportsSendQueue: false);

    /// <inheritdoc/>
    public long SendQueueOctets => 0;

    /// <inheritdoc/>
    public void Start(ILinkReceiver receiver) => _receiver = receiver;

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<FrameLease> frames)
    {
        foreach (FrameLease frame in frames)
        {
            if (_life == node.Life)
            {
                node.SubmitFrom(face, frame.Span);
            }

            frame.Dispose();
        }

        return frames.Length;
    }

    /// <inheritdoc/>
    public void Close(LinkCloseReason reason)
    {
        ILinkReceiver? receiver = _receiver;
        _receiver = null;
        receiver?.OnClosed(this, reason, "the application closed it");
    }

    /// <summary>Gives the client a frame; owns the lease.</summary>
    public void Deliver(FrameLease frame)
    {
        if (_receiver is null)
        {
            frame.Dispose();
        }
        else
        {
            _receiver.OnFrames(this, [frame]);
        }
    }
}
