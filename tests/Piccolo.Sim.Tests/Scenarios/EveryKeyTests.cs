using System.Text.Json.Nodes;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Scenarios.Reading;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Every key is read: a wrong value behind any of them is refused by its path.</summary>
public sealed class EveryKeyTests
{
    /// <summary>Keys that need a file, an assembly, or are for editors.</summary>
    private static readonly string[] ShownElsewhere =
    [
        "topology.file", "topology.format", "topology.largestPart", "loss.file", "figure.reference", "reference.file", "reference.columns",
        "reference.names", "reference.label", "reference.xScale", "reference.yScale", "scenario.$schema",
    ];

    private static readonly string[] OwnKinds =
    [
        "consumer", "producer", "function-host", "function-client", "repository", "interest-flooder", "cache-polluter",
    ];

    [Fact]
    public void Full_scenarios_run()
    {
        foreach (string text in FullScenarios.All)
        {
            using ScenarioRun run = ScenarioFiles.Parse(text).Build();
            Assert.True(run.Run().IsComplete);
        }
    }

    [Fact]
    public void Full_scenarios_use_every_key()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string text in FullScenarios.All)
        {
            Visit(JsonNode.Parse(text)!, ValueShape.Object(ScenarioReader.Shape), "$", (_, shape, key) => seen.Add($"{shape}.{key}"));
        }

        string[] all = [.. SchemaWriter.Collect(ScenarioReader.Shape, [.. ApplicationKinds.All.Where(kind => OwnKinds.Contains(kind.Name))])
            .Where(shape => shape.Name != "application").SelectMany(shape => shape.Keys.Select(key => $"{shape.Name}.{key.Name}"))];
        Assert.Empty(all.Except(seen).Except(ShownElsewhere));
    }

    [Fact]
    public void Wrong_value_behind_any_key_is_refused_by_its_path()
    {
        int tried = 0;
        foreach (string text in FullScenarios.All)
        {
            var places = new List<(string Path, string Key)>();
            Visit(JsonNode.Parse(text)!, ValueShape.Object(ScenarioReader.Shape), "$", (path, shape, key) =>
            {
                if (!ShownElsewhere.Contains($"{shape}.{key}"))
                {
                    places.Add((path, key));
                }
            });
            foreach ((string path, _) in places)
            {
                JsonNode changed = JsonNode.Parse(text)!;
                Replace(changed, path, JsonNode.Parse("""[{ "no": [[{ "no": 1 }]] }]""")!);
                Exception? error = Record.Exception(() => ScenarioFiles.Parse(changed.ToJsonString()).Settle());
                Assert.True(error is ScenarioException, $"{path} is not read: {error?.Message ?? "nothing was refused"}");
                Assert.Matches(@"^s\.json:\d+: ", error!.Message);
                string afterLine = error.Message[(error.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
                Assert.StartsWith(path, afterLine, StringComparison.Ordinal);
                tried++;
            }
        }

        Assert.True(tried > 150, $"only {tried} keys were tried");
    }

    private static void Replace(JsonNode root, string path, JsonNode value)
    {
        JsonNode at = root;
        string[] steps = path[2..].Replace("[", ".[", StringComparison.Ordinal).Split('.');
        foreach (string step in steps[..^1])
        {
            at = step[0] == '[' ? at[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }

        at[steps[^1]] = value;
    }

    private static void Visit(JsonNode node, ValueShape shape, string path, Action<string, string, string> found)
    {
        switch (node)
        {
            case JsonObject entries when ShapeOf(entries, shape) is ObjectShape own:
                foreach ((string key, JsonNode? value) in entries)
                {
                    found($"{path}.{key}", own.Name, key);
                    Visit(value!, own.Find(key)!.Value, $"{path}.{key}", found);
                }

                break;
            case JsonArray items:
                ValueShape list = shape.Kind == ValueKind.List ? shape : shape.Items.First(one => one.Kind == ValueKind.List);
                for (int i = 0; i < items.Count; i++)
                {
                    Visit(items[i]!, list.Items[0], $"{path}[{i}]", found);
                }

                break;
            default:
                break;
        }
    }

    private static ObjectShape? ShapeOf(JsonObject entries, ValueShape shape)
    {
        ObjectShape? own = shape.Kind == ValueKind.Either
            ? shape.Items.FirstOrDefault(one => one.Kind == ValueKind.Object)?.Shape
            : shape.Shape;
        return own?.Name == "application"
            ? ApplicationKinds.All.First(kind => kind.Name == entries["kind"]!.GetValue<string>()).Shape
            : own;
    }
}
