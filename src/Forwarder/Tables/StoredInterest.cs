namespace Piccolo.Forwarder.Tables;

/// <summary>An Interest as the PIT is to keep it: with a nonce, its HopLimit counted down, and where things lie in it.</summary>
internal readonly ref struct StoredInterest
{
    public ReadOnlySpan<byte> Packet { get; init; }

    public int NameOffset { get; init; }

    public int NameLength { get; init; }

    public int NonceOffset { get; init; }

    /// <summary>0 when there is no HopLimit.</summary>
    public int HopLimitOffset { get; init; }

    public byte HopLimit { get; init; }

    public uint Nonce { get; init; }
}
