namespace Piccolo.Sim.Measuring;

/// <summary>Something that happened on a node at a time.</summary>
internal interface ITimedSample
{
    long TimeNs { get; }
}
