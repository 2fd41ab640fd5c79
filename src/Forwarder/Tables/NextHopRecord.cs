namespace Piccolo.Forwarder.Tables;

/// <summary>One nexthop of a FIB entry, in a list ordered by cost and then by face.</summary>
internal struct NextHopRecord : IPooledRecord
{
    public ulong Cost;
    public int FaceSlot;
    public int Next;

    int IPooledRecord.NextFree
    {
        readonly get => Next;
        set => Next = value;
    }
}
