using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Applications;

/// <summary>What a producer answers with.</summary>
public sealed record ProducerSettings
{
    /// <summary>For which names.</summary>
    public required Name Prefix { get; init; }

    /// <summary>Octets of content in each Data.</summary>
    /// <remarks>Bound: with name and signature the packet must stay within 8,800 octets.</remarks>
    public int PayloadOctets { get; init; } = 1024;

    /// <summary>For how long an answer is fresh.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong FreshnessMs { get; init; } = 1000;

    /// <summary>How answers are signed.</summary>
    public PacketSigning Signing { get; init; } = PacketSigning.Digest;

    /// <summary>How long it takes to make an answer, beside the signature.</summary>
    /// <remarks>Units: nanoseconds. The producer makes any number side by side.</remarks>
    public long DelayNs { get; init; }
}
