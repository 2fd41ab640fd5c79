namespace Piccolo.Sim.Measuring;

/// <summary>An Interest of an application was answered.</summary>
internal readonly record struct DelaySample(
    long TimeNs, int Application, long Sequence, long LastDelayNs, long FullDelayNs, int Retransmissions) : ITimedSample;
