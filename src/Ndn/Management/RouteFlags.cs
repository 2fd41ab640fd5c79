namespace Piccolo.Ndn.Management;

/// <summary>How a route acts on the names below its own.</summary>
/// <remarks>Wire: Flags, TLV-TYPE 108, in RIB commands and datasets.</remarks>
[Flags]
public enum RouteFlags : ulong
{
    /// <summary>Only for this exact entry of the RIB.</summary>
    None = 0,

    /// <summary>Entries at longer names use this next hop too.</summary>
    ChildInherit = 1,

    /// <summary>Entries at this name and below use no next hop of shorter names.</summary>
    Capture = 2,
}
