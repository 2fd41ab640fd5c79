namespace Piccolo.Ndn.Tlv;

/// <summary>How large things on the network may be.</summary>
public static class PacketLimits
{
    /// <summary>Largest Interest or Data, outer TYPE and LENGTH included.</summary>
    /// <remarks>Units: octets. Source: practical limit shared by NDN implementations (NFD, ndn-cxx).</remarks>
    public const int MaxPacketOctets = 8800;
}
