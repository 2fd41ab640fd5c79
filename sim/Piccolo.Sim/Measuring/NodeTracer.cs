using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>How full the tables of nodes are, over time.</summary>
internal sealed class NodeTracer(IReadOnlyList<NodeProbe> nodes, IRowSink sink) : ITracer
{
    public void Sample(long nowNs)
    {
        foreach (NodeProbe node in nodes)
        {
            if (node.Forwarder is not ForwarderCore forwarder)
            {
                continue;
            }

            long queued = 0;
            foreach (Face face in forwarder.ListFaces())
            {
                queued += face.SendQueueOctets;
            }

            sink.Append(
                MetricValue.Seconds(nowNs),
                MetricValue.Of(node.Name),
                MetricValue.Of(forwarder.PitEntryCount),
                MetricValue.Of(forwarder.PitRecordCount),
                MetricValue.Of(forwarder.ContentStoreEntryCount),
                MetricValue.Of(forwarder.ContentStoreInfo.Evicted),
                MetricValue.Of(forwarder.FibEntryCount),
                MetricValue.Of(forwarder.DeadNonceCount),
                MetricValue.Of(queued));
        }
    }
}
