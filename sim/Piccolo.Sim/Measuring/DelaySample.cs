namespace Piccolo.Sim.Measuring;

/// <summary>An Interest of an application was answered.</summary>
/// <remarks><paramref name="Hops"/> are the links that the Data came over, -1 when not known.</remarks>
internal readonly record struct DelaySample(
    long TimeNs, int Application, long Sequence, long LastDelayNs, long FullDelayNs, int Retransmissions, int Hops = -1) : ITimedSample;
