using System.Text.Json.Nodes;
using System.Text.Json;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Output;

/// <summary>A run as JSON for programs: its summary, what was expected, and how long it took.</summary>
internal static class RunReport
{
    public static JsonObject Of(ScenarioResult result, double wallSeconds)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            RunSummaryWriter.Write(result.Summary, writer);
        }

        JsonObject report = JsonNode.Parse(buffer.ToArray())!.AsObject();
        report["isComplete"] = result.IsComplete;
        report["isAsExpected"] = result.IsAsExpected;
        report["wallSeconds"] = wallSeconds;
        report["expectations"] = new JsonArray([.. result.Expectations.Select(one => new JsonObject
        {
            ["metric"] = ExpectationView.NameOf(one.Expectation),
            ["expected"] = ExpectationView.Describe(one.Expectation),
            ["value"] = one.Value,
            ["isMet"] = one.IsMet,
        })]);
        return report;
    }
}
