using Piccolo.Ndn.Naming;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads routes and strategies.</summary>
internal static class RouteSection
{
    private static readonly Name StrategyBase = Name.Parse("/localhost/nfd/strategy");

    private static readonly ObjectShape PrefixShape = new(
        "route-prefix",
        "A prefix and its producers, beside what applications serve.",
        [
            new("prefix", ValueShape.Text, "For which names.", IsRequired: true),
            new("producers", ValueShape.Texts, "The nodes that serve it; routes lead to the nearest.", IsRequired: true),
        ]);

    private static readonly ObjectShape HandShape = new(
        "hand-route",
        "A route by hand.",
        [
            new("on", ValueShape.Texts, "The nodes that have it.", IsRequired: true),
            new("prefix", ValueShape.Text, "For which names.", IsRequired: true),
            new("to", ValueShape.Text, "The neighbour that they go to.", IsRequired: true),
            new("cost", ValueShape.Whole(), "The lower the better; 0 if absent."),
        ]);

    private static readonly ObjectShape PathShape = new(
        "path-route",
        "Routes along the k shortest paths between two nodes.",
        [
            new("prefix", ValueShape.Text, "For which names.", IsRequired: true),
            new("from", ValueShape.Texts, "Where Interests start.", IsRequired: true),
            new("to", ValueShape.Text, "The node that serves them.", IsRequired: true),
            new("count", ValueShape.Whole(1, 64), "How many paths.", IsRequired: true),
        ]);

    private static readonly ObjectShape StrategyShape = new(
        "strategy",
        "The forwarding strategy of a prefix.",
        [
            new("prefix", ValueShape.Text, "For which names; all if absent."),
            new("strategy", ValueShape.Text, "best-route, multicast, or a full name with parameters.", IsRequired: true),
            new("on", ValueShape.Texts, "The nodes that use it; all if absent."),
        ]);

    /// <summary>The section.</summary>
    public static ObjectShape Shape { get; } = new(
        "routes",
        "How Interests find producers.",
        [
            new("automatic", ValueShape.Flag, "Whether every node gets shortest routes to whatever applications serve; true if absent."),
            new("metric", ValueShape.Choice("metric", "delay", "hops"), "What routes are the shortest in; the links' metric if absent."),
            new("nextHops", ValueShape.Whole(1, 64), "Next hops of a node for a prefix: the best, then alternatives; 1 if absent."),
            new("reroute", ValueShape.Duration, "How long after a failure or repair routes are computed anew; never if absent."),
            new("prefixes", ValueShape.List(ValueShape.Object(PrefixShape)), "Prefixes and producers beside those of applications."),
            new("hand", ValueShape.List(ValueShape.Object(HandShape)), "Routes by hand."),
            new("paths", ValueShape.List(ValueShape.Object(PathShape)), "Routes along the k shortest paths."),
        ]);

    /// <summary>The list of strategies.</summary>
    public static ValueShape Strategies { get; } = ValueShape.List(ValueShape.Object(StrategyShape));

    public static RouteSettings Read(ScenarioObject source, Topology topology)
    {
        var hand = new List<HandRoute>();
        foreach (ScenarioObject route in source.Objects("hand"))
        {
            int next = NodePattern.Single(topology, route["to"]);
            foreach (int node in NodePattern.Find(topology, route["on"]))
            {
                if (!topology.Links.Any(link => (link.A == node && link.B == next) || (link.B == node && link.A == next)))
                {
                    throw route.Error(
                        "to", $"'{topology.Nodes[next].Name}' is no neighbour of '{topology.Nodes[node].Name}'; a route goes to one");
                }

                hand.Add(new HandRoute(node, route["prefix"].Name(), next, (ulong)route.Whole("cost", 0)));
            }
        }

        var paths = new List<PathRoute>();
        foreach (ScenarioObject path in source.Objects("paths"))
        {
            int to = NodePattern.Single(topology, path["to"]);
            foreach (int from in NodePattern.Find(topology, path["from"]))
            {
                paths.Add(new PathRoute(path["prefix"].Name(), from, to, (int)path.Whole("count", 1)));
            }
        }

        return new RouteSettings
        {
            IsAutomatic = source.Flag("automatic", true),
            Metric = source.Choice("metric", "metric") switch
            {
                "delay" => RouteMetric.Delay,
                "hops" => RouteMetric.Hops,
                _ => RouteMetric.Metric,
            },
            NextHopsMax = (int)source.Whole("nextHops", 1),
            RerouteNs = source.Has("reroute") ? source["reroute"].Duration() : null,
            Prefixes = [.. source.Objects("prefixes").Select(prefix =>
                new RouteRequest(prefix["prefix"].Name(), NodePattern.Find(topology, prefix["producers"])))],
            Hand = hand,
            Paths = paths,
        };
    }

    public static IReadOnlyList<StrategySetting> ReadStrategies(IReadOnlyList<ScenarioObject> sources, Topology topology) =>
    [
        .. sources.Select(source => new StrategySetting(
            source.Name("prefix") ?? Name.Root,
            Strategy(source["strategy"]),
            source.Has("on") ? NodePattern.Find(topology, source["on"]) : null)),
    ];

    private static Name Strategy(ScenarioValue value)
    {
        string text = value.Text();
        Name name = text.StartsWith('/') ? value.Name() : StrategyBase.Append(text);
        return StrategyCheck.IsKnown(name, out string reason) ? name : throw value.Error(reason);
    }
}
