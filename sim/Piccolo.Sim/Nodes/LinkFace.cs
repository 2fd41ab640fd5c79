using Piccolo.Ndn.Buffers;
using Piccolo.Sim.Network;

namespace Piccolo.Sim.Nodes;

/// <summary>A face that leads over a link to another node.</summary>
public sealed class LinkFace : NodeFace
{
    internal LinkFace(SimNode node, LinkDirection direction)
        : base(node) => Direction = direction;

    /// <summary>The direction of the link that leaves this node.</summary>
    public LinkDirection Direction { get; }

    /// <summary>The node at the other end.</summary>
    public SimNode Peer => Direction.To;

    /// <inheritdoc/>
    public override string Description => $"sim://{Node.Name}-{Peer.Name}";

    /// <inheritdoc/>
    internal override void Transmit(FrameLease frame)
    {
        if (Node.OutputTimeNs > Node.NowNs)
        {
            Node.PostFrame(this, frame.Span);
        }
        else
        {
            SendNow(frame.Span);
        }

        frame.Dispose();
    }

    /// <summary>Hands a frame to the link, and tells the forwarder how much waits there: it marks packets by that.</summary>
    internal void SendNow(ReadOnlySpan<byte> frame)
    {
        Direction.Send(frame);
        if (Node.Settings.EnableCongestionMarking)
        {
            Node.Forwarder.HandleSendQueue(Id, Direction.QueueAt(Node.NowNs).Octets);
        }
    }
}
