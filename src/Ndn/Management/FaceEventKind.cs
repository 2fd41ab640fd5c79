namespace Piccolo.Ndn.Management;

/// <summary>What happened to a face.</summary>
/// <remarks>Wire: FaceEventKind, TLV-TYPE 193.</remarks>
public enum FaceEventKind
{
    /// <summary>No event; never on the wire.</summary>
    None = 0,

    /// <summary>The face exists and forwards.</summary>
    Created = 1,

    /// <summary>The face and its state are gone.</summary>
    Destroyed = 2,

    /// <summary>A permanent face works again.</summary>
    Up = 3,

    /// <summary>A permanent face has lost its peer for the time being.</summary>
    Down = 4,
}
