using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Client;

/// <summary>What happened in a call, step by step.</summary>
/// <remarks>Bound: the first <see cref="StepCountMax"/> steps and the last; the others are counted.</remarks>
public sealed class CallTrace
{
    /// <summary>Most steps that are kept.</summary>
    public const int StepCountMax = 128;

    private readonly List<CallStep> _steps = [];

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<CallStep> Steps => _steps;

    /// <summary>Steps that were not kept.</summary>
    public int OmittedCount { get; private set; }

    /// <summary>Who answered the call: whether the function ran for it.</summary>
    public AnsweredBy AnsweredBy { get; internal set; }

    /// <summary>Interests that were sent, repetitions included, segments of results not.</summary>
    public int InterestCount { get; internal set; }

    internal void Add(Instant at, CallStepKind kind, Name name, AnsweredBy answeredBy = AnsweredBy.Unsaid, string detail = "")
    {
        var step = new CallStep(at, kind, name, answeredBy, detail);
        if (_steps.Count < StepCountMax)
        {
            _steps.Add(step);
        }
        else
        {
            OmittedCount++;
            _steps[^1] = step;
        }
    }
}
