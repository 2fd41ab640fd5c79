using Piccolo.Forwarder;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Hits and misses of content stores in each period, in the format of ndnSIM's CsTracer.</summary>
internal sealed class ContentStoreTracer(IReadOnlyList<NodeProbe> nodes, IRowSink sink) : ITracer
{
    private readonly ForwarderCore?[] _forwarders = new ForwarderCore?[nodes.Count];
    private readonly ulong[] _hits = new ulong[nodes.Count];
    private readonly ulong[] _misses = new ulong[nodes.Count];

    public void Sample(long nowNs)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Forwarder is not ForwarderCore forwarder)
            {
                continue;
            }

            if (!ReferenceEquals(forwarder, _forwarders[i]))
            {
                (_forwarders[i], _hits[i], _misses[i]) = (forwarder, 0, 0);
            }

            ulong hits = forwarder.Counters.ContentStoreHits;
            ulong misses = forwarder.Counters.ContentStoreMisses;
            Write(nowNs, nodes[i].Name, "CacheHits", hits - _hits[i]);
            Write(nowNs, nodes[i].Name, "CacheMisses", misses - _misses[i]);
            (_hits[i], _misses[i]) = (hits, misses);
        }
    }

    private void Write(long nowNs, string node, string type, ulong count) =>
        sink.Append(MetricValue.Seconds(nowNs), MetricValue.Of(node), MetricValue.Of(type), MetricValue.Of(count));
}
