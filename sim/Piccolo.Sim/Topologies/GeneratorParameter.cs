namespace Piccolo.Sim.Topologies;

/// <summary>A parameter of a generator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">What it is if nothing is said.</param>
/// <param name="Minimum">The least it may be.</param>
/// <param name="Maximum">The most it may be.</param>
/// <param name="IsWhole">Whether it counts something, so that only whole numbers make sense.</param>
public sealed record GeneratorParameter(string Name, double Default, double Minimum, double Maximum, bool IsWhole = true);
