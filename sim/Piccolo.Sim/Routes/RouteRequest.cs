using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Routes;

/// <summary>A prefix and who produces under it.</summary>
/// <param name="Prefix">The prefix that routes are for.</param>
/// <param name="Producers">Indices of the nodes that serve it; routes lead to the nearest.</param>
public sealed record RouteRequest(Name Prefix, IReadOnlyList<int> Producers);
