using System.Runtime.InteropServices;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Rates of packets of each face and kind, in the format of ndnSIM's L3RateTracer.</summary>
/// <remarks>
/// A face appears once it has carried something. Octets are those of the Interest or Data without link headers, kilobytes are of 1024, as
/// there. Rows with FaceId -1 count the PIT's satisfied and unsatisfied entries of the node; ndnSIM splits these by face too
/// (<c>InSatisfiedInterests</c> and its like), which our forwarder does not count, so these rows are left out.
/// </remarks>
internal sealed class L3RateTracer : ITracer
{
    private readonly (NodeProbe Probe, NodeState State)[] _nodes;
    private readonly double _periodSeconds;
    private readonly IRowSink _sink;

    public L3RateTracer(IReadOnlyList<NodeProbe> nodes, long periodNs, IRowSink sink)
    {
        _nodes = [.. nodes.Select(probe => (probe, new NodeState()))];
        _periodSeconds = periodNs / 1e9;
        _sink = sink;
    }

    public void Sample(long nowNs)
    {
        foreach ((NodeProbe probe, NodeState state) in _nodes)
        {
            if (probe.Forwarder is ForwarderCore forwarder)
            {
                SampleNode(nowNs, probe, state, forwarder);
            }
        }
    }

    private void SampleNode(long nowNs, NodeProbe probe, NodeState state, ForwarderCore forwarder)
    {
        bool isRestarted = state.Forwarder is not null && !ReferenceEquals(state.Forwarder, forwarder);
        state.Forwarder = forwarder;
        if (isRestarted)
        {
            state.Restart();
        }

        foreach (Face face in forwarder.ListFaces())
        {
            FaceCounters counters = face.Counters;
            ulong received = counters.InInterests + counters.InData + counters.InNacks;
            ulong sent = counters.OutInterests + counters.OutData + counters.OutNacks;
            if (received + sent > 0)
            {
                SampleFace(nowNs, probe, state, face.Id, counters);
            }
        }

        ForwarderCounters totals = forwarder.Counters;
        state.Satisfied.Update(totals.SatisfiedInterests, _periodSeconds);
        state.TimedOut.Update(totals.UnsatisfiedInterests, _periodSeconds);
        if (totals.SatisfiedInterests + totals.UnsatisfiedInterests > 0)
        {
            state.HasTotals = true;
        }

        if (state.HasTotals)
        {
            Write(nowNs, probe.Name, -1, "all", "SatisfiedInterests", state.Satisfied, default);
            Write(nowNs, probe.Name, -1, "all", "TimedOutInterests", state.TimedOut, default);
        }
    }

    private void SampleFace(long nowNs, NodeProbe probe, NodeState state, FaceId face, in FaceCounters counters)
    {
        ref FaceState? rates = ref CollectionsMarshal.GetValueRefOrAddDefault(state.Faces, face.Value, out _);
        rates ??= new FaceState(probe.DescribeFace(face));
        Row(nowNs, probe, face, rates, 0, "InInterests", counters.InInterests, counters.InInterestOctets);
        Row(nowNs, probe, face, rates, 1, "OutInterests", counters.OutInterests, counters.OutInterestOctets);
        Row(nowNs, probe, face, rates, 2, "InData", counters.InData, counters.InDataOctets);
        Row(nowNs, probe, face, rates, 3, "OutData", counters.OutData, counters.OutDataOctets);
        Row(nowNs, probe, face, rates, 4, "InNacks", counters.InNacks, counters.InNackOctets);
        Row(nowNs, probe, face, rates, 5, "OutNacks", counters.OutNacks, counters.OutNackOctets);
    }

    private void Row(long nowNs, NodeProbe probe, FaceId face, FaceState rates, int kind, string type, ulong packets, ulong octets)
    {
        ref SmoothedRate packetRate = ref rates.Packets[kind];
        ref SmoothedRate octetRate = ref rates.Octets[kind];
        packetRate.Update(packets, _periodSeconds);
        octetRate.Update(octets, _periodSeconds);
        Write(nowNs, probe.Name, (long)face.Value, rates.Description, type, packetRate, octetRate);
    }

    private void Write(
        long nowNs, string node, long face, string description, string type, in SmoothedRate packets, in SmoothedRate octets) =>
        _sink.Append(
            MetricValue.Seconds(nowNs),
            MetricValue.Of(node),
            MetricValue.Of(face),
            MetricValue.Of(description),
            MetricValue.Of(type),
            MetricValue.Of(packets.PerSecond),
            MetricValue.Of(octets.PerSecond / 1024),
            MetricValue.Of(packets.Raw),
            MetricValue.Of(octets.Raw / 1024.0));

    private sealed class FaceState(string description)
    {
        public string Description { get; } = description;

        public SmoothedRate[] Packets { get; } = new SmoothedRate[6];

        public SmoothedRate[] Octets { get; } = new SmoothedRate[6];
    }

    private sealed class NodeState
    {
        public Dictionary<ulong, FaceState?> Faces { get; } = [];

        public SmoothedRate Satisfied;

        public SmoothedRate TimedOut;

        public ForwarderCore? Forwarder { get; set; }

        public bool HasTotals { get; set; }

        public void Restart()
        {
            // The faces of the forwarder that came after are others, whatever their numbers.
            Faces.Clear();
            Satisfied.Restart();
            TimedOut.Restart();
        }
    }
}
