using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Frames that the queues of a node's links dropped, in the format of ndnSIM's L2RateTracer.</summary>
/// <remarks>
/// One row for each node and period, all its links together (<c>combined</c>). Frames lost on the way are in the link series.
/// </remarks>
internal sealed class L2RateTracer : ITracer
{
    private readonly List<NodeState> _nodes = [];
    private readonly double _periodSeconds;
    private readonly IRowSink _sink;

    /// <summary>A tracer of these nodes' own ends of these links.</summary>
    public L2RateTracer(IReadOnlyList<NodeProbe> nodes, IReadOnlyList<LinkProbe> links, long periodNs, IRowSink sink)
    {
        _periodSeconds = periodNs / 1e9;
        _sink = sink;
        var byIndex = new Dictionary<int, NodeState>(nodes.Count);
        foreach (NodeProbe node in nodes)
        {
            var state = new NodeState(node.Name);
            _nodes.Add(state);
            byIndex.Add(node.Index, state);
        }

        foreach (LinkProbe link in links)
        {
            if (byIndex.TryGetValue(link.From, out NodeState? state))
            {
                state.Links.Add(link);
            }
        }
    }

    public void Sample(long nowNs)
    {
        foreach (NodeState node in _nodes)
        {
            ulong packets = 0;
            ulong octets = 0;
            foreach (LinkProbe link in node.Links)
            {
                LinkReading reading = link.Read(nowNs);
                packets += (ulong)reading.DroppedQueue;
                octets += (ulong)reading.DroppedQueueOctets;
            }

            node.Packets.Update(packets, _periodSeconds);
            node.Octets.Update(octets, _periodSeconds);
            _sink.Append(
                MetricValue.Seconds(nowNs),
                MetricValue.Of(node.Name),
                MetricValue.Of("combined"),
                MetricValue.Of("Drop"),
                MetricValue.Of(node.Packets.PerSecond),
                MetricValue.Of(node.Octets.PerSecond / 1024),
                MetricValue.Of(node.Packets.Raw),
                MetricValue.Of(node.Octets.Raw / 1024.0));
        }
    }

    private sealed class NodeState(string name)
    {
        public string Name { get; } = name;

        public List<LinkProbe> Links { get; } = [];

        public SmoothedRate Packets;

        public SmoothedRate Octets;
    }
}
