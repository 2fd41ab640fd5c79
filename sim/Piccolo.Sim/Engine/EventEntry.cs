using System.Runtime.CompilerServices;

namespace Piccolo.Sim.Engine;

/// <summary>An event that waits: when, which of those of one time, and where its record is.</summary>
internal struct EventEntry
{
    /// <summary>When it is due.</summary>
    public long TimeNs;

    /// <summary>Its place among the events of one time; no two events share it.</summary>
    public ulong Order;

    /// <summary>Its record; no two pending events share it.</summary>
    public int Slot;

    /// <summary>Whether it comes before another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsBefore(in EventEntry other) =>
        TimeNs < other.TimeNs || (TimeNs == other.TimeNs && Order < other.Order);
}
