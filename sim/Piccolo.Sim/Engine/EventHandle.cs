namespace Piccolo.Sim.Engine;

/// <summary>Names a posted event, for cancelling it; stale once the event ran.</summary>
/// <param name="Slot">Its record.</param>
/// <param name="Generation">Which of the record's events; 0 is none.</param>
internal readonly record struct EventHandle(int Slot, uint Generation);
