namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>A key of an object of a scenario.</summary>
/// <param name="Name">The key.</param>
/// <param name="Value">What may stand behind it.</param>
/// <param name="Summary">What it means, and what holds without it, in one or two sentences.</param>
/// <param name="IsRequired">Whether it must be there.</param>
public sealed record KeyShape(string Name, ValueShape Value, string Summary, bool IsRequired = false);
