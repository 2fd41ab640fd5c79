namespace Piccolo.Bench.Sim.Queues;

/// <summary>An event that waits: when, in which order among those of one time, and where its rest is kept.</summary>
internal readonly record struct PendingEvent(long TimeNs, ulong Order, int Slot) : IComparable<PendingEvent>
{
    /// <summary>Whether it comes before another.</summary>
    public bool IsBefore(in PendingEvent other) => TimeNs < other.TimeNs || (TimeNs == other.TimeNs && Order < other.Order);

    /// <inheritdoc/>
    public int CompareTo(PendingEvent other) => TimeNs == other.TimeNs ? Order.CompareTo(other.Order) : TimeNs.CompareTo(other.TimeNs);
}
