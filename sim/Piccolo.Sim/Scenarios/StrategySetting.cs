using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Scenarios;

/// <summary>The strategy of a prefix.</summary>
/// <param name="Prefix">For which names.</param>
/// <param name="Strategy">Its full name, for example <c>/localhost/nfd/strategy/multicast</c>.</param>
/// <param name="Nodes">Indices of the nodes that use it; null for all.</param>
public sealed record StrategySetting(Name Prefix, Name Strategy, IReadOnlyList<int>? Nodes = null);
