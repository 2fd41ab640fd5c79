namespace Piccolo.Sim.Scenarios;

/// <summary>What became of an expectation.</summary>
/// <param name="Expectation">What was expected.</param>
/// <param name="Value">What came.</param>
/// <param name="IsMet">Whether that is within the range.</param>
public sealed record ExpectationResult(Expectation Expectation, double Value, bool IsMet);
