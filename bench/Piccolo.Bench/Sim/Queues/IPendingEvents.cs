namespace Piccolo.Bench.Sim.Queues;

/// <summary>Events by time and order; what is added is never before what was taken last.</summary>
internal interface IPendingEvents
{
    /// <summary>How many wait.</summary>
    int Count { get; }

    /// <summary>Adds an event.</summary>
    void Add(PendingEvent item);

    /// <summary>Takes the first.</summary>
    bool TryTake(out PendingEvent item);
}
