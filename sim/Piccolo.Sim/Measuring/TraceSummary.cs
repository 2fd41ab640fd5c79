namespace Piccolo.Sim.Measuring;

/// <summary>What became of one trace or capture.</summary>
/// <param name="File">Its file; empty when it was kept in memory only.</param>
/// <param name="Rows">Rows or frames written.</param>
/// <param name="LeftOut">Rows or frames beyond the limit.</param>
public sealed record TraceSummary(string File, long Rows, long LeftOut);
