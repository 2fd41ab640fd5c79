using Piccolo.Sim.Network;

namespace Piccolo.Sim.Measuring;

/// <summary>Hands the frames of one direction of a link to a capture, and to who listened before.</summary>
internal sealed class CaptureTap(FrameCapture capture, bool isFromA, ILinkTap? next) : ILinkTap
{
    public void OnFrame(LinkDirection direction, long timeNs, ReadOnlySpan<byte> frame, bool isDropped)
    {
        if (!isDropped)
        {
            capture.Add(timeNs, isFromA, frame);
        }

        next?.OnFrame(direction, timeNs, frame, isDropped);
    }
}
