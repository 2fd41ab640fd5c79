namespace Piccolo.Ndn.Packets;

/// <summary>Registered ContentType numbers; others are legal and mean what applications agree on.</summary>
/// <remarks>Source: NDN Packet Format v0.3, "ContentType"; 4, 5 and 1024 from the registry as mirrored in ndn-cxx.</remarks>
public static class ContentTypes
{
    /// <summary>Payload; the default.</summary>
    public const ulong Blob = 0;

    /// <summary>Names to which the content has moved.</summary>
    public const ulong Link = 1;

    /// <summary>A public key: a certificate.</summary>
    public const ulong Key = 2;

    /// <summary>The application says no, signed.</summary>
    public const ulong Nack = 3;

    /// <summary>Digests of other packets.</summary>
    public const ulong Manifest = 4;

    /// <summary>Announces that a prefix is served here.</summary>
    public const ulong PrefixAnnouncement = 5;

    /// <summary>A FLIC manifest.</summary>
    public const ulong Flic = 1024;
}
