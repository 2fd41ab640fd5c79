namespace Piccolo.Sim.Measuring;

/// <summary>A line of a summary for people: a section, what is told, and the value with its unit.</summary>
public sealed record SummaryLine(string Section, string Label, string Value);
