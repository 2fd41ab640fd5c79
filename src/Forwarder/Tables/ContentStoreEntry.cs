namespace Piccolo.Forwarder.Tables;

/// <summary>One cached Data: where its octets lie and its place in three structures (hash, recency, canonical order).</summary>
internal struct ContentStoreEntry
{
    /// <summary>Hash of the name without implicit digest.</summary>
    public ulong Hash;

    /// <summary>Last instant at which it is fresh, in nanoseconds; <see cref="long.MinValue"/> for never.</summary>
    public long FreshUntilNanoseconds;
    public uint PacketHandle;
    public int Next;
    public int Newer;
    public int Older;
    public int Left;
    public int Right;
    public int Parent;
    public ushort PacketLength;
    public ushort NameOffset;
    public ushort NameLength;
    public bool IsUsed;

    /// <summary>Another Data of the same name is, or was, here: the smallest full name has to be looked for.</summary>
    public bool HasVariants;
}
