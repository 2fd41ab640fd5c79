using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Client.Objects;

/// <summary>How an object is cut, described and signed.</summary>
public sealed record PublishOptions
{
    /// <summary>Octets of payload in each segment but the last; less where name and signature leave less room.</summary>
    public int SegmentOctets { get; init; } = 8000;

    /// <summary>How long stores may answer for the producer.</summary>
    /// <remarks>Units: milliseconds. A segment never changes; a new version stays undiscovered for as long.</remarks>
    public ulong FreshnessPeriodMs { get; init; } = 10_000;

    /// <summary>How long stores may answer with the metadata.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong MetadataFreshnessPeriodMs { get; init; } = 10;

    /// <summary>What the content means.</summary>
    public ulong ContentType { get; init; } = ContentTypes.Blob;

    /// <summary>Signs at once, on the core's thread; null to have signatures asked for by events.</summary>
    public ISigner? Signer { get; init; }

    /// <summary>How packets will be signed when signatures are asked for by events.</summary>
    public SignatureInfo? SignatureInfo { get; init; }

    /// <summary>The longest signature, when signatures are asked for by events.</summary>
    public int SignatureOctetsMax { get; init; } = 256;

    /// <summary>Whether the object stays even when room is short.</summary>
    public bool IsPinned { get; init; }
}
