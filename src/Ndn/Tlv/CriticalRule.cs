namespace Piccolo.Ndn.Tlv;

/// <summary>Which elements must be understood and which may be skipped.</summary>
/// <remarks>Source: NDN Packet Format v0.3, "Considerations for Evolvability of TLV-Based Encoding".</remarks>
public static class CriticalRule
{
    /// <summary>Whether a packet must be refused when this TYPE is unknown, repeated or out of order.</summary>
    /// <param name="type">TLV-TYPE number.</param>
    /// <returns>True for 0..31 and for odd numbers.</returns>
    public static bool IsCritical(uint type) => type <= 31 || (type & 1) != 0;
}
