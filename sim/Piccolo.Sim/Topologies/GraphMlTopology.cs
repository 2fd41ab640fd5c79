using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>Makes nodes and links of the elements of a GraphML file.</summary>
internal sealed class GraphMlTopology(
    List<GraphMlElement> nodes, List<GraphMlElement> edges, GraphMlElement graph, TopologyBuilder builder)
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private int _metricScale = 1;

    internal Topology Build()
    {
        bool isLabelled = nodes.Select(node => node[GraphMlField.Label]).Distinct(StringComparer.Ordinal).Count() == nodes.Count
            && nodes.All(node => node[GraphMlField.Label] is not null);
        foreach (GraphMlElement node in nodes)
        {
            string name = isLabelled ? node[GraphMlField.Label]! : node.Id;
            double x = node[GraphMlField.X] is string longitude ? builder.Coordinate(node.Line, longitude, "x or longitude") : 0;
            double y = node[GraphMlField.Y] is string down ? builder.Coordinate(node.Line, down, "y")
                : node[GraphMlField.Latitude] is string latitude ? 0.0 - builder.Coordinate(node.Line, latitude, "latitude")
                : 0;
            int index = builder.AddNode(node.Line, name, x, y, node[GraphMlField.Kind] ?? "");
            if (!_indexes.TryAdd(node.Id, index))
            {
                throw builder.Error(node.Line, $"a node with id '{Quote.Clip(node.Id)}' was defined before");
            }
        }

        _metricScale = MetricScale.For(edges.Select(WeightOf));
        AddLinks();
        return builder.Build();
    }

    private void AddLinks()
    {
        Dictionary<(int, int), LinkSettings> directed = [];
        foreach (GraphMlElement edge in edges)
        {
            int a = NodeOf(edge.Line, edge.Id);
            int b = NodeOf(edge.Line, edge.Target);
            LinkSettings settings = SettingsOf(edge);
            if (edge.IsDirected)
            {
                if (!directed.TryAdd((a, b), settings))
                {
                    throw builder.Error(edge.Line, $"edge {builder.NameOf(a)} -> {builder.NameOf(b)} was defined before");
                }

                if (a != b && directed.TryGetValue((b, a), out LinkSettings? back))
                {
                    if (back != settings)
                    {
                        string name = $"{builder.NameOf(a)} -> {builder.NameOf(b)}";
                        throw builder.Error(edge.Line, $"edge {name} differs from its reverse; links are alike in both directions");
                    }

                    continue;
                }
            }

            builder.AddLink(edge.Line, a, b, settings);
        }
    }

    private LinkSettings SettingsOf(GraphMlElement edge)
    {
        LinkSettings settings = builder.Defaults;
        if (edge[GraphMlField.Rate] is string rate)
        {
            string unit = edge[GraphMlField.RateUnit] ?? graph[GraphMlField.RateUnit] ?? "bps";
            settings = settings with { RateBps = builder.Rate(edge.Line, rate, unit) };
        }

        if (edge[GraphMlField.Delay] is string delay)
        {
            string unit = edge[GraphMlField.DelayUnit] ?? graph[GraphMlField.DelayUnit] ?? "ms";
            settings = settings with { DelayNs = builder.Delay(edge.Line, delay, unit) };
        }

        if (edge[GraphMlField.Metric] is not null)
        {
            settings = settings with { Metric = MetricScale.Apply(WeightOf(edge), _metricScale) };
        }

        if (edge[GraphMlField.Queue] is string queue)
        {
            settings = settings with { Queue = QueueText.Parse(builder.Place(edge.Line), queue) };
        }

        if (edge[GraphMlField.Mtu] is string mtu)
        {
            settings = settings with { Mtu = builder.Whole(edge.Line, mtu, "mtu", 0) };
        }

        return settings with { Faults = FaultsOf(edge, settings.Faults) };
    }

    private FaultSettings FaultsOf(GraphMlElement edge, FaultSettings faults)
    {
        LossSettings? loss = edge[GraphMlField.Loss] is string text ? LossText.Parse(builder.Place(edge.Line), text) : faults.Loss;
        return faults with
        {
            Loss = loss,
            CorruptionRate = Share(edge, GraphMlField.Corruption, faults.CorruptionRate),
            DuplicationRate = Share(edge, GraphMlField.Duplication, faults.DuplicationRate),
            ReorderRate = Share(edge, GraphMlField.Reorder, faults.ReorderRate),
            ReorderDelayNs = edge[GraphMlField.ReorderDelay] is string delay
                ? builder.Delay(edge.Line, delay, "ms")
                : faults.ReorderDelayNs,
        };
    }

    private double Share(GraphMlElement edge, GraphMlField field, double otherwise)
    {
        if (edge[field] is not string text)
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1
            ? value
            : throw builder.Error(edge.Line, $"'{Quote.Clip(text)}' is no share; write a number from 0 to 1");
    }

    private decimal WeightOf(GraphMlElement edge)
    {
        if (edge[GraphMlField.Metric] is not string text)
        {
            return 0;
        }

        return MetricScale.TryRead(text, out decimal weight) ? weight : throw builder.Error(edge.Line, MetricScale.Refusal(text));
    }

    private int NodeOf(int line, string id) =>
        _indexes.TryGetValue(id, out int index) ? index : throw builder.Error(line, $"there is no node with id '{Quote.Clip(id)}'");
}
