namespace Piccolo.Sim.Engine;

/// <summary>Whom an event is for.</summary>
internal interface IEventTarget
{
    /// <summary>The event's time has come.</summary>
    /// <param name="partition">Where it runs; its time is the event's.</param>
    /// <param name="argument">What the poster gave.</param>
    /// <param name="payload">What the poster gave.</param>
    void Fire(Partition partition, long argument, object? payload);
}
