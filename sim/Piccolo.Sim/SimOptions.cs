using Piccolo.Sim.Nodes;

namespace Piccolo.Sim;

/// <summary>How a network is simulated.</summary>
public sealed record SimOptions
{
    /// <summary>Everything random in the run comes from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that run the network side by side; the result does not depend on it.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Nodes that a single thread runs together until the end of a window; the result does not depend on it.</summary>
    internal int NodesPerPart { get; init; } = Engine.PartitionPlan.NodesPerPart;

    /// <summary>What nodes are made of, where <see cref="Nodes"/> does not say.</summary>
    public NodeSettings NodeDefaults { get; init; } = new();

    /// <summary>What single nodes are made of, by their index in the topology.</summary>
    public IReadOnlyDictionary<int, NodeSettings> Nodes { get; init; } = new Dictionary<int, NodeSettings>();
}
