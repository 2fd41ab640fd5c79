using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Client;

/// <summary>One step of a call.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Name">The name of the packet concerned.</param>
/// <param name="AnsweredBy">Who answered, where the step is an answer.</param>
/// <param name="Detail">A few words, or nothing.</param>
public readonly record struct CallStep(Instant At, CallStepKind Kind, Name Name, AnsweredBy AnsweredBy, string Detail);
