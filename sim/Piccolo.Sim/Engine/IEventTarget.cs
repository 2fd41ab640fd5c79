namespace Piccolo.Sim.Engine;

/// <summary>Whom an event is for.</summary>
internal interface IEventTarget
{
    /// <summary>The event's time has come.</summary>
    /// <param name="partition">Where it runs; its time is the event's.</param>
    /// <param name="argument">What the poster gave.</param>
    /// <param name="payload">What the poster gave.</param>
    void Fire(Partition partition, long argument, object? payload);

    /// <summary>The next event is for it: hints at what <see cref="Fire"/> will touch. Called while another event runs.</summary>
    /// <param name="isAtOnce">
    /// False in the midst of the other event: what the target itself names. True at its end: what is named by what was hinted at before.
    /// </param>
    void Expect(bool isAtOnce)
    {
    }
}
