namespace Piccolo.Sim.Scenarios;

/// <summary>How far a run is.</summary>
/// <param name="NowNs">Virtual time, in nanoseconds.</param>
/// <param name="DurationNs">Where it ends.</param>
/// <param name="EventCount">Events that ran.</param>
public readonly record struct RunProgress(long NowNs, long DurationNs, long EventCount);
