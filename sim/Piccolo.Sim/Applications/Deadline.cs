namespace Piccolo.Sim.Applications;

/// <summary>When a consumer gives one sending of an Interest up.</summary>
internal readonly record struct Deadline(long Sequence, int Tries, long DueNs);
