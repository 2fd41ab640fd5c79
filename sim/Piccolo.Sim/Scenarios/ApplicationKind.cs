using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios;

/// <summary>A kind of application that scenarios name.</summary>
/// <param name="Name">What <c>kind</c> says.</param>
/// <param name="Shape">Its keys, beside those that every application has.</param>
/// <param name="Read">Reads them.</param>
/// <param name="Metrics">What can be read off each application of the kind.</param>
public sealed record ApplicationKind(
    string Name, ObjectShape Shape, Func<ScenarioObject, ApplicationPlan> Read, IReadOnlyList<ApplicationMetric> Metrics);
