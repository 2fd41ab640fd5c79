namespace Piccolo.Sim.Topologies;

/// <summary>A link between two nodes; both directions are alike.</summary>
/// <param name="A">Index of one node.</param>
/// <param name="B">Index of the other.</param>
/// <param name="Settings">Rate, delay, queue, faults.</param>
public sealed record TopologyLink(int A, int B, LinkSettings Settings);
