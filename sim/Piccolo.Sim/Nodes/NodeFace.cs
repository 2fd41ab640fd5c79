using Piccolo.Forwarder;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Sim.Nodes;

/// <summary>What is behind one of a forwarder's faces: a link to another node, or an application.</summary>
public abstract class NodeFace
{
    private protected NodeFace(SimNode node) => Node = node;

    /// <summary>The node that has the face.</summary>
    public SimNode Node { get; }

    /// <summary>The forwarder's number for it; another one after the node restarted.</summary>
    public FaceId Id { get; internal set; }

    internal int Index { get; set; }

    /// <summary>What people call it, for example <c>link to B</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Takes what the forwarder sends; owns the lease.</summary>
    internal abstract void Transmit(FrameLease frame);
}
