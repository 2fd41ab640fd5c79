namespace Piccolo.Drivers.InMemory;

/// <summary>What an impaired link did.</summary>
/// <param name="Lost">Frames dropped on purpose.</param>
/// <param name="Duplicated">Frames sent twice.</param>
/// <param name="Reordered">Frames held back to be passed by others.</param>
/// <param name="Overflowed">Frames lost because too many were under way.</param>
public readonly record struct ImpairmentCounters(long Lost, long Duplicated, long Reordered, long Overflowed);
