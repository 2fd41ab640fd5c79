using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Scenarios;

/// <summary>A number that applications of a kind count.</summary>
/// <param name="Name">What it is called after the label: <c>received</c> of <c>consumer.received</c>.</param>
/// <param name="Read">Reads it; 0 for an application of another kind.</param>
/// <param name="Summary">What it is.</param>
public sealed record ApplicationMetric(string Name, Func<SimApplication, double> Read, string Summary);
