using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Rice.Server;

/// <summary>What a signature was asked for, so that the packet can be finished when it comes.</summary>
/// <param name="to">The name of the Interest; no second signature is asked for it while this one is outstanding.</param>
internal sealed class SignaturePurpose(Name to)
{
    public Name To { get; } = to;

    public UnsignedData? Packet { get; set; }

    /// <summary>The function whose descriptor it is.</summary>
    public ServedFunction? Metadata { get; init; }

    public Instant MetadataUntil { get; init; }

    /// <summary>The job whose final answer it is.</summary>
    public Job? FinalOf { get; init; }

    /// <summary>The result whose segment it is.</summary>
    public PublishedResult? Result { get; init; }

    public int Segment { get; init; }
}
