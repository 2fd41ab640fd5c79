namespace Piccolo.Sim.Engine;

/// <summary>Events follow each other without time passing.</summary>
internal sealed class StandstillException(long timeNs, long events)
    : Exception($"time stands still: more than {events} events at one instant; something wakes itself without waiting")
{
    /// <summary>When.</summary>
    public long TimeNs { get; } = timeNs;
}
