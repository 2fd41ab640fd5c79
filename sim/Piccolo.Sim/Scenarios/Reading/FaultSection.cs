using Piccolo.Sim.Network;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads what fails.</summary>
internal static class FaultSection
{
    private static readonly KeyShape[] TimingKeys =
    [
        new("between", ValueShape.Duration, "From a repair, or the beginning, to the next failure.", IsRequired: true),
        new("repair", ValueShape.Duration, "From a failure to its repair.", IsRequired: true),
        new("periodic", ValueShape.Flag, "Whether times are exactly those; otherwise they are means of exponential ones."),
        new("from", ValueShape.Duration, "When failures begin; at once if absent."),
        new("until", ValueShape.Duration, "When they cease and all is repaired; never if absent."),
    ];

    private static readonly ObjectShape LinkShape = new(
        "link-outage",
        "A time during which a link carries nothing.",
        [
            new("link", ValueShape.List(ValueShape.Text), "The names of its two nodes.", IsRequired: true),
            new("down", ValueShape.Duration, "When it fails.", IsRequired: true),
            new("up", ValueShape.Duration, "When it works again; never if absent."),
        ]);

    private static readonly ObjectShape NodeShape = new(
        "node-outage",
        "A time during which a node does not run.",
        [
            new("node", ValueShape.Text, "Its name.", IsRequired: true),
            new("crash", ValueShape.Duration, "When it stops.", IsRequired: true),
            new("restart", ValueShape.Duration, "When it starts again; never if absent."),
            new("keepsState", ValueShape.Flag, "Whether it then has its tables as they were, beside its disk; false if absent."),
        ]);

    private static readonly ObjectShape PartitionShape = new(
        "network-partition",
        "A time during which groups of nodes cannot reach each other.",
        [
            new("groups", ValueShape.List(ValueShape.Texts), "Names of nodes; all others form one more group.", IsRequired: true),
            new("from", ValueShape.Duration, "When the network falls apart.", IsRequired: true),
            new("heal", ValueShape.Duration, "When it heals; never if absent."),
        ]);

    private static readonly ObjectShape RandomLinksShape = new(
        "random-links",
        "Links that fail by chance, each for itself.",
        [
            new("links", ValueShape.List(ValueShape.List(ValueShape.Text)), "Which, by the names of their nodes; all if absent."),
            .. TimingKeys,
        ]);

    private static readonly ObjectShape RandomNodesShape = new(
        "random-nodes",
        "Nodes that crash by chance, each for itself.",
        [
            new("nodes", ValueShape.Texts, "Which: names, or patterns with * and ?; all if absent."),
            new("keepsState", ValueShape.Flag, "Whether they restart with their tables as they were, beside their disks; false if absent."),
            .. TimingKeys,
        ]);

    /// <summary>The section.</summary>
    public static ObjectShape Shape { get; } = new(
        "faults",
        "What fails, and when.",
        [
            new("links", ValueShape.List(ValueShape.Object(LinkShape)), "Links that fail at given times."),
            new("nodes", ValueShape.List(ValueShape.Object(NodeShape)), "Nodes that crash at given times."),
            new("partitions", ValueShape.List(ValueShape.Object(PartitionShape)), "Times at which the network falls into groups."),
            new("randomLinks", ValueShape.List(ValueShape.Object(RandomLinksShape)), "Links that fail by chance."),
            new("randomNodes", ValueShape.List(ValueShape.Object(RandomNodesShape)), "Nodes that crash by chance."),
        ]);

    public static FaultSchedule Read(ScenarioObject source, Topology topology) => new()
    {
        Links = [.. source.Objects("links").Select(link => new LinkOutage(Link(link, topology), link["down"].Duration(), End(link, "up")))],
        Nodes =
        [
            .. source.Objects("nodes").Select(node => new NodeOutage(
                NameOf(topology, node["node"]), node["crash"].Duration(), End(node, "restart"), node.Flag("keepsState"))),
        ],
        Partitions =
        [
            .. source.Objects("partitions").Select(partition => new NetworkPartition(
                [.. partition.Items("groups").Select(group => Names(topology, group))],
                partition["from"].Duration(),
                End(partition, "heal"))),
        ],
        RandomLinks =
        [
            .. source.Objects("randomLinks").Select(links => new RandomLinkFaults(
                Timing(links), [.. links.Items("links").Select(link => Link(links, link, topology))])),
        ],
        RandomNodes =
        [
            .. source.Objects("randomNodes").Select(nodes => new RandomNodeFaults(
                Timing(nodes), nodes.Has("nodes") ? Names(topology, nodes["nodes"]) : null, nodes.Flag("keepsState"))),
        ],
    };

    private static IReadOnlyList<string> Names(Topology topology, ScenarioValue value) =>
        [.. NodePattern.Find(topology, value).Select(node => topology.Nodes[node].Name)];

    private static string NameOf(Topology topology, ScenarioValue value) => topology.Nodes[NodePattern.Single(topology, value)].Name;

    private static FaultScheduleLink Link(ScenarioObject source, Topology topology) => Link(source, source["link"], topology);

    private static FaultScheduleLink Link(ScenarioObject source, ScenarioValue value, Topology topology)
    {
        IReadOnlyList<ScenarioValue> ends = value.Items();
        return ends.Count == 2
            ? new FaultScheduleLink(NameOf(topology, ends[0]), NameOf(topology, ends[1]))
            : throw value.Error($"a link of {source.Shape.Name} is named by its two nodes, and {ends.Count} are given");
    }

    private static long? End(ScenarioObject source, string key) => source.Has(key) ? source[key].Duration() : null;

    private static FaultTiming Timing(ScenarioObject source) => new()
    {
        IsPeriodic = source.Flag("periodic"),
        BetweenNs = source["between"].Duration(),
        RepairNs = source["repair"].Duration(),
        FromNs = source.Duration("from", 0),
        UntilNs = source.Duration("until", 0),
    };
}
