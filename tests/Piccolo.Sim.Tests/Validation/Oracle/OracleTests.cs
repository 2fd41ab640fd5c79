using Piccolo.Forwarder;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation.Oracle;

/// <summary>Random small networks in the simulator and in a naive one: all counts of nodes and links, and all delays, are equal.</summary>
/// <remarks>
/// Caches, aggregation, held-back retransmissions, expiry, full queues, cut links. Where two events of a node fall into the same
/// nanosecond, both orders are right, and the two simulators differ; of the seeds, 32 has such a pair and is left out.
/// </remarks>
public sealed class OracleTests
{
    private const int Payload = 600;
    private const int Prefixes = 4;
    private const ulong LifetimeMs = 300;
    private const long EndNs = 4_000_000_000;

    private static readonly string[] CounterNames =
    [
        "InInterests", "OutInterests", "InData", "OutData", "ContentStoreHits", "ContentStoreMisses", "SatisfiedInterests",
        "UnsatisfiedInterests", "SuppressedInterests",
    ];

    [Theory]
    [InlineData(1, 20)]
    [InlineData(21, 31)]
    [InlineData(33, 42)]
    public void Random_networks_agree_with_the_naive_simulator(int firstSeed, int lastSeed)
    {
        var seen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int seed = firstSeed; seed <= lastSeed; seed++)
        {
            var scenario = new RandomScenario((ulong)seed);
            SortedDictionary<string, string> naive = RunNaive(scenario, seen);
            SortedDictionary<string, string> real = RunReal(scenario);
            string difference = Difference(naive, real, seed);
            Assert.True(difference.Length == 0, difference);
        }

