namespace Piccolo.Sdk;

/// <summary>How far a fetch is.</summary>
/// <param name="SegmentsDone">Segments that came.</param>
/// <param name="SegmentCount">How many there are; null while nobody knows.</param>
/// <param name="OctetsInOrder">Octets that came without a gap.</param>
public readonly record struct FetchProgressReport(ulong SegmentsDone, ulong? SegmentCount, ulong OctetsInOrder);
