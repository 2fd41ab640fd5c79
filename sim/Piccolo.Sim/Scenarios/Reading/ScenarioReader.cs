using System.Text.Json;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads a whole scenario for one seed and one set of parameters.</summary>
internal static class ScenarioReader
{
    private static readonly KeyShape[] RootKeys =
    [
        new("$schema", ValueShape.Text, "For editors: the path of scenario.schema.json."),
        new("name", ValueShape.Text, "What reports call it; the file's name if absent."),
        new("description", ValueShape.Text, "What it shows, for people."),
        new("seed", ValueShape.Whole(0, long.MaxValue), "Everything random comes from it; 1 if absent."),
        new("duration", ValueShape.Duration, "How long it runs, in virtual time.", IsRequired: true),
        new("threads", ValueShape.Whole(1, 256), "Threads that run the network side by side; results do not depend on it. 1 if absent."),
        new("parameters", ValueShape.Map(ValueShape.Either(ValueShape.Number(), ValueShape.Text, ValueShape.Flag)), "Values that \"$name\" "
            + "and \"...${name}...\" stand for; --set changes them."),
        new("topology", ValueShape.Object(TopologySection.Shape), "Nodes and links.", IsRequired: true),
        new("links", ValueShape.List(ValueShape.Object(LinkSection.Override)), "What is different about links, in this order."),
        new("node", ValueShape.Object(NodeSection.Defaults), "What all nodes are made of."),
        new("nodes", ValueShape.List(ValueShape.Object(NodeSection.Override)), "What is different about some, in this order."),
        new("strategies", RouteSection.Strategies, "Forwarding strategies; best-route if absent."),
        new("routes", ValueShape.Object(RouteSection.Shape), "How Interests find producers; by shortest paths if absent."),
        new("applications", ValueShape.List(ValueShape.Object(ApplicationSection.Shape)), "What runs on nodes.", IsRequired: true),
        new("faults", ValueShape.Object(FaultSection.Shape), "What fails, and when."),
        new("measure", ValueShape.Object(MeasureSection.Shape), "What is measured."),
        new("figures", ValueShape.List(ValueShape.Object(FigureSection.Shape)), "What is drawn of it."),
        new("expect", ValueShape.List(ValueShape.Object(ExpectSection.Shape)), "What must hold of the run's numbers."),
    ];

    /// <summary>The whole scenario.</summary>
    public static ObjectShape Shape { get; } = new("scenario", "A scenario of Piccolo's simulator.", RootKeys);

    /// <summary>Reads the values of the parameters.</summary>
    public static IReadOnlyDictionary<string, JsonElement> ReadParameters(ScenarioDocument document)
    {
        var parameters = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        ScenarioObject root = Root(document);
        if (!root.Has("parameters"))
        {
            return parameters;
        }

        foreach ((string name, ScenarioValue value) in root["parameters"].Entries())
        {
            if (name.Length == 0 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            {
                throw value.Error("a parameter's name has letters, digits, _ and - only");
            }

            if (value.Kind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False))
            {
                throw value.Unexpected("a number, a text, true or false");
            }

            parameters.Add(name, value.Json);
        }

        return parameters;
    }

    public static ScenarioSettings Read(ScenarioDocument document, ulong? seed, long? untilNs)
    {
        ScenarioObject root = Root(document);
        ulong usedSeed = seed ?? (root.Has("seed") ? root["seed"].Unsigned() : 1);
        long durationNs = untilNs ?? root["duration"].Duration();
        if (durationNs <= 0)
        {
            throw root.Error("duration", "a run takes more than no time");
        }

        Topology topology = TopologySection.Read(root.Object("topology")!, root.Objects("links"), usedSeed);
        NodeSettings defaults = root.Object("node") is ScenarioObject node ? NodeSection.Read(node,
            new NodeSettings()) : new NodeSettings();
        var settings = new ScenarioSettings
        {
            File = document.File,
            Lines = document.Lines,
            Name = root.Text("name", Path.GetFileNameWithoutExtension(document.File)),
            Description = root.Text("description"),
            Seed = usedSeed,
            DurationNs = durationNs,
            Threads = (int)root.Whole("threads", 1),
            Topology = topology,
            NodeDefaults = defaults,
            Nodes = NodeSection.ReadOverrides(root.Objects("nodes"), topology, defaults),
            Strategies = RouteSection.ReadStrategies(root.Objects("strategies"), topology),
            Routes = root.Object("routes") is ScenarioObject routes ? RouteSection.Read(routes, topology) : new RouteSettings(),
            Applications = ApplicationSection.Read(root.Items("applications"), topology),
            Faults = root.Object("faults") is ScenarioObject faults ? FaultSection.Read(faults, topology) : new FaultSchedule(),
            Figures = [.. root.Objects("figures").Select(FigureSection.Read)],
            Traces = root.Object("measure") is ScenarioObject measure ? MeasureSection.Read(measure,
                topology) : new Measuring.TraceSettings(),
        };

        // A run that is cut short on purpose meets no expectation of the whole one.
        bool isWhole = untilNs is null || untilNs == root["duration"].Duration();
        return settings with
        {
            Traces = settings.Traces with { KeepsTables = settings.Figures.Count > 0 },
            Expectations = isWhole ? [.. root.Objects("expect").Select(expect => ExpectSection.Read(expect, durationNs))] : [],
        };
    }

    private static ScenarioObject Root(ScenarioDocument document) => new ScenarioValue(document, "$", document.Root).Object(Shape);
}