        // Nothing of what is compared may be absent from all networks.
        foreach (string what in CounterNames.Concat(["dropped by queues", "dropped on cut links", "answers"]))
        {
            Assert.True(seen.GetValueOrDefault(what) > 20, $"{what}: only {seen.GetValueOrDefault(what)}");
        }
    }

    [Fact]
    public void A_delay_one_nanosecond_longer_is_noticed()
    {
        var scenario = new RandomScenario(1);
        SortedDictionary<string, string> naive = RunNaive(scenario, []);
        TopologyLink[] links = [.. scenario.Topology.Links];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = links[i] with { Settings = links[i].Settings with { DelayNs = links[i].Settings.DelayNs + 1 } };
        }

        scenario.Topology = new Topology(scenario.Topology.Nodes, links);
        Assert.NotEqual(string.Empty, Difference(naive, RunReal(scenario), 1));
    }

    private static string Difference(SortedDictionary<string, string> naive, SortedDictionary<string, string> real, int seed)
    {
        IEnumerable<string> different = naive.Keys.Union(real.Keys)
            .Where(key => naive.GetValueOrDefault(key) != real.GetValueOrDefault(key))
            .Select(key => $"{key}: naive {naive.GetValueOrDefault(key)}, real {real.GetValueOrDefault(key)}");
        string text = string.Join("\n", different.Take(10));
        return text.Length == 0 ? text : $"seed {seed}:\n{text}";
    }

    private static SortedDictionary<string, string> RunNaive(RandomScenario scenario, SortedDictionary<string, long> seen)
    {
        var network = new NaiveNetwork(scenario.Topology, Payload, node => scenario.CacheSizes[node]);
        var answers = new List<(long, string)>[scenario.Consumers.Count];
        for (int p = 0; p < Prefixes; p++)
        {
            int producer = scenario.Producers[p];
            int face = -100 - p;
            bool isSilent = p == Prefixes - 1;
            network.AddApplication(producer, face, name =>
            {
                if (!isSilent)
                {
                    network.Nodes[producer].ReceiveData(face, name);
                }
            });
            for (int i = 0; i < network.Nodes.Count; i++)
            {
                network.Nodes[i].Fib[$"/p{p}"] = i == producer ? face : scenario.Routes[p].NextNode(i);
            }
        }

        for (int c = 0; c < answers.Length; c++)
        {
            (int node, IReadOnlyList<(long TimeNs, string Name)> script) = scenario.Consumers[c];
            List<(long, string)> mine = answers[c] = [];
            int face = -1 - c;
            network.AddApplication(node, face, name => mine.Add((network.NowNs, name)));
            foreach ((long timeNs, string name) in script)
            {
                network.At(timeNs, () => network.Nodes[node].ReceiveInterest(face, name, (long)LifetimeMs * 1_000_000));
            }
        }

        foreach ((int index, long fromNs, long toNs) in scenario.Cuts)
        {
            TopologyLink link = scenario.Topology.Links[index];
            foreach (NaiveLink way in new[] { network.Link(link.A, link.B), network.Link(link.B, link.A) })
            {
                network.At(fromNs, () => way.SetUp(false));
                network.At(toNs, () => way.SetUp(true));
            }
        }

        network.RunUntil(EndNs);
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            foreach (string counter in CounterNames)
            {
                ulong value = network.Nodes[i].Counts.GetValueOrDefault(counter);
                result[$"node {i} {counter}"] = $"{value}";
                seen[counter] = seen.GetValueOrDefault(counter) + (long)value;
            }

            result[$"node {i} pending"] = $"{network.Nodes[i].PendingCount}";
        }

        foreach (TopologyLink link in scenario.Topology.Links)
        {
            foreach ((int from, int to) in new[] { (link.A, link.B), (link.B, link.A) })
            {
                NaiveLink way = network.Link(from, to);
                result[$"link {from}-{to}"] = $"{way.Sent} {way.SentOctets} {way.Delivered} {way.DroppedQueue} {way.DroppedDown}";
                seen["dropped by queues"] = seen.GetValueOrDefault("dropped by queues") + way.DroppedQueue;
                seen["dropped on cut links"] = seen.GetValueOrDefault("dropped on cut links") + way.DroppedDown;
            }
        }

        AddAnswers(result, answers);
        seen["answers"] = seen.GetValueOrDefault("answers") + answers.Sum(list => list.Count);
        return result;
    }

    private static SortedDictionary<string, string> RunReal(RandomScenario scenario)
    {
        var options = new SimOptions
        {
            Seed = 1,
            Nodes = scenario.CacheSizes.Index().ToDictionary(
                pair => pair.Index, pair => new NodeSettings { ContentStoreCapacity = pair.Item }),
        };
        using var network = new SimNetwork(scenario.Topology, options);
        for (int p = 0; p < Prefixes; p++)
        {
            Name prefix = Name.Parse($"/p{p}");
            bool isSilent = p == Prefixes - 1;
            network.Nodes[scenario.Producers[p]].Add(() => isSilent
                ? new SilentProducer(prefix)
                : new Producer(new ProducerSettings { Prefix = prefix, PayloadOctets = Payload }));
            foreach (SimNode node in network.Nodes)
            {
                if (scenario.Routes[p].NextNode(node.Index) is int next and >= 0)
                {
                    node.AddRoute(prefix, node.FaceTo(network.Nodes[next])!);
                }
            }
        }

        ScriptedConsumer[] consumers = [.. scenario.Consumers.Select(consumer => (ScriptedConsumer)network.Nodes[consumer.Node].Add(
            () => new ScriptedConsumer(consumer.Script, LifetimeMs)))];
        foreach ((int index, long fromNs, long toNs) in scenario.Cuts)
        {
            network.At(fromNs, () => network.Links[index].SetUp(false));
            network.At(toNs, () => network.Links[index].SetUp(true));
        }

        network.RunUntil(EndNs);
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SimNode node in network.Nodes)
        {
            ForwarderCounters counters = node.Forwarder.Counters;
            ulong[] values =
            [
                counters.InInterests, counters.OutInterests, counters.InData, counters.OutData, counters.ContentStoreHits,
                counters.ContentStoreMisses, counters.SatisfiedInterests, counters.UnsatisfiedInterests, counters.SuppressedInterests,
            ];
            foreach ((int i, ulong value) in values.Index())
            {
                result[$"node {node.Index} {CounterNames[i]}"] = $"{value}";
            }

            result[$"node {node.Index} pending"] = $"{node.Forwarder.PitEntryCount}";
        }

        foreach (SimLink link in network.Links)
        {
            foreach (LinkDirection way in new[] { link.AtoB, link.BtoA })
            {
                LinkDirectionCounters counted = way.Counters;
                result[$"link {way.From.Index}-{way.To.Index}"] =
                    $"{counted.Sent} {counted.SentOctets} {counted.Delivered} {counted.DroppedQueue} {counted.DroppedDown}";
            }
        }

        AddAnswers(result, consumers.Select(consumer => consumer.Answers));
        return result;
    }

    private static void AddAnswers(SortedDictionary<string, string> result, IEnumerable<IEnumerable<(long TimeNs, string Name)>> answers)
    {
        foreach ((int consumer, IEnumerable<(long TimeNs, string Name)> list) in answers.Index())
        {
            foreach ((int i, (long timeNs, string name)) in list.Index())
            {
                result[$"answer {consumer} {i}"] = $"{name} at {timeNs}";
            }
        }
    }
}
