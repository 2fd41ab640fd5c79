namespace Piccolo.Sim.Scenarios;

/// <summary>How a member of a swarm ended.</summary>
/// <param name="Number">Which member.</param>
/// <param name="Digest">The run's digest.</param>
/// <param name="EventCount">Events that ran.</param>
/// <param name="Failures">What did not hold, a sentence each; none is what everybody hopes for.</param>
public sealed record SwarmResult(ulong Number, ulong Digest, long EventCount, IReadOnlyList<string> Failures);
