using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Scenarios;

/// <summary>A route that somebody wrote down.</summary>
/// <param name="Node">Index of the node that has it.</param>
/// <param name="Prefix">For which names.</param>
/// <param name="Next">Index of the neighbour that they go to.</param>
/// <param name="Cost">The lower the better.</param>
public sealed record HandRoute(int Node, Name Prefix, int Next, ulong Cost = 0);
