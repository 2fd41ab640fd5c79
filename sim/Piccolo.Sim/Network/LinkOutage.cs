namespace Piccolo.Sim.Network;

/// <summary>A time during which a link carries nothing.</summary>
/// <param name="Link">Which link.</param>
/// <param name="DownNs">When it fails.</param>
/// <param name="UpNs">When it works again; null for never.</param>
public sealed record LinkOutage(FaultScheduleLink Link, long DownNs, long? UpNs = null);
