namespace Piccolo.Ndn.Link;

/// <summary>One transmission that waits for its acknowledgement; links in a list ordered by TxSequence.</summary>
internal struct UnacknowledgedFragment
{
    internal ulong TxSequence;
    internal Instant Sent;
    internal Instant Deadline;
    internal int Packet;
    internal int Previous;
    internal int Next;
    internal ushort Index;
    internal ushort Offset;
    internal ushort Length;
    internal ushort LaterAcks;
    internal ushort Retransmissions;
}
