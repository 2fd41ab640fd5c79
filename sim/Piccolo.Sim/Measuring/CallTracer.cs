using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Calls of functions, a row for each when it ends.</summary>
internal sealed class CallTracer(int nodeCount, int sampleStride, Func<int, string?> nameOfTracedNode, IRowSink sink)
{
    private readonly long[] _seen = new long[nodeCount];

    public void Write(int node, in CallSample sample)
    {
        if (nameOfTracedNode(node) is not string name || _seen[node]++ % sampleStride != 0)
        {
            return;
        }

        sink.Append(
            MetricValue.Seconds(sample.BeganNs),
            MetricValue.Seconds(sample.TimeNs),
            MetricValue.Of(name),
            MetricValue.Of(sample.Application),
            MetricValue.Of(sample.Function),
            sample.Answered.Length == 0 ? default : MetricValue.Of(sample.Answered),
            MetricValue.Of(sample.Outcome),
            sample.Fuel < 0 ? default : MetricValue.Of(sample.Fuel),
            MetricValue.Seconds(sample.TimeNs - sample.BeganNs));
    }
}
