using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Delays that applications saw, in the format of ndnSIM's AppDelayTracer: two rows for each Data.</summary>
/// <remarks>
/// LastDelay is counted from the last transmission of the Interest, FullDelay from the first. RetxCount of LastDelay is 1 as ndnSIM
/// writes it; that of FullDelay is the number of transmissions. HopCount is the links that
/// the Data came over, from its producer or from the cache that had it; the simulator counts them beside the packets, which stay the
/// real ones.
/// </remarks>
internal sealed class AppDelayTracer(int nodeCount, int sampleStride, Func<int, string?> nameOfTracedNode, IRowSink sink)
{
    private readonly long[] _seen = new long[nodeCount];

    public void Write(int node, in DelaySample sample)
    {
        if (nameOfTracedNode(node) is not string name || _seen[node]++ % sampleStride != 0)
        {
            return;
        }

        Write(name, sample, "LastDelay", sample.LastDelayNs, 1);
        Write(name, sample, "FullDelay", sample.FullDelayNs, sample.Retransmissions + 1);
    }

    private void Write(string node, in DelaySample sample, string type, long delayNs, int transmissions) =>
        sink.Append(
            MetricValue.Seconds(sample.TimeNs),
            MetricValue.Of(node),
            MetricValue.Of(sample.Application),
            MetricValue.Of(sample.Sequence),
            MetricValue.Of(type),
            MetricValue.Seconds(delayNs),
            MetricValue.Microseconds(delayNs),
            MetricValue.Of(transmissions),
            MetricValue.Of(sample.Hops));
}
