namespace Piccolo.Forwarder.Tables;

/// <summary>A downstream face that waits for the Data of a PIT entry.</summary>
/// <remarks>
/// Keeps its own copy of the Interest only where that differs from the entry's in more than nonce and HopLimit.
/// </remarks>
internal struct InRecord : IPooledRecord
{
    public long RenewedNanoseconds;
    public long ExpiryNanoseconds;

    /// <summary>The PIT token, or the handle of a block that holds it when it is longer than eight octets.</summary>
    public ulong Token;
    public int FaceSlot;
    public int Next;
    public uint Nonce;

    /// <summary>The face's own copy of the Interest; 0 when the entry's copy serves.</summary>
    public uint PacketHandle;
    public ushort PacketLength;
    public ushort NonceOffset;
    public ushort HopLimitOffset;
    public byte HopLimit;
    public byte TokenLength;

    int IPooledRecord.NextFree
    {
        readonly get => Next;
        set => Next = value;
    }
}
