using System.Text.Json;
using Json.Schema;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Scenarios.Reading;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>The published schema says what the reader does.</summary>
public sealed class SchemaTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(Scenario.Schema));

    [Fact]
    public void Committed_schema_is_the_one_that_the_program_prints() =>
        Assert.Equal(Scenario.Schema, File.ReadAllText(Path.Combine(ScenarioFiles.Folder, "scenario.schema.json")));

    [Fact]
    public void Schema_and_reader_have_the_same_keys()
    {
        using JsonDocument schema = JsonDocument.Parse(Scenario.Schema);
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        IReadOnlyList<ObjectShape> shapes = SchemaWriter.Collect(ScenarioReader.Shape, ApplicationKinds.All);
        Assert.Equal(
            shapes.Select(shape => shape.Name).Order(StringComparer.Ordinal),
            definitions.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
        int keys = 0;
        foreach (ObjectShape shape in shapes.Where(shape => shape.Name != "application"))
        {
            JsonElement properties = definitions.GetProperty(shape.Name).GetProperty("properties");
            Assert.Equal(shape.Keys.Select(key => key.Name), properties.EnumerateObject().Select(one => one.Name));
            keys += shape.Keys.Count;
        }

        Assert.True(keys > 150, $"only {keys} keys were compared");
    }

    [Fact]
    public void Documentation_ends_with_the_keys_that_the_program_prints()
    {
        const string Heading = "## Every key\n\n";
        string text = File.ReadAllText(Path.Combine(ScenarioFiles.Folder, "..", "..", "docs", "simulation.md"));
        int begin = text.IndexOf(Heading, StringComparison.Ordinal);
        Assert.True(begin > 0, "docs/simulation.md has no list of keys");
        Assert.Equal(Scenario.Keys, text[(begin + Heading.Length)..]);
    }

    [Fact]
    public void Committed_scenarios_satisfy_the_schema()
    {
        Assert.All(ScenarioFiles.All(), file =>
        {
            using JsonDocument scenario = JsonDocument.Parse(File.ReadAllText(file));
            EvaluationResults results = Schema.Value.Evaluate(
                scenario.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(results.IsValid, $"{file}: {string.Join("; ", (results.Details ?? [])
                .Where(one => one.Errors is not null).Select(one => $"{one.InstanceLocation}: {string.Join(", ", one.Errors!.Values)}"))}");
        });
    }

    [Fact]
    public void Full_scenarios_satisfy_the_schema()
    {
        foreach (string text in FullScenarios.All)
        {
            using JsonDocument scenario = JsonDocument.Parse(text);
            Assert.True(Schema.Value.Evaluate(scenario.RootElement).IsValid);
        }
    }

    [Theory]
    [InlineData("""{ "duration": "2s", "topology": { "nodes": ["A"] }, "applications": [], "sede": 1 }""")]
    [InlineData("""{ "duration": "2 fortnights", "topology": { "nodes": ["A"] }, "applications": [] }""")]
    [InlineData("""{ "duration": -1, "topology": { "nodes": ["A"] }, "applications": [] }""")]
    [InlineData("""{ "duration": "2s", "topology": { "nodes": ["A"] }, "applications": [{ "kind": "consumer", "on": "A" }] }""")]
    [InlineData("""{ "duration": "2s", "topology": { "nodes": ["A"] }, "applications": [{ "kind": "nobody", "on": "A" }] }""")]
    [InlineData("""{ "topology": { "nodes": ["A"] }, "applications": [] }""")]
    public void Schema_and_reader_refuse_alike(string text)
    {
        using JsonDocument scenario = JsonDocument.Parse(text);
        Assert.False(Schema.Value.Evaluate(scenario.RootElement).IsValid);
        Assert.Throws<ScenarioException>(() => ScenarioFiles.Parse(text).Settle());
    }
}
