using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Scenarios;

/// <summary>Routes along the shortest paths between two nodes.</summary>
/// <param name="Prefix">For which names.</param>
/// <param name="From">Index of the node that Interests start at.</param>
/// <param name="To">Index of the node that serves them.</param>
/// <param name="Count">How many paths; fewer are set up if there are no more.</param>
public sealed record PathRoute(Name Prefix, int From, int To, int Count);
