using System.Diagnostics;
using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Tests.Reports;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Measuring;

/// <summary>A consumer, a router and a producer in a line; ten Interests a second, each answered after 40 ms and transmission.</summary>
public class MeasurementTests
{
    private const long Second = 1_000_000_000;

    private static readonly TraceSettings Everything = new()
    {
        Kinds = TraceKinds.All,
        PeriodNs = Second / 2,
        Captures = [new CaptureSettings { A = "router", B = "producer" }],
        KeepsTables = true,
    };

    [Fact]
    public void Line_is_measured_as_one_computes_it_by_hand()
    {
        using var folder = new TemporaryFolder();
        using SimNetwork network = Line();
        RunSummary summary;
        using (var measurement = new Measurement(network, Everything, folder.Path))
        {
            network.RunUntil(5 * Second);
            summary = measurement.Summarize("line");
            MetricTable delays = measurement.Tables.Single(table => table.Name == "app-delays-trace");
            Assert.Equal("consumer", delays[0, delays.IndexOf("Node")].ToString());
            Assert.Equal("0", delays[0, delays.IndexOf("AppId")].ToString());
            Assert.Equal(2 * summary.ApplicationData, delays.RowCount);

            // Two hops there and back are 40 ms; what transmission adds is 8 bits an octet at 10 Mbit/s.
            FrameSizes(folder.File("router-producer.pcap"), out int interest, out int data);
            long expectedNs = 40_000_000 + (2 * ((interest * 800L) + (data * 800L)));
            Assert.Equal(expectedNs, summary.Delay!.MinimumNs);
            Assert.Equal(expectedNs, summary.Delay.MaximumNs);
        }

        Assert.InRange(summary.ApplicationInterests, 49, 51);
        Assert.InRange(summary.ApplicationData, summary.ApplicationInterests - 1, summary.ApplicationInterests);
        Assert.Equal(summary.ApplicationData, summary.Delay!.Count);
        Assert.Equal(0, summary.ApplicationTimeouts + summary.ApplicationNacks + summary.ContentStoreHits);
        Assert.InRange(summary.LinkFramesDelivered, 4 * summary.ApplicationData, 4 * summary.ApplicationInterests);
        Assert.Empty(summary.Drops);
        Assert.Contains("to", summary.BusiestLink, StringComparison.Ordinal);
        string[] rates = File.ReadAllLines(folder.File("rate-trace.txt"));
        Assert.Contains(rates, line => line.StartsWith("2.5\tconsumer\t", StringComparison.Ordinal)
            && line.Contains("\tsim://consumer-router\tOutInterests\t", StringComparison.Ordinal)
            && line.Split('\t')[7] == "5");
    }

    [Fact]
    public void Files_and_digest_are_the_same_with_two_partitions()
    {
        string[] files =
        [
            "rate-trace.txt", "app-delays-trace.txt", "cs-trace.txt", "drop-trace.txt", "nodes.csv", "links.csv", "router-producer.pcap",
        ];
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        ulong first = Run(one.Path, partitions: 1);
        ulong second = Run(two.Path, partitions: 2);

        Assert.Equal(first, second);
        foreach (string file in files)
        {
            Assert.True(File.ReadAllBytes(one.File(file)).AsSpan().SequenceEqual(File.ReadAllBytes(two.File(file))), file);
            Assert.True(new FileInfo(one.File(file)).Length > 200, file);
        }

        using SimNetwork unmeasured = Line();
        unmeasured.RunUntil(5 * Second);
        Assert.Equal(first, unmeasured.Digest);
    }

    [Fact]
    public void Run_ends_where_its_files_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        using SimNetwork network = Line();
        File.CreateSymbolicLink(folder.File("nodes.csv"), "/dev/full");
        var settings = new TraceSettings { Kinds = TraceKinds.Nodes | TraceKinds.Links, PeriodNs = Second / 1000 };
        var measurement = new Measurement(network, settings, folder.Path);

        OutputException error = Assert.Throws<OutputException>(() => network.RunUntil(60 * Second));

