using Piccolo.Sdk.Functions;

namespace Piccolo.Sim.Applications;

/// <summary>What a node's functions are, and how they run.</summary>
public sealed record FunctionHostSettings
{
    /// <summary>The functions; their code really runs.</summary>
    /// <remarks>One definition may serve many nodes, on the threads of their partitions: code of one must not keep state.</remarks>
    public required IReadOnlyList<FunctionDefinition> Functions { get; init; }

    /// <summary>How results are signed, with the node's own key; a digest is nobody's signature and refused.</summary>
    public PacketSigning Signing { get; init; } = PacketSigning.Ecdsa;

    /// <summary>How many calls run at once; null for one on each core.</summary>
    public int? RunningMax { get; init; }

    /// <summary>How many more may wait.</summary>
    public int WaitingMax { get; init; } = 4096;

    /// <summary>How long a call may run before it is stopped.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long JobTimeMaxNs { get; init; } = 3_600_000_000_000;
}
