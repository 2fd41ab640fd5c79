namespace Piccolo.Sim.Measuring;

/// <summary>Looks at the network from time to time, when all of it stands still, and writes rows.</summary>
internal interface ITracer
{
    void Sample(long nowNs);
}
