using Piccolo.Forwarder;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Measuring;

/// <summary>A node of a running network.</summary>
internal sealed class SimNodeProbe(SimNode node) : NodeProbe
{
    public override int Index => node.Index;

    public override string Name => node.Name;

    public override ForwarderCore? Forwarder => node.IsUp ? node.Forwarder : null;

    public override long ProcessorDrops => node.Cpu.DroppedFrames;

    public override long ProcessorLosses => node.Cpu.LostFrames;

    public override string DescribeFace(FaceId face)
    {
        foreach (NodeFace one in node.Faces)
        {
            if (one.Id == face)
            {
                return one.Description;
            }
        }

        return "internal://";
    }
}
