using Piccolo.Sim.Topologies;
using Xunit.Abstractions;

namespace Piccolo.Sim.Tests.Validation.Reality;

/// <summary>Real pcl-node processes in network namespaces against the simulation of the same network.</summary>
/// <remarks>
/// First the capacity is measured, then both run at no more than a quarter of it. Throughputs and median delays must agree within
/// 10 %; nothing is subtracted. The median stands for the mean, because one pause of the machine spoils the mean of a short run.
/// A token bucket lets a single packet through at once where a link takes its transmission time, so delays are long beside those.
/// </remarks>
[Collection(nameof(RealityTests))]
[CollectionDefinition(nameof(RealityTests), DisableParallelization = true)]
public sealed class RealityTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.10;
    private const int Payload = 1000;
    private const long Millisecond = 1_000_000;

    private sealed record Flow(int Consumer, int Producer, string Prefix, int[] Nodes, int[] Links);

    [NamespaceFact]
    public Task Line_of_five_nodes_behaves_as_simulated()
    {
        LinkSettings link = Link(10_000_000, 10 * Millisecond);
        TopologyNode[] nodes = [.. Enumerable.Range(0, 5).Select(i => new TopologyNode($"N{i}"))];
        TopologyLink[] links = [.. Enumerable.Range(0, 4).Select(i => new TopologyLink(i, i + 1, link))];
        return CompareAsync(new Topology(nodes, links), window: 128, new Flow(0, 4, "/load1", [0, 1, 2, 3], [0, 1, 2, 3]));
    }

    [NamespaceFact]
    public Task Dumbbell_behaves_as_simulated()
    {
        LinkSettings edge = Link(10_000_000, 5 * Millisecond);
        LinkSettings middle = Link(4_000_000, 20 * Millisecond);
        string[] names = ["C1", "C2", "R1", "R2", "P1", "P2"];
        TopologyLink[] links =
        [
            new TopologyLink(0, 2, edge), new TopologyLink(1, 2, edge), new TopologyLink(2, 3, middle),
            new TopologyLink(3, 4, edge), new TopologyLink(3, 5, edge),
        ];
        return CompareAsync(
            new Topology([.. names.Select(name => new TopologyNode(name))], links),
            window: 24,
            new Flow(0, 4, "/load1", [0, 2, 3], [0, 2, 3]),
            new Flow(1, 5, "/load2", [1, 2, 3], [1, 2, 4]));
    }

    private static LinkSettings Link(long rateBps, long delayNs) => new()
    {
        RateBps = rateBps,
        DelayNs = delayNs,
        Queue = new QueueSettings { CapacityPackets = 100_000, CapacityOctets = 400_000 },
    };

    private async Task CompareAsync(Topology topology, int window, params Flow[] flows)
    {
        await using RealNetwork network = await RealNetwork.StartAsync(topology);
        foreach (Flow flow in flows)
        {
            network.StartProducer(flow.Producer, flow.Prefix, Payload);
            for (int i = 0; i < flow.Nodes.Length; i++)
            {
                network.AddRoute(flow.Nodes[i], flow.Prefix, flow.Links[i]);
            }
        }

        LoadReport[] full = await MeasureAsync(network, flows, 1, 3, "--window", $"{window}");
        LoadReport[] fullSimulated = Simulate(topology, flows, 1, 3, 0, window);
        double rate = Math.Floor(full.Min(report => report.Throughput) / 4);
        LoadReport[] quarter = await MeasureAsync(network, flows, 1, 5, "--rate", $"{rate}");
        LoadReport[] quarterSimulated = Simulate(topology, flows, 1, 5, rate, 0);

        output.WriteLine(network.HasTokenBucket ? "rates by tc tbf, delays by udpwire" : "no tc tbf here: rates and delays by udpwire");
        Print($"capacity, a window of {window}", full, fullSimulated);
        Print($"a quarter of it, {rate}/s", quarter, quarterSimulated);
        for (int i = 0; i < flows.Length; i++)
        {
            MustAgree(quarter[i].Throughput, quarterSimulated[i].Throughput, "throughput");
            MustAgree(quarter[i].MedianMs, quarterSimulated[i].MedianMs, "delay");
        }

        // Canary: the simulation of a network whose links are a third longer is another one.
        LoadReport[] longer = Simulate(WithDelays(topology, 4, 3), flows, 1, 5, rate, 0);
        Assert.All(flows.Index(), flow => Assert.False(
            Agrees(quarter[flow.Index].MedianMs, longer[flow.Index].MedianMs), $"{longer[flow.Index]} would pass, too"));
    }

    private void Print(string what, LoadReport[] real, LoadReport[] simulated)
    {
        for (int i = 0; i < real.Length; i++)
        {
            output.WriteLine($"{what}, flow {i + 1}");
            output.WriteLine($"  real      {real[i]}");
            output.WriteLine($"  simulated {simulated[i]}");
        }
    }

    private static Topology WithDelays(Topology topology, long times, long by) => new(
        topology.Nodes,
        [.. topology.Links.Select(link => link with { Settings = link.Settings with { DelayNs = link.Settings.DelayNs * times / by } })]);

    private static bool Agrees(double real, double simulated) => Math.Abs(real - simulated) <= Tolerance * real;

    private static void MustAgree(double real, double simulated, string what) =>
        Assert.True(Agrees(real, simulated), $"{what}: {real:F2} really, {simulated:F2} in the simulation");

    private static Task<LoadReport[]> MeasureAsync(RealNetwork network, Flow[] flows, int warmUp, int seconds, params string[] load) =>
        Task.WhenAll(flows.Select(flow => network.ConsumeAsync(
            flow.Consumer, flow.Prefix, [.. load, "--warmup", $"{warmUp}", "--duration", $"{seconds}", "--payload", $"{Payload}"])));

    private static LoadReport[] Simulate(Topology topology, Flow[] flows, int warmUp, int seconds, double rate, int window)
    {
        using var simulation = new SimulatedLoad(topology);
        foreach ((int number, Flow flow) in flows.Index())
        {
            // Consumers at a rate begin out of step with each other; else the second would queue behind the first for ever.
            long startNs = rate > 0 ? (long)(number * 1e9 / rate / flows.Length) : 0;
            simulation.AddProducer(flow.Producer, flow.Prefix, Payload);
            simulation.AddConsumer(flow.Consumer, flow.Prefix, rate, window, startNs);
            for (int i = 0; i < flow.Nodes.Length; i++)
            {
                simulation.AddRoute(flow.Nodes[i], flow.Prefix, flow.Links[i]);
            }
        }

        return simulation.Run(warmUp, seconds);
    }
}
