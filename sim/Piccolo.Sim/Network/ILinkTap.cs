namespace Piccolo.Sim.Network;

/// <summary>Listens on a direction of a link.</summary>
/// <remarks>Called on the thread of the sending node's partition, in the order of sending.</remarks>
public interface ILinkTap
{
    /// <summary>A frame was handed to the link.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="timeNs">When, in nanoseconds of virtual time.</param>
    /// <param name="frame">Its octets; valid during the call.</param>
    /// <param name="isDropped">Whether the link's queue, or its being down, ended it at once.</param>
    void OnFrame(LinkDirection direction, long timeNs, ReadOnlySpan<byte> frame, bool isDropped);
}
