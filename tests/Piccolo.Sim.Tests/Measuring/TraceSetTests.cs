using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Tests.Reports;

namespace Piccolo.Sim.Tests.Measuring;

public class TraceSetTests
{
    private const long HalfSecond = 500_000_000;

    private readonly FakeNode _node = new(0, "C1");
    private readonly FakeNode _other = new(1, "P1");
    private uint _nonce;

    [Fact]
    public void L3_rates_are_those_of_ndnsim_to_the_octet()
    {
        byte[] interest = MakeInterest("/a/1");
        byte[] data = MakeData("/a/1");
        string[] lines = Trace(TraceKinds.L3Rate, "rate-trace.txt", traces =>
        {
            _node.Receive(_node.Application, interest);
            _node.Receive(_node.Link, data);
            traces.Sample(HalfSecond);
            traces.Sample(2 * HalfSecond);
        });

        Assert.Equal("Time\tNode\tFaceId\tFaceDescr\tType\tPackets\tKilobytes\tPacketRaw\tKilobytesRaw", lines[0]);
        string kilobytes = MetricValue.Of(interest.Length / 1024.0).ToString();

        // One packet in half a second is 2 a second; four fifths of it in the first period, a fifth of that in the next.
        string rate = MetricValue.Of(0.8 * (interest.Length / 0.5) / 1024).ToString();
        string faded = MetricValue.Of((1 - 0.8) * (0.8 * (interest.Length / 0.5)) / 1024).ToString();
        ulong face = _node.Application.Value;
        Assert.Contains($"0.5\tC1\t{face}\tapp://consumer\tInInterests\t1.6\t{rate}\t1\t{kilobytes}", lines);
        Assert.Contains($"1\tC1\t{face}\tapp://consumer\tInInterests\t{MetricValue.Of((1 - 0.8) * 1.6)}\t{faded}\t0\t0", lines);
        Assert.Contains($"0.5\tC1\t{_node.Link.Value}\tnetdev://there\tInData\t1.6", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("0.5\tC1\t-1\tall\tSatisfiedInterests\t1.6\t0\t1\t0", lines);
        Assert.Equal(1 + (2 * ((2 * 6) + 2)), lines.Length);
    }

    [Fact]
    public void Restart_without_state_does_not_count_backwards()
    {
        string[] lines = Trace(TraceKinds.L3Rate | TraceKinds.ContentStore, "rate-trace.txt", traces =>
        {
            _node.Receive(_node.Application, MakeInterest("/a/1"));
            _node.Receive(_node.Application, MakeInterest("/a/2"));
            traces.Sample(HalfSecond);
            _node.Stop();
            traces.Sample(2 * HalfSecond);
            _node.Restart();
            _node.Receive(_node.Application, MakeInterest("/a/3"));
            traces.Sample(3 * HalfSecond);
        });

        string[] raw = [.. lines.Where(line => line.Contains("InInterests", StringComparison.Ordinal)).Select(line => line.Split('\t')[7])];
        Assert.Equal(["2", "0", "1", "0"], raw);
    }

    [Fact]
    public void Content_store_trace_counts_each_period_anew()
    {
        string[] lines = Trace(TraceKinds.ContentStore, "cs-trace.txt", traces =>
        {
            _node.Receive(_node.Application, MakeInterest("/a/1"));
            _node.Receive(_node.Link, MakeData("/a/1"));
            _node.Receive(_node.Application, MakeInterest("/a/1"));
            traces.Sample(HalfSecond);
            traces.Sample(2 * HalfSecond);
        });

        Assert.Equal(
            [
                "Time\tNode\tType\tPackets",
                "0.5\tC1\tCacheHits\t1", "0.5\tC1\tCacheMisses\t1", "0.5\tP1\tCacheHits\t0", "0.5\tP1\tCacheMisses\t0",
                "1\tC1\tCacheHits\t0", "1\tC1\tCacheMisses\t0", "1\tP1\tCacheHits\t0", "1\tP1\tCacheMisses\t0",
            ],
            lines);
    }

    [Fact]
    public void Drops_are_those_of_the_nodes_own_queues()
    {
        var link = new FakeLink(_node, _other);
        string[] lines = Trace(
            TraceKinds.L2Rate,
            "drop-trace.txt",
            traces =>
            {
                link.Reading = new LinkReading { DroppedQueue = 5, DroppedQueueOctets = 5120, DroppedLoss = 9 };
                traces.Sample(HalfSecond);
            },
            links: [link]);

        Assert.Equal(
            [
                "Time\tNode\tInterface\tType\tPackets\tKilobytes\tPacketsRaw\tKilobytesRaw",
                "0.5\tC1\tcombined\tDrop\t8\t8\t5\t5",
                "0.5\tP1\tcombined\tDrop\t0\t0\t0\t0",
            ],
            lines);
    }

    [Fact]
    public void Delays_come_in_the_order_of_time_then_node_whatever_the_order_of_reports()
    {
        string[] lines = Trace(TraceKinds.AppDelay, "app-delays-trace.txt", traces =>
        {
            traces.AddDelay(1, new DelaySample(20_000_000, 0, 7, 5_000_000, 15_000_000, 2));
            traces.AddDelay(0, new DelaySample(30_000_000, 0, 2, 1_000, 1_000, 0));
            traces.AddDelay(0, new DelaySample(20_000_000, 1, 1, 2_500, 2_500, 0));
            traces.Sample(HalfSecond);
        });

        Assert.Equal(
            [
                "Time\tNode\tAppId\tSeqNo\tType\tDelayS\tDelayUS\tRetxCount\tHopCount",
                "0.02\tC1\t1\t1\tLastDelay\t0.0000025\t2.5\t1\t-1",
                "0.02\tC1\t1\t1\tFullDelay\t0.0000025\t2.5\t1\t-1",
                "0.02\tP1\t0\t7\tLastDelay\t0.005\t5000\t1\t-1",
                "0.02\tP1\t0\t7\tFullDelay\t0.015\t15000\t3\t-1",
                "0.03\tC1\t0\t2\tLastDelay\t0.000001\t1\t1\t-1",
                "0.03\tC1\t0\t2\tFullDelay\t0.000001\t1\t1\t-1",
            ],
            lines);
    }

    [Fact]
    public void Delays_of_many_threads_give_one_file()
    {
        string[] Run() => Trace(TraceKinds.AppDelay, "app-delays-trace.txt", traces =>
        {
            for (int period = 1; period <= 5; period++)
            {
                Parallel.For(0, 2, node =>
                {
                    for (int i = 0; i < 200; i++)
                    {
                        traces.AddDelay(node, new DelaySample((period * 1_000) + (i / 3), 0, i, 1, 1, 0));
                    }
                });
                traces.Sample(period * HalfSecond);
            }
        });

        string[] first = Run();
        Assert.Equal(1 + (5 * 2 * 200 * 2), first.Length);
        Assert.Equal(first, Run());
    }

    [Fact]
    public void Sampling_takes_every_nth_and_the_histogram_sees_all()
    {
        TraceSet? set = null;
        string[] lines = Trace(
            TraceKinds.AppDelay,
            "app-delays-trace.txt",
            traces =>
            {
                set = traces;
                for (int i = 0; i < 10; i++)
                {
                    traces.AddDelay(0, new DelaySample(i, 0, i, 1, 1, 0));
                    traces.AddDelay(1, new DelaySample(i, 0, i, 1, 1, 0));
                }

                traces.Sample(HalfSecond);
            },
            new TraceSettings { SampleStride = 4, Nodes = ["P1"] });

        string[] sequences = [.. lines.Where(line => line.Contains("Full", StringComparison.Ordinal)).Select(line => line.Split('\t')[3])];
        Assert.Equal(["0", "4", "8"], sequences);
        Assert.All(lines.Skip(1), line => Assert.Equal("P1", line.Split('\t')[1]));
        Assert.Equal(20, set!.Delays.Count);
    }

    [Fact]
    public void Rows_beyond_the_limit_are_counted()
    {
        TraceSet? set = null;
        string[] lines = Trace(
            TraceKinds.ContentStore,
            "cs-trace.txt",
            traces =>
            {
                set = traces;
                traces.Sample(HalfSecond);
                traces.Sample(2 * HalfSecond);
            },
            new TraceSettings { RowsMax = 5 });

        Assert.Equal(6, lines.Length);
        Assert.Equal(new TraceSummary("cs-trace.txt", 5, 3), Assert.Single(set!.Summaries));
    }

    [Fact]
    public void Series_tell_sizes_now_and_counts_of_the_period()
    {
        var link = new FakeLink(_node, _other);
        using var traces = new TraceSet(
            [_node, _other], [link], new TraceSettings { Kinds = TraceKinds.Nodes | TraceKinds.Links, KeepsTables = true }, folder: null);
        _node.Receive(_node.Application, MakeInterest("/a/1"));
        link.Reading = new LinkReading { Sent = 10, Delivered = 7, DeliveredOctets = 31_250, QueuedPackets = 3, QueuedOctets = 900 };
        traces.Sample(HalfSecond);
        link.Reading = link.Reading with { Sent = 12, Delivered = 12, DeliveredOctets = 40_000, QueuedPackets = 0, QueuedOctets = 0 };
        traces.Sample(2 * HalfSecond);

        MetricTable nodes = traces.Tables[0];
        MetricTable links = traces.Tables[1];
        Assert.Equal(("nodes", "links"), (nodes.Name, links.Name));
        Assert.Equal("1", nodes[0, nodes.IndexOf("PitEntries")].ToString());
        Assert.Equal("0", nodes[1, nodes.IndexOf("PitEntries")].ToString());
        string Link(int row) => string.Join(' ', new[] { "Queued", "Utilisation", "Sent" }.Select(name => links[row, links.IndexOf(name)]));
        Assert.Equal(["3 0.5 10", "0 0.14 2"], [Link(0), Link(1)]);
    }

    [Fact]
    public void Calls_are_told_when_they_end_and_counted_by_outcome()
    {
        TraceSet? set = null;
        string[] lines = Trace(TraceKinds.Calls, "calls.csv", traces =>
        {
            set = traces;
            traces.AddCall(0, new CallSample(1_000_000, 5_000_000, 0, "/fn/sum", "P1", "ok", 1234));
            traces.AddCall(0, new CallSample(2_000_000, 4_000_000, 0, "/fn/sum,x", "", "timeout", -1));
            traces.Sample(HalfSecond);
        });

        Assert.Equal(
            [
                "Began,Ended,Node,AppId,Function,Answered,Outcome,Fuel,DurationS",
                "0.002,0.004,C1,0,\"/fn/sum,x\",,timeout,,0.002",
                "0.001,0.005,C1,0,/fn/sum,P1,ok,1234,0.004",
            ],
            lines);
        Assert.Equal([new SummaryCount("ok", 1), new SummaryCount("timeout", 1)], set!.CallOutcomes);
        Assert.Equal(3_000_000, set.CallDurations.MeanNs);
    }

    [Fact]
    public void Captured_frames_of_both_directions_lie_in_the_order_of_time()
    {
        using var folder = new TemporaryFolder();
        using (var traces = new TraceSet([_node, _other], [], new TraceSettings(), folder.Path))
        {
            FrameCapture capture = traces.Capture(folder.File("l.pcap"), 0, 1, new CaptureSettings { FramesMax = 4 });
            capture.Add(30, isFromA: true, [3]);
            capture.Add(10, isFromA: false, [1]);
            capture.Add(30, isFromA: false, [4]);
            traces.Sample(40);
            capture.Add(50, isFromA: false, [5]);
            capture.Add(60, isFromA: true, [6]);
            traces.Drain();
            Assert.Equal(new TraceSummary("l.pcap", 4, 1), Assert.Single(traces.Summaries));
        }

        byte[] octets = File.ReadAllBytes(folder.File("l.pcap"));
        Assert.Equal([1, 3, 4, 5], Enumerable.Range(0, 4).Select(i => (int)octets[24 + (i * 31) + 30]));
    }

    [Fact]
    public void Node_that_is_not_there_is_named()
    {
        var settings = new TraceSettings { Nodes = ["nobody"] };
        Assert.Equal(
            "traces are wanted of node 'nobody', which the topology does not have",
            Assert.Throws<ScenarioException>(() => new TraceSet([_node], [], settings, null)).Message);
        Assert.Throws<ScenarioException>(() => new TraceSet([_node], [], new TraceSettings { PeriodNs = 0 }, null));
        Assert.Throws<ScenarioException>(() => new TraceSet([_node], [], new TraceSettings { NodeStride = 0 }, null));
        Assert.Throws<ScenarioException>(() => new TraceSet([_node], [], new TraceSettings { SampleStride = -1 }, null));
    }

    [Fact]
    public void Summary_adds_up_nodes_and_links()
    {
        _node.Receive(_node.Application, MakeInterest("/a/1"));
        _node.Receive(_node.Link, MakeData("/a/1"));
        _node.Receive(_node.Application, MakeInterest("/a/1"));
        _node.Receive(_node.Application, MakeInterest("/b"));
        _node.Receive(_node.Link, MakeData("/unwanted"));
        var link = new FakeLink(_node, _other)
        {
            Reading = new LinkReading { Sent = 10, Delivered = 6, DeliveredOctets = 62_500, DroppedQueue = 1, DroppedLoss = 3 },
        };
        RunSummary summary = SummaryBuilder.AddUp(
            new RunSummary { VirtualNs = 1_000_000_000 }, [_node, _other], [link, new FakeLink(_other, _node)]);

        Assert.Equal((3, 2, 1), (summary.ApplicationInterests, summary.ApplicationData, summary.ApplicationNacks));
        Assert.Equal((1, 2), (summary.ContentStoreHits, summary.ContentStoreMisses));
        Assert.Equal((0.25, 0.5, "C1 to P1"), (summary.UtilisationMean, summary.UtilisationMax, summary.BusiestLink));
        Assert.Equal(
            [new SummaryCount("link queue full", 1), new SummaryCount("lost on a link", 3), new SummaryCount("UnsolicitedData", 1)],
            summary.Drops);
    }

    private byte[] MakeInterest(string name) => new Interest { Name = Name.Parse(name), Nonce = ++_nonce }.Encode();

    private static byte[] MakeData(string name) => Data.Create(Name.Parse(name), new byte[100], DigestSha256Signer.Instance).Wire.ToArray();

    private string[] Trace(
        TraceKinds kinds, string file, Action<TraceSet> run, TraceSettings? settings = null, IReadOnlyList<LinkProbe>? links = null)
    {
        using var folder = new TemporaryFolder();
        settings = (settings ?? new TraceSettings()) with { Kinds = kinds };
        using (var traces = new TraceSet([_node, _other], links ?? [], settings, folder.Path))
        {
            run(traces);
        }

        return File.ReadAllLines(folder.File(file));
    }
}
