using Piccolo.Forwarder;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>The numbers of a run, by name.</summary>
/// <remarks>
/// <para><c>METRIC</c> adds up the whole network, <c>NODE/METRIC</c> is one node's, <c>A&gt;B/METRIC</c> one direction of a link's.</para>
/// <para>Applications: <c>LABEL.COUNT</c> (<c>consumer.received</c>); <c>delay.mean</c>, <c>delay.p50</c> and so on, from the first
/// sending to the Data, in seconds. Nodes: <c>cs.hits</c>, <c>pit.entries</c>, <c>drops.NoRoute</c>. Links: <c>link.delivered</c>,
/// <c>link.utilisation</c>. The run: <c>run.events</c>. A node that restarted empty counts from its restart.</para>
/// </remarks>
public sealed class RunMetrics
{
    private readonly SimNetwork _network;
    private readonly ApplicationTally _tally;
    private readonly SortedDictionary<string, List<(int Node, int Index,
        ApplicationMetric Metric)>> _applications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int From, int To)> _directions = new(StringComparer.Ordinal);

    internal RunMetrics(SimNetwork network, ApplicationTally tally, IReadOnlyList<ApplicationSettings> applications)
    {
        _network = network;
        _tally = tally;
        var counts = new int[network.Nodes.Count];
        foreach (ApplicationSettings application in applications)
        {
            int index = counts[application.Node]++;
            foreach (ApplicationMetric metric in application.Metrics)
            {
                string name = $"{application.Label}.{metric.Name}";
                if (!_applications.TryGetValue(name, out List<(int Node, int Index, ApplicationMetric Metric)>? all))
                {
                    _applications.Add(name, all = []);
                }

                all.Add((application.Node, index, metric));
            }
        }
    }

    /// <summary>The names of the metrics of the network as a whole, in order.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. _applications.Keys, .. MetricCatalogue.Delays, .. MetricCatalogue.Calls, .. MetricCatalogue.Nodes, .. MetricCatalogue.Drops,
        .. MetricCatalogue.Links, .. MetricCatalogue.Run,
    ];

    /// <summary>A metric since the beginning of the run.</summary>
    /// <exception cref="ScenarioException">There is no such metric.</exception>
    public double this[string name]
    {
        get
        {
            MetricTerms terms = Read(name);
            return terms.Since(new MetricTerms(0, double.IsNaN(terms.Whole) ? double.NaN : 0));
        }
    }

    internal MetricTerms Read(string name)
    {
        int slash = name.LastIndexOf('/');
        string scope = slash < 0 ? "" : name[..slash];
        string metric = name[(slash + 1)..];
        if (scope.Length == 0)
        {
            return ReadAll(metric);
        }

        int node = _network.Topology.IndexOf(scope);
        if (node >= 0)
        {
            return ReadNode(node, metric);
        }

        int arrow = scope.IndexOf('>', StringComparison.Ordinal);
        return arrow > 0 ? ReadDirection(name, scope, arrow, metric) : throw NoNode(scope, name);
    }

    private ScenarioException NoNode(string node, string name) => new(
        $"the metric '{name}' is of node '{Quote.Clip(node)}', which the topology does not have"
        + NearWord.Suggest(node, _network.Topology.Nodes.Take(2000).Select(one => one.Name)));

    private static ScenarioException Unknown(string metric, IEnumerable<string> known) =>
        new($"there is no metric '{Quote.Clip(metric)}'{NearWord.Suggest(metric, known)}");

    private MetricTerms ReadAll(string metric)
    {
        if (_applications.TryGetValue(metric, out List<(int Node, int Index, ApplicationMetric Metric)>? of))
        {
            return new MetricTerms(of.Sum(ReadApplication));
        }

        if (MetricCatalogue.Delays.Contains(metric) || MetricCatalogue.Calls.Contains(metric))
        {
            return ReadTally(null, metric);
        }

        if (MetricCatalogue.Run.Contains(metric))
        {
            return metric switch
            {
                "run.events" => new(_network.EventCount),
                "run.frames" => new(_network.LinkFrameCount),
                _ => new(_network.NowNs / 1e9, IsState: true),
            };
        }

        if (MetricCatalogue.Links.Contains(metric))
        {
            return Sum(_network.Links.SelectMany(static link => new[] { link.AtoB, link.BtoA })
                .Select(direction => ReadDirection(direction.Counters, metric, _network.NowNs)));
        }

        return MetricCatalogue.IsNode(metric)
            ? Sum(_network.Nodes.Select(node => ReadForwarder(node, metric)))
            : throw Unknown(metric, Names);
    }

    private MetricTerms ReadNode(int node, string metric)
    {
        if (_applications.TryGetValue(metric, out List<(int Node, int Index, ApplicationMetric Metric)>? of))
        {
            return of.Exists(one => one.Node == node)
                ? new MetricTerms(of.Where(one => one.Node == node).Sum(ReadApplication))
                : throw new ScenarioException($"node '{_network.Nodes[node].Name}' has no application that counts {metric}");
        }

        if (MetricCatalogue.Delays.Contains(metric) || MetricCatalogue.Calls.Contains(metric))
        {
            return ReadTally(node, metric);
        }

        IEnumerable<string> known = _applications.Keys.Concat(MetricCatalogue.Delays).Concat(MetricCatalogue.Calls)
            .Concat(MetricCatalogue.Nodes).Concat(MetricCatalogue.Drops);
        return MetricCatalogue.IsNode(metric) ? ReadForwarder(_network.Nodes[node], metric) : throw Unknown(metric, known);
    }

    private double ReadApplication((int Node, int Index, ApplicationMetric Metric) of)
    {
        IReadOnlyList<SimApplication> applications = _network.Nodes[of.Node].Applications;
        return of.Index < applications.Count ? of.Metric.Read(applications[of.Index]) : 0;
    }

    private MetricTerms ReadTally(int? node, string metric)
    {
        if (metric is "delay.min" or "delay.p50" or "delay.p90" or "delay.p99" or "delay.max")
        {
            DelayHistogram delays = _tally.Delays(node);
            long ns = delays.Count == 0 ? 0 : metric switch
            {
                "delay.min" => delays.MinimumNs,
                "delay.p50" => delays.QuantileNs(500),
                "delay.p90" => delays.QuantileNs(900),
                "delay.p99" => delays.QuantileNs(990),
                _ => delays.MaximumNs,
            };
            return new MetricTerms(ns / 1e9, IsState: true);
        }

        return Sum(Enumerable.Range(node ?? 0, node is null ? _network.Nodes.Count : 1).Select(index =>
        {
            ApplicationTally.Counts counts = _tally[index];
            return metric switch
            {
                "delay.mean" => new MetricTerms(counts.DelaySumNs / 1e9, counts.Answered),
                "delay.last" => new(counts.LastDelaySumNs / 1e9, counts.Answered),
                "delay.count" => new(counts.Answered),
                "timeouts" => new(counts.Timeouts),
                "calls.ended" => new(counts.Calls),
                "calls.failed" => new(counts.CallsFailed),
                "calls.fuel" => new(counts.CallFuel),
                _ => new MetricTerms(counts.CallSumNs / 1e9, counts.Calls),
            };
        }));
    }

    private static MetricTerms ReadForwarder(SimNode node, string metric)
    {
        ForwarderCounters counters = node.Forwarder.Counters;
        return metric switch
        {
            "cs.hits" => new(counters.ContentStoreHits),
            "cs.misses" => new(counters.ContentStoreMisses),
            "cs.hitRatio" => new(counters.ContentStoreHits, counters.ContentStoreHits + counters.ContentStoreMisses),
            "cs.entries" => new(node.Forwarder.ContentStoreEntryCount, IsState: true),
            "pit.entries" => new(node.Forwarder.PitEntryCount, IsState: true),
            "pit.satisfied" => new(counters.SatisfiedInterests),
            "pit.unsatisfied" => new(counters.UnsatisfiedInterests),
            "fib.entries" => new(node.Forwarder.FibEntryCount, IsState: true),
            "in.interests" => new(counters.InInterests),
            "in.data" => new(counters.InData),
            "in.nacks" => new(counters.InNacks),
            "out.interests" => new(counters.OutInterests),
            "out.data" => new(counters.OutData),
            "out.nacks" => new(counters.OutNacks),
            "cpu.busy" => new(node.Cpu.BusyNs / 1e9),
            "cpu.fuel" => new(node.Cpu.FuelCharged),
            "cpu.dropped" => new(node.Cpu.DroppedFrames),
            "cpu.lost" => new(node.Cpu.LostFrames),
            _ => new(counters.Dropped(MetricCatalogue.DropOf(metric))),
        };
    }

    private MetricTerms ReadDirection(string name, string scope, int arrow, string metric)
    {
        if (!MetricCatalogue.Links.Contains(metric))
        {
            throw Unknown(metric, MetricCatalogue.Links);
        }

        if (!_directions.TryGetValue(scope, out (int From, int To) ends))
        {
            ends = (_network.Topology.IndexOf(scope[..arrow]), _network.Topology.IndexOf(scope[(arrow + 1)..]));
            _directions.Add(scope, ends);
        }

        if (ends.From < 0 || ends.To < 0)
        {
            throw NoNode(ends.From < 0 ? scope[..arrow] : scope[(arrow + 1)..], name);
        }

        LinkFace face = _network.Nodes[ends.From].FaceTo(_network.Nodes[ends.To])
            ?? throw new ScenarioException($"the metric '{name}' is of a link that the topology does not have");
        return ReadDirection(face.Direction.Counters, metric, _network.NowNs);
    }

    private static MetricTerms ReadDirection(LinkDirectionCounters counters, string metric, long nowNs) => metric switch
    {
        "link.sent" => new(counters.Sent),
        "link.sentOctets" => new(counters.SentOctets),
        "link.delivered" => new(counters.Delivered),
        "link.octets" => new(counters.DeliveredOctets),
        "link.droppedQueue" => new(counters.DroppedQueue),
        "link.droppedLoss" => new(counters.DroppedLoss),
        "link.droppedDown" => new(counters.DroppedDown),
        "link.corrupted" => new(counters.Corrupted),
        "link.duplicated" => new(counters.Duplicated),
        "link.queued" => new(counters.Queued, IsState: true),
        _ => new(counters.BusyNs, nowNs),
    };

    private static MetricTerms Sum(IEnumerable<MetricTerms> terms)
    {
        MetricTerms sum = default;
        bool isFirst = true;
        foreach (MetricTerms one in terms)
        {
            sum = isFirst ? one : sum + one;
            isFirst = false;
        }

        return sum;
    }
}
