namespace Piccolo.Sim.Topologies;

/// <summary>A node of a topology.</summary>
/// <param name="Name">Unique in its topology.</param>
/// <param name="X">Where it is drawn.</param>
/// <param name="Y">Where it is drawn.</param>
/// <param name="Kind">What a generator calls it (<c>core</c>, <c>edge</c>, <c>host</c>), or nothing.</param>
public sealed record TopologyNode(string Name, double X = 0, double Y = 0, string Kind = "");
