namespace Piccolo.Sim.Measuring;

/// <summary>A count with a name: drops by cause, rows of a trace.</summary>
public sealed record SummaryCount(string Name, long Count);
