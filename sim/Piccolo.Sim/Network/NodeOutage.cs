namespace Piccolo.Sim.Network;

/// <summary>A time during which a node does not run.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="CrashNs">When it stops.</param>
/// <param name="RestartNs">When it starts again; null for never.</param>
/// <param name="KeepsState">Whether it then has its tables as they were; otherwise only its disk is left, as a power cut leaves it.</param>
public sealed record NodeOutage(string Node, long CrashNs, long? RestartNs = null, bool KeepsState = false);
