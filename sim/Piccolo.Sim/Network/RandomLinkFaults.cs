namespace Piccolo.Sim.Network;

/// <summary>Links that fail again and again, each for itself.</summary>
/// <param name="Timing">How often and how long.</param>
/// <param name="Links">Which; empty or null for all.</param>
public sealed record RandomLinkFaults(FaultTiming Timing, IReadOnlyList<FaultScheduleLink>? Links = null);
