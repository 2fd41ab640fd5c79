namespace Piccolo.Ndn.Management;

/// <summary>Link-service features of a face that can be switched by management.</summary>
/// <remarks>Wire: Flags and Mask, TLV-TYPEs 108 and 112, in face commands and datasets.</remarks>
[Flags]
public enum FaceFlags : ulong
{
    /// <summary>Nothing beyond plain forwarding.</summary>
    None = 0,

    /// <summary>Local fields: NextHopFaceId, IncomingFaceId and CachePolicy are exchanged.</summary>
    LocalFieldsEnabled = 1,

    /// <summary>Link-layer acknowledgement and retransmission.</summary>
    LpReliabilityEnabled = 2,

    /// <summary>Congestion marks on a growing send queue.</summary>
    CongestionMarkingEnabled = 4,
}
