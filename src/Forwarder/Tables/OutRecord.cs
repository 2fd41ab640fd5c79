namespace Piccolo.Forwarder.Tables;

/// <summary>An upstream face to which the Interest of a PIT entry went.</summary>
internal struct OutRecord : IPooledRecord
{
    public long RenewedNanoseconds;
    public long ExpiryNanoseconds;
    public int FaceSlot;
    public int Next;
    public uint Nonce;

    /// <summary>Multicast's retransmission interval for this face, in microseconds; 0 means not started.</summary>
    public int SuppressionMicroseconds;

    /// <summary>The reason of the Nack that came since the last renewal; meaningful when <see cref="IsNacked"/>.</summary>
    public byte NackReason;
    public bool IsNacked;

    int IPooledRecord.NextFree
    {
        readonly get => Next;
        set => Next = value;
    }
}
