using System.Text.Json;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads the topology: a file, a generator, or nodes and links on the spot; then what is different about links.</summary>
internal static class TopologySection
{
    private static readonly (string Word, TopologyFormat Format)[] Formats =
    [
        ("annotated", TopologyFormat.Annotated),
        ("rocketfuel-map", TopologyFormat.RocketfuelMap),
        ("rocketfuel-weights", TopologyFormat.RocketfuelWeights),
        ("graphml", TopologyFormat.GraphMl),
    ];

    private static readonly string[] Origins = ["file", "generator", "nodes"];

    private static readonly ObjectShape NodeShape = new(
        "inline-node",
        "A node of an inline topology.",
        [
            new("name", ValueShape.Text, "Its name, unique.", IsRequired: true),
            new("x", ValueShape.Number(), "Where it is drawn."),
            new("y", ValueShape.Number(), "Where it is drawn, downwards."),
            new("kind", ValueShape.Text, "What it is, for drawings: core, edge, host."),
        ]);

    /// <summary>The section.</summary>
    public static ObjectShape Shape { get; } = new(
        "topology",
        "Nodes and links: one of file, generator and nodes.",
        [
            new("file", ValueShape.Text, "A file of any format that the simulator reads, from the scenario's folder on."),
            new("format", ValueShape.Choice([.. Formats.Select(known => known.Word)]),
                "The file's format; seen from its content if absent."),
            new("largestPart", ValueShape.Flag, "Of a file whose network is in several parts, take the largest; false if absent."),
            new("generator", ValueShape.Choice([.. TopologyGenerator.Kinds.Select(kind => kind.Kind)]), "A kind of generated topology."),
            new("with", ValueShape.Map(ValueShape.Number()), "The generator's parameters; `pcl-sim topology --list` lists them."),
            new("seed", ValueShape.Whole(0, long.MaxValue), "The seed of a random generator; the run's seed if absent."),
            new("nodes", ValueShape.List(ValueShape.Either(ValueShape.Text, ValueShape.Object(NodeShape))), "Nodes: names, or more."),
            new("links", ValueShape.List(ValueShape.Object(LinkSection.InlineLink)), "The links between the nodes."),
            new("link", ValueShape.Object(LinkSection.Settings), "What links are like where nothing else is said."),
        ]);

    public static Topology Read(ScenarioObject source, IReadOnlyList<ScenarioObject> overrides, ulong seed)
    {
        LinkSettings defaults = source.Object("link") is ScenarioObject link ? LinkSection.Read(link,
            new LinkSettings()) : new LinkSettings();
        string[] origins = [.. Origins.Where(source.Has)];
        if (origins.Length != 1)
        {
            throw origins.Length == 0
                ? source.Error("nothing says which nodes there are; give file, generator or nodes")
                : source.Error(origins[1], $"'{origins[0]}' is given too; a topology comes from one of file, generator and nodes");
        }

        RefuseStray(source, origins[0]);
        Topology topology = origins[0] switch
        {
            "file" => ReadFile(source, defaults),
            "generator" => Generate(source, defaults, seed),
            _ => ReadInline(source, defaults),
        };
        return overrides.Count == 0 ? topology : Change(topology, overrides);
    }

    private static void RefuseStray(ScenarioObject source, string origin)
    {
        (string Key, string Owner)[] owned =
            [("format", "file"), ("largestPart", "file"), ("with", "generator"), ("seed", "generator"), ("links", "nodes")];
        foreach ((string key, string owner) in owned)
        {
            if (owner != origin && source.Has(key))
            {
                throw source.Error(key, $"it belongs to '{owner}', and this topology has '{origin}'");
            }
        }
    }

    private static Topology ReadFile(ScenarioObject source, LinkSettings defaults)
    {
        string word = source.Choice("format", "");
        TopologyFormat format = word.Length == 0 ? TopologyFormat.Detect : Array.Find(Formats, known => known.Word == word).Format;
        Topology topology = TopologyReader.ReadFile(source["file"].File(), format, defaults);
        return source.Flag("largestPart") ? topology.LargestPart() : topology;
    }

