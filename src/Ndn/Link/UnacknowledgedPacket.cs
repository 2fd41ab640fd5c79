using Piccolo.Ndn.Buffers;

namespace Piccolo.Ndn.Link;

/// <summary>
/// A network packet of which some fragments are not acknowledged; its fragments are slices of the frame.
/// </summary>
internal struct UnacknowledgedPacket
{
    internal FrameLease? Lease;
    internal LpHeaders Headers;
    internal ulong FirstSequence;
    internal int FragCount;
    internal int Waiting;
    internal bool IsInterest;
    internal bool WasRetransmitted;
    internal int NextFree;
}
