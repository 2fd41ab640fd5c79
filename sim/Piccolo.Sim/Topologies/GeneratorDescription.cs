namespace Piccolo.Sim.Topologies;

/// <summary>A kind of generated topology, as command lines and scenarios name it.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Parameters">What it takes.</param>
public sealed record GeneratorDescription(string Kind, string Summary, IReadOnlyList<GeneratorParameter> Parameters);