    private static Topology Generate(ScenarioObject source, LinkSettings defaults, ulong seed)
    {
        var parameters = new Dictionary<string, double>(StringComparer.Ordinal);
        if (source.Has("with"))
        {
            foreach ((string key, ScenarioValue value) in source["with"].Entries())
            {
                parameters.Add(key, value.Number());
            }
        }

        string kind = source.Choice("generator", "");
        ulong own = source.Has("seed") ? (ulong)source.Whole("seed", 0) : seed;
        try
        {
            return TopologyGenerator.Generate(kind, parameters, defaults, own);
        }
        catch (ScenarioException error)
        {
            throw new ScenarioException(source.Error("with", error.Message).Message, error);
        }
    }

    private static Topology ReadInline(ScenarioObject source, LinkSettings defaults)
    {
        var nodes = new List<TopologyNode>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ScenarioValue item in source.Items("nodes"))
        {
            TopologyNode node = item.Kind == JsonValueKind.Object ? ReadNode(item.Object(NodeShape)) : new TopologyNode(item.Text());
            if (node.Name.Length is 0 or > 200)
            {
                throw item.Error("a node's name has 1 to 200 characters");
            }

            if (!indexes.TryAdd(node.Name, nodes.Count))
            {
                throw item.Error($"the node '{Quote.Clip(node.Name)}' was defined before");
            }

            nodes.Add(node);
        }

        var links = new List<TopologyLink>();
        var bare = new Topology(nodes, []);
        foreach (ScenarioObject item in source.Objects("links"))
        {
            IReadOnlyList<ScenarioValue> ends = item.Items("between");
            if (ends.Count != 2)
            {
                throw item.Error("between", $"a link joins two nodes, and {ends.Count} are named");
            }

            int a = NodePattern.Single(bare, ends[0]);
            int b = NodePattern.Single(bare, ends[1]);
            if (a == b)
            {
                throw item.Error("between", $"a link leads from '{Quote.Clip(nodes[a].Name)}' to itself");
            }

            links.Add(new TopologyLink(a, b, LinkSection.Read(item, defaults)));
        }

        return nodes.Count > 0 ? new Topology(nodes, links) : throw source.Error("nodes", "there is no node");
    }

    private static TopologyNode ReadNode(ScenarioObject source) =>
        new(source.Text("name"), source.Number("x", 0), source.Number("y", 0), source.Text("kind"));

    private static Topology Change(Topology topology, IReadOnlyList<ScenarioObject> overrides)
    {
        TopologyLink[] links = [.. topology.Links];
        foreach (ScenarioObject change in overrides)
        {
            (HashSet<int> From, HashSet<int> To)? ends = Ends(topology, change);
            int changed = 0;
            for (int i = 0; i < links.Length; i++)
            {
                if (ends is null || (ends.Value.From.Contains(links[i].A) && ends.Value.To.Contains(links[i].B))
                    || (ends.Value.From.Contains(links[i].B) && ends.Value.To.Contains(links[i].A)))
                {
                    links[i] = links[i] with { Settings = LinkSection.Read(change, links[i].Settings) };
                    changed++;
                }
            }

            if (changed == 0)
            {
                throw change.Has("between")
                    ? change.Error("between", "the topology has no link between these nodes")
                    : change.Error("the topology has no link");
            }
        }

        return new Topology(topology.Nodes, links) { Warnings = topology.Warnings };
    }

    private static (HashSet<int> From, HashSet<int> To)? Ends(Topology topology, ScenarioObject change)
    {
        if (!change.Has("between"))
        {
            return null;
        }

        IReadOnlyList<ScenarioValue> ends = change.Items("between");
        return ends.Count == 2
            ? ([.. NodePattern.Find(topology, ends[0])], [.. NodePattern.Find(topology, ends[1])])
            : throw change.Error("between", $"a link joins two nodes, and {ends.Count} are named");
    }
}
