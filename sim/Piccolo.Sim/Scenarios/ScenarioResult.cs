using Piccolo.Sim.Measuring;

namespace Piccolo.Sim.Scenarios;

/// <summary>How a run ended.</summary>
public sealed record ScenarioResult
{
    /// <summary>The run in numbers.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>What was expected, and what came.</summary>
    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>Whether it ran to its end; false when it was cancelled.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Files of figures that were written.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];

    /// <summary>Whether every expectation was met.</summary>
    public bool IsAsExpected => Expectations.All(static result => result.IsMet);
}
