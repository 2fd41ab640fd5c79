namespace Piccolo.Sim.Measuring;

/// <summary>A call of a function ended.</summary>
/// <remarks><paramref name="Answered"/> says who ran it, or why there is no result; fuel is -1 when not known.</remarks>
internal readonly record struct CallSample(
    long BeganNs, long TimeNs, int Application, string Function, string Answered, string Outcome, long Fuel) : ITimedSample;
