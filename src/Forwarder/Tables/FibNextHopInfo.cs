namespace Piccolo.Forwarder.Tables;

/// <summary>One nexthop, as management reports it.</summary>
/// <param name="Face">Where it leads.</param>
/// <param name="Cost">What it costs.</param>
public readonly record struct FibNextHopInfo(FaceId Face, ulong Cost);
