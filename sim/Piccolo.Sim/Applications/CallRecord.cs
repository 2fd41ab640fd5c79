using Piccolo.Ndn.Naming;

namespace Piccolo.Sim.Applications;

/// <summary>What became of a call of a function.</summary>
/// <param name="Sequence">The caller's number of it.</param>
/// <param name="Function">The function's name.</param>
/// <param name="BeganNs">When it was made, in virtual time.</param>
/// <param name="EndedNs">When the caller knew the end.</param>
/// <param name="IsSuccessful">Whether there is a result.</param>
/// <param name="AnsweredBy">Who signed the result, or why there is none.</param>
/// <param name="Fuel">
/// Fuel that the function burnt for this call, where it tells its caller as <c>burn</c> does; 0 for what a cache answered, for what failed
/// and for functions that do not tell. <see cref="Nodes.NodeCpu.FuelCharged"/> is all that was burnt on a node.
/// </param>
public readonly record struct CallRecord(
    long Sequence, Name Function, long BeganNs, long EndedNs, bool IsSuccessful, string AnsweredBy, ulong Fuel);
