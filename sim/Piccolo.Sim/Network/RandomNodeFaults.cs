namespace Piccolo.Sim.Network;

/// <summary>Nodes that crash again and again, each for itself.</summary>
/// <param name="Timing">How often and how long.</param>
/// <param name="Nodes">Names; empty or null for all.</param>
/// <param name="KeepsState">Whether they restart with their tables as they were.</param>
public sealed record RandomNodeFaults(FaultTiming Timing, IReadOnlyList<string>? Nodes = null, bool KeepsState = false);
