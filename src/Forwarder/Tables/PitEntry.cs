namespace Piccolo.Forwarder.Tables;

/// <summary>One pending Interest: its key, one copy of the packet, and the heads of its records.</summary>
/// <remarks>
/// The key is Name, CanBePrefix and MustBeFresh; the ForwardingHint is no part of it. The name lies in the stored packet.
/// </remarks>
internal struct PitEntry : IPooledRecord
{
    public ulong Hash;
    public uint PacketHandle;
    public int Next;
    public int InHead;
    public int OutHead;

    /// <summary>Best-route's retransmission interval in microseconds; 0 means not started.</summary>
    public int SuppressionMicroseconds;
    public ushort PacketLength;
    public ushort NameOffset;
    public ushort NameLength;
    public ushort NonceOffset;

    /// <summary>Where the HopLimit octet lies; 0 when the Interest has none.</summary>
    public ushort HopLimitOffset;

    /// <summary>Number of components, saturated at 65535.</summary>
    public ushort NameCount;
    public PitFlags Flags;
    public byte StrategyIndex;

    int IPooledRecord.NextFree
    {
        readonly get => Next;
        set => Next = value;
    }
}
