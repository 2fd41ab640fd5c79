using System.Buffers;
using System.Text.Json;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads the applications: each entry by the shape of its kind.</summary>
internal static class ApplicationSection
{
    /// <summary>Any application; what other keys there are depends on its kind.</summary>
    public static ObjectShape Shape { get; } = new("application", "An application on some nodes.", ApplicationKinds.All[0].Shape.Keys);

    private static readonly SearchValues<char> NotInLabels = SearchValues.Create("/.,\"\n\r");

    public static IReadOnlyList<ApplicationSettings> Read(IReadOnlyList<ScenarioValue> items, Topology topology)
    {
        var applications = new List<ApplicationSettings>();
        foreach (ScenarioValue item in items)
        {
            ApplicationKind kind = KindOf(item);
            ScenarioObject source = item.Object(kind.Shape);
            IReadOnlyList<int> nodes = NodePattern.Find(topology, source["on"]);
            ApplicationPlan plan;
            try
            {
                plan = kind.Read(source);
                _ = plan.Make(topology.Nodes[nodes[0]].Name);
            }
            catch (Exception error) when (error is ScenarioException or ArgumentException && !IsPlaced(error, source))
            {
                throw new ScenarioException(source.Error(error.Message).Message, error);
            }

            string label = source.Text("as", plan.Label ?? kind.Name);
            CheckLabel(source, label);
            long startNs = source.Duration("start", 0);
            long stopNs = source.Duration("stop", long.MaxValue);
            if (stopNs <= startNs)
            {
                throw source.Error("stop", "it must come after start");
            }

            applications.AddRange(nodes.Select(node => new ApplicationSettings
            {
                Node = node,
                Make = () => plan.Make(topology.Nodes[node].Name),
                Label = label,
                StartNs = startNs,
                StopNs = stopNs,
                Serves = plan.Serves(topology.Nodes[node].Name),
                Asks = plan.Asks(topology.Nodes[node].Name),
                Metrics = plan.Metrics ?? kind.Metrics,
                Place = source.Place,
            }));
        }

        return applications;
    }

    private static ApplicationKind KindOf(ScenarioValue item)
    {
        if (item.Kind != JsonValueKind.Object)
        {
            throw item.Unexpected("an object");
        }

        string[] words = [.. ApplicationKinds.All.Select(kind => kind.Name)];
        foreach ((string key, ScenarioValue value) in item.Entries())
        {
            if (key == "kind")
            {
                string word = value.Choice(words);
                return ApplicationKinds.All.First(kind => kind.Name == word);
            }
        }

        throw item.Error($"the key 'kind' is missing; there are {string.Join(", ", words)}");
    }

    private static void CheckLabel(ScenarioObject source, string label)
    {
        if (label.Length is 0 or > 100 || label.AsSpan().IndexOfAny(NotInLabels) >= 0)
        {
            throw source.Error("as", "a label has 1 to 100 characters, and no / . , \" or line end among them");
        }
    }

    private static bool IsPlaced(Exception error, ScenarioObject source) =>
        error.Message.StartsWith(source.Place, StringComparison.Ordinal) || error.Message.Contains(": $", StringComparison.Ordinal);
}
