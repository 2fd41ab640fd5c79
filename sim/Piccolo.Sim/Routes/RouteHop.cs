namespace Piccolo.Sim.Routes;

/// <summary>One way on from a node towards a destination.</summary>
/// <param name="Link">Index of the link to send on.</param>
/// <param name="Neighbor">The node at its other end.</param>
/// <param name="Cost">What the way costs in all if the neighbour goes on by its best route.</param>
public readonly record struct RouteHop(int Link, int Neighbor, long Cost);
