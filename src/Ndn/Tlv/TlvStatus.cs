namespace Piccolo.Ndn.Tlv;

/// <summary>What became of an attempt to read octets that a peer sent: accepted, or the first rule they break.</summary>
/// <remarks>Peers' mistakes are data, never exceptions; whoever drops a packet counts it under its status.</remarks>
public enum TlvStatus : byte
{
    /// <summary>The octets follow the rules.</summary>
    Ok,

    /// <summary>A stream holds the beginning of an element; more octets may complete it.</summary>
    NeedMoreData,

    /// <summary>The octets end inside a TYPE or a LENGTH, or where an element was due.</summary>
    Truncated,

    /// <summary>A TYPE or LENGTH is written in a longer form than its number needs.</summary>
    NonMinimalNumber,

    /// <summary>A TYPE of 0 or above 2^32 - 1.</summary>
    TypeOutOfRange,

    /// <summary>A LENGTH that runs past the container.</summary>
    LengthOverrun,

    /// <summary>Octets follow the outermost element.</summary>
    TrailingOctets,

    /// <summary>An element that must be understood and is not.</summary>
    UnknownCritical,

    /// <summary>A critical element behind its place.</summary>
    OutOfOrder,

    /// <summary>A critical element given twice.</summary>
    Repeated,

    /// <summary>A required element is absent.</summary>
    MissingElement,

    /// <summary>A VALUE whose length its element does not allow.</summary>
    BadLength,

    /// <summary>A NonNegativeInteger that is not 1, 2, 4 or 8 octets, or a number outside the range of its field.</summary>
    BadNumber,

    /// <summary>A name with an impossible component, or one that is not allowed where it stands.</summary>
    BadName,

    /// <summary>ApplicationParameters and the digest in the name do not belong together.</summary>
    DigestMismatch,

    /// <summary>Larger than the limit the reader was given.</summary>
    TooLarge,

    /// <summary>The outermost TYPE is not that of the packet asked for.</summary>
    NotAPacket,
}
