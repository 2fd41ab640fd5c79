namespace Piccolo.Sim.Network;

/// <summary>A time during which every frame is lost.</summary>
/// <param name="FromNs">Its beginning, included.</param>
/// <param name="ToNs">Its end, excluded.</param>
public readonly record struct LossInterval(long FromNs, long ToNs);
