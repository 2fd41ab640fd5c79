namespace Piccolo.Ndn.Packets;

/// <summary>What a forwarder may change in an Interest that it passes on.</summary>
public readonly record struct InterestEdit
{
    /// <summary>Nonce to set, in place of one that is there; null leaves it as it is.</summary>
    public uint? Nonce { get; init; }

    /// <summary>HopLimit to set; null leaves it as it is, and nothing is set where the packet carries none.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>Whether ForwardingHint is left out.</summary>
    public bool RemovesForwardingHint { get; init; }
}
