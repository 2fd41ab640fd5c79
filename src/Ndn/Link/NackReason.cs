namespace Piccolo.Ndn.Link;

/// <summary>Why an Interest could not be forwarded, as a Nack tells it.</summary>
/// <remarks>
/// Wire: TLV-TYPE 801 inside Nack (800), NonNegativeInteger; absent means <see cref="None"/>. Unknown numbers are kept.
/// Source: NDNLPv2, "Network NACK".
/// </remarks>
public enum NackReason : uint
{
    /// <summary>No reason is given: the most severe when several Nacks are merged.</summary>
    None = 0,

    /// <summary>The link or the node is congested.</summary>
    Congestion = 50,

    /// <summary>The nonce was seen before.</summary>
    Duplicate = 100,

    /// <summary>No route leads to the name.</summary>
    NoRoute = 150,
}