        Assert.Equal(folder.File("nodes.csv"), error.File);
        Assert.InRange(network.NowNs, 1, 59 * Second);
        measurement.Dispose();
        string[] links = File.ReadAllLines(folder.File("links.csv"));
        Assert.True(links.Length > 100);
        Assert.Equal(links[0].Split(',').Length, links[^1].Split(',').Length);
    }

    [Fact]
    public void Restarted_node_is_measured_on()
    {
        using var folder = new TemporaryFolder();
        using SimNetwork network = Line();
        SimNode consumer = network.Node("consumer");
        network.Restarted += node => node.AddRoute(Name.Parse("/prefix"), node.FaceTo(network.Node("router"))!);
        network.At(2 * Second, consumer.Crash);
        network.At(3 * Second, () => consumer.Restart());
        using (var measurement = new Measurement(network, Everything, folder.Path))
        {
            network.RunUntil(5 * Second);
            RunSummary summary = measurement.Summarize("restart");
            Assert.InRange(summary.ApplicationInterests, 19, 21);
            Assert.InRange(summary.Delay!.Count, 37, 41);
        }

        string[] raw =
        [
            .. File.ReadLines(folder.File("rate-trace.txt"))
                .Where(line => line.Contains("sim://consumer-router\tOutInterests", StringComparison.Ordinal))
                .Select(line => line.Split('\t')).Select(cells => $"{cells[0]}:{cells[7]}"),
        ];
        Assert.DoesNotContain(raw, row => row.StartsWith("2.5:", StringComparison.Ordinal));
        Assert.All(raw, row => Assert.InRange(int.Parse(row.Split(':')[1], null), 0, 6));
        Assert.Equal("5", raw[^1].Split(':')[1]);
    }

    [Theory]
    [InlineData("router", "nobody", "a capture is wanted at node 'nobody', which the topology does not have")]
    [InlineData("consumer", "producer", "a capture is wanted of a link between 'consumer' and 'producer', which have none")]
    public void Capture_of_what_is_not_there_is_refused(string a, string b, string message)
    {
        using var folder = new TemporaryFolder();
        using SimNetwork network = Line();
        var settings = new TraceSettings { Captures = [new CaptureSettings { A = a, B = b }] };
        Assert.Equal(message, Assert.Throws<ScenarioException>(() => new Measurement(network, settings, folder.Path)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Hops_are_the_links_from_producer_or_cache_and_nothing_changes_for_them(int partitions)
    {
        (ulong digest, string[] hops) = RunHops(partitions, isTraced: true);
        Assert.Equal(digest, RunHops(partitions, isTraced: false).Digest);

        // Node, number of application, sequence: from the producer three links away; then from the cache on the way; on the cache's own
        // node what is there, and two links away what is not; at the producer's.
        string[] expected =
        [
            .. Of("n0", 0, 1000, 5, 3), .. Of("n0", 1, 1000, 5, 1), .. Of("n1", 0, 1003, 2, 0), .. Of("n1", 0, 1005, 3, 2),
            .. Of("n3", 1, 1000, 4, 0),
        ];
        Assert.Equal(expected, hops);

        static IEnumerable<string> Of(string node, int application, int first, int count, int hops) =>
            Enumerable.Range(first, count).Select(number => $"{node} {application} {number} {hops}");
    }

    [Fact]
    public void Captures_whose_names_would_be_one_get_a_file_each()
    {
        var topology = new Topology(
            [new TopologyNode("a/b"), new TopologyNode("a_b"), new TopologyNode("c"), new TopologyNode("C")],
            [new(0, 2, new()), new(1, 2, new()), new(1, 2, new()), new(1, 3, new())]);
        using var folder = new TemporaryFolder();
        using var network = new SimNetwork(topology);
        CaptureSettings[] captures = [new() { A = "a/b", B = "c" }, new() { A = "a_b", B = "c" }, new() { A = "a/b", B = "c" },
            new() { A = "a_b", B = "C" }];
        using var measurement = new Measurement(network, new TraceSettings { Captures = captures }, folder.Path);
        network.Links[0].AtoB.Send(new byte[1]);
        network.Links[2].BtoA.Send(new byte[2]);
        network.RunUntil(Second);

        RunSummary summary = measurement.Summarize("captures");
        Assert.Equal(
            [("a_b-c.pcap", 1L), ("a_b-c-2.pcap", 0L), ("a_b-c-3.pcap", 1L), ("a_b-c-4.pcap", 1L), ("a_b-C-5.pcap", 0L)],
            summary.Traces.Where(static trace => trace.File.EndsWith(".pcap", StringComparison.Ordinal))
                .Select(static trace => (trace.File, trace.Rows)));
    }

    [TsharkFact]
    public void Tshark_counts_the_frames_of_a_link()
    {
        using var folder = new TemporaryFolder();
        using SimNetwork network = Line();
        RunSummary summary;
        using (var measurement = new Measurement(network, Everything, folder.Path))
        {
            network.RunUntil(2 * Second);
            summary = measurement.Summarize("line");
        }

        var start = new ProcessStartInfo("tshark", ["-r", folder.File("router-producer.pcap"), "-Y", "eth.type == 0x8624"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        int lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        Assert.Equal(summary.Traces.Single(trace => trace.File.EndsWith(".pcap", StringComparison.Ordinal)).Rows, lines);
        Assert.InRange(lines, 2 * summary.ApplicationData, 2 * summary.ApplicationInterests);
    }

    private static (ulong Digest, string[] Hops) RunHops(int partitions, bool isTraced)
    {
        var fast = new LinkSettings { DelayNs = 5_000_000 };
        TopologyNode[] nodes = [.. Enumerable.Range(0, 4).Select(i => new TopologyNode($"n{i}"))];
        TopologyLink[] links =
        [
            new(0, 1, fast),
            new(1, 2, fast with { Mtu = 300 }),
            new(2, 3, fast with { Faults = new FaultSettings { DuplicationRate = 1 } }),
        ];
        using var network = new SimNetwork(new Topology(nodes, links), new SimOptions
        {
            Partitions = partitions,
            NodeDefaults = new NodeSettings { ContentStoreCapacity = 0 },
            Nodes = new Dictionary<int, NodeSettings>
            {
                [1] = new() { Cpu = new CpuSettings { PacketNs = 20_000 } },
                [2] = new() { ContentStoreCapacity = 0, Cpu = new CpuSettings { PacketNs = 30_000 } },
            },
        });
        var prefix = Name.Parse("/p");
        for (int i = 0; i < 3; i++)
        {
            network.Nodes[i].AddRoute(prefix, network.Nodes[i].FaceTo(network.Nodes[i + 1])!);
        }

        var once = new ConsumerSettings { Prefix = prefix, Gap = Distribution.Constant(Second / 50), FirstSequence = 1000, CountMax = 5 };
        var window = new CongestionWindowOptions { Initial = 1, Min = 1, Max = 1 };
        network.Nodes[3].Add(() => new Producer(new ProducerSettings { Prefix = prefix }));
        network.Nodes[0].Add(() => new Consumer(once));
        network.Nodes[0].Add(() => new Consumer(once), Second);
        network.Nodes[1].Add(() => new Consumer(once with { Gap = null, Window = window, FirstSequence = 1003 }), 2 * Second);
        network.Nodes[3].Add(() => new Consumer(once with { Gap = null, Window = window, CountMax = 4 }), 3 * Second);
        var settings = new TraceSettings { Kinds = isTraced ? TraceKinds.AppDelay : TraceKinds.Nodes, KeepsTables = true };
        using var measurement = new Measurement(network, settings, null);
        network.RunUntil(4 * Second);
        _ = measurement.Summarize("hops");
        MetricTable table = measurement.Tables[0];
        string[] columns = ["Node", "AppId", "SeqNo", "HopCount"];
        string[] rows = !isTraced ? [] :
        [
            .. Enumerable.Range(0, table.RowCount).Where(row => table[row, table.IndexOf("Type")].ToString() == "LastDelay")
                .Select(row => string.Join(' ', columns.Select(column => table[row, table.IndexOf(column)].ToString()))),
        ];
        return (network.Digest, rows);
    }

    private static ulong Run(string folder, int partitions)
    {
        using SimNetwork network = Line(partitions);
        Assert.Equal(partitions, network.PartitionCount);
        using var measurement = new Measurement(network, Everything, folder);
        network.RunUntil(5 * Second);
        return network.Digest;
    }

    private static SimNetwork Line(int partitions = 1)
    {
        var topology = new Topology(
            [new TopologyNode("consumer"), new TopologyNode("router"), new TopologyNode("producer")],
            [new TopologyLink(0, 1, new LinkSettings()), new TopologyLink(1, 2, new LinkSettings())]);
        var network = new SimNetwork(topology, new SimOptions { Seed = 1, Partitions = partitions });
        var prefix = Name.Parse("/prefix");
        network.Node("consumer").AddRoute(prefix, network.Node("consumer").FaceTo(network.Node("router"))!);
        network.Node("router").AddRoute(prefix, network.Node("router").FaceTo(network.Node("producer"))!);

        // All numbers have four digits, so that all Interests and all Data are of one size.
        network.Node("consumer").Add(() => new Consumer(
            new ConsumerSettings { Prefix = prefix, Gap = Distribution.Constant(Second / 10), FirstSequence = 1000 }));
        network.Node("producer").Add(() => new Producer(new ProducerSettings { Prefix = prefix }));
        return network;
    }

    private static void FrameSizes(string pcap, out int interest, out int data)
    {
        byte[] octets = File.ReadAllBytes(pcap);
        int first = BitConverter.ToInt32(octets, 24 + 12);
        interest = first - 14;
        data = BitConverter.ToInt32(octets, 24 + 16 + first + 12) - 14;
    }
}
