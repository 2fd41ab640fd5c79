using Piccolo.Sim.Applications;
using Piccolo.Sim.Measuring;

namespace Piccolo.Sim.Scenarios;

/// <summary>Adds up what applications report, by node, and hands it on.</summary>
/// <remarks>Each node has its own counts, because the threads of partitions report side by side.</remarks>
internal sealed class ApplicationTally(int nodeCount, IApplicationLog? next) : IApplicationLog
{
    private readonly Counts[] _nodes = [.. Enumerable.Range(0, nodeCount).Select(static _ => new Counts())];

    /// <summary>The counts of a node.</summary>
    public Counts this[int node] => _nodes[node];

    /// <summary>The delays of one node, or of all.</summary>
    public DelayHistogram Delays(int? node)
    {
        var all = new DelayHistogram();
        for (int i = 0; i < _nodes.Length; i++)
        {
            if ((node is null || node == i) && _nodes[i].Delays is DelayHistogram some)
            {
                all.Add(some);
            }
        }

        return all;
    }

    public void OnAnswered(SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions)
    {
        Counts counts = _nodes[application.Node.Index];
        counts.Answered++;
        counts.DelaySumNs += fullDelayNs;
        counts.LastDelaySumNs += lastDelayNs;
        (counts.Delays ??= new DelayHistogram()).Record(fullDelayNs);
        next?.OnAnswered(application, sequence, lastDelayNs, fullDelayNs, retransmissions);
    }

    public void OnTimeout(SimApplication application, long sequence)
    {
        _nodes[application.Node.Index].Timeouts++;
        next?.OnTimeout(application, sequence);
    }

    public void OnCall(SimApplication application, in CallRecord call)
    {
        Counts counts = _nodes[application.Node.Index];
        counts.Calls++;
        counts.CallsFailed += call.IsSuccessful ? 0 : 1;
        counts.CallSumNs += call.EndedNs - call.BeganNs;
        counts.CallFuel += call.Fuel;
        next?.OnCall(application, call);
    }

    /// <summary>What the applications of a node reported.</summary>
    internal sealed class Counts
    {
        public long Answered { get; set; }

        public double DelaySumNs { get; set; }

        public double LastDelaySumNs { get; set; }

        public DelayHistogram? Delays { get; set; }

        public long Timeouts { get; set; }

        public long Calls { get; set; }

        public long CallsFailed { get; set; }

        public double CallSumNs { get; set; }

        public double CallFuel { get; set; }
    }
}
