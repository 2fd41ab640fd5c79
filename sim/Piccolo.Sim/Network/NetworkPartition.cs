namespace Piccolo.Sim.Network;

/// <summary>A time during which groups of nodes cannot reach each other: every link between two of them is down.</summary>
/// <param name="Groups">Names of nodes; nodes that are in no group form one more.</param>
/// <param name="FromNs">When the network falls apart.</param>
/// <param name="HealNs">When it heals; null for never.</param>
public sealed record NetworkPartition(IReadOnlyList<IReadOnlyList<string>> Groups, long FromNs, long? HealNs = null);
