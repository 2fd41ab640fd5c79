using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Functions run, and their calls take what links, fuel and signatures cost.</summary>
public class FunctionCallTests
{
    private static readonly LinkSettings Link = new() { RateBps = 0, DelayNs = 5 * Millisecond };

    private static readonly CpuSettings Cpu = new()
    {
        SignNs = 300_000,
        VerifyNs = 200_000,
        FuelPerSecond = 1_000_000,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_call_over_three_hops_takes_what_links_fuel_and_signatures_cost(int partitions)
    {
        using SimNetwork network = Make(4, Link, partitions: partitions, all: new NodeSettings { Cpu = Cpu });
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/burn"),
            Kind = "burn",
            Fuel = 30_000,
            CountMax = 2,
        });

        // The first call also fetches the descriptor: a round trip of three links there and back, signed and verified.
        // Both: a round trip, 30,000 units of fuel at a million a second, a signature and its check.
        const long roundTrip = 2 * 3 * 5 * Millisecond;
        const long call = roundTrip + (30 * Millisecond) + 300_000 + 200_000;
        const long describe = roundTrip + 300_000 + 200_000;
        Assert.All(calls, one => Assert.True(one.IsSuccessful, one.AnsweredBy));
        Assert.Equal([describe + call, call], calls.Select(one => one.EndedNs - one.BeganNs));
        Assert.Equal("n3", calls[1].AnsweredBy);
        Assert.Equal(60_000ul, network.Nodes[3].Cpu.FuelCharged);
    }

    [Theory]
    [InlineData(1, 80)]
    [InlineData(2, 40)]
    [InlineData(4, 20)]
    public void Cores_run_as_many_calls_at_once(int cores, long burnMs)
    {
        using SimNetwork network = Make(2, Link, special: (1, new NodeSettings { Cpu = Cpu with { Cores = cores, SignNs = 0 } }));
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/burn"),
            Kind = "burn",
            Fuel = 20_000,
            CountMax = 4,
            Outstanding = 4,
        });
        Assert.Equal(4, calls.Count(static one => one.IsSuccessful));
        Assert.InRange(calls[^1].EndedNs - calls[0].BeganNs, burnMs * Millisecond, (burnMs + 30) * Millisecond);
    }

    [Fact]
    public void A_function_that_burns_for_longer_than_an_interest_lives_is_answered_when_its_fuel_is_burnt()
    {
        using SimNetwork network = Make(3, Link, special: (2, new NodeSettings { Cpu = Cpu }));
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/burn"),
            Kind = "burn",
            Fuel = 9_000_000,
            CountMax = 1,
        }, 30 * Second);
        CallRecord call = Assert.Single(calls);
        Assert.True(call.IsSuccessful, call.AnsweredBy);
        Assert.InRange(call.EndedNs - call.BeganNs, 9 * Second, 10 * Second);
    }

    [Fact]
    public void Popular_arguments_are_answered_by_caches_and_results_are_right()
    {
        using SimNetwork network = Make(4, Link, all: new NodeSettings { Cpu = Cpu });
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/wordcount"),
            Kind = "wordcount",
            Popularity = new ZipfMandelbrot(5, 0, 1),
            CountMax = 60,
        });
        var client = Assert.IsType<FunctionClient>(network.Nodes[0].Applications[0]);
        Assert.Equal(60, client.CompletedCount);
        Assert.InRange(client.CachedCount, 55, 59);
        Assert.Equal(0, client.WrongCount);
        Assert.Contains(calls, static one => one.AnsweredBy == "a cache of n3");
    }

    [Fact]
    public void Fuel_of_a_call_is_what_was_burnt_for_it_and_nothing_for_a_cached_result()
    {
        using SimNetwork network = Make(4, Link, all: new NodeSettings { Cpu = Cpu });
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/burn"),
            Kind = "burn",
            Fuel = 1000,
            Popularity = new ZipfMandelbrot(5, 0, 1),
            CountMax = 30,
        });
        Assert.All(calls, one => Assert.True(one.IsSuccessful, one.AnsweredBy));
        Assert.Equal(30, calls.Length);
        Assert.Equal(network.Nodes[3].Cpu.FuelCharged, calls.Aggregate(0ul, static (sum, one) => sum + one.Fuel));
        Assert.All(calls, one => Assert.Equal(one.AnsweredBy == "n3" ? 1000ul : 0, one.Fuel));
        Assert.InRange(network.Nodes[3].Cpu.FuelCharged, 2000ul, 5000ul);
    }

    [Fact]
    public void Digests_are_equal_on_repeat_and_for_any_number_of_partitions()
    {
        ulong first = Everything(1);
        Assert.Equal(first, Everything(1));
        Assert.Equal(first, Everything(2));
        Assert.Equal(first, Everything(3));
        Assert.NotEqual(first, Everything(1, seed: 2));
    }

    /// <summary>Functions, disks, loss, wrong clocks, work that takes time, a crash and a cut at once.</summary>
    private static ulong Everything(int partitions, ulong seed = 1)
    {
        LinkSettings bad = Link with { Faults = new FaultSettings { Loss = LossSettings.Bernoulli(0.05) } };
        var settings = new NodeSettings
        {
            Cpu = Cpu with { PacketNs = 10_000, Cores = 2 },
            Clock = new ClockSettings { SkewNs = -3 * Second, DriftPpb = 70_000 },
            Disk = new DiskSettings { LatencyNs = 3 * Millisecond, Torn = TornWrites.Prefix },
        };
        using SimNetwork network = Make(6, bad, seed, partitions, settings);
        RouteToLast(network, "/repo");
        network.Restarted += node =>
        {
            if (node.Index == 3)
            {
                node.AddRoute(Name.Parse("/fn"), node.FaceTo(network.Nodes[4])!);
                node.AddRoute(Name.Parse("/repo"), node.FaceTo(network.Nodes[4])!);
            }
        };
        network.Nodes[5].Add(() => new Repository(new RepositorySettings { Prefix = Name.Parse("/repo"), FlushEvery = 5 }));
        network.Nodes[1].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Name.Parse("/repo"),
            Gap = Distribution.PoissonGapsNs(30),
            CountMax = 90,
        }));
        network.Nodes[2].Add(() => new InterestFlooder(new InterestFlooderSettings
        {
            Prefix = Name.Parse("/repo"),
            Gap = Distribution.PoissonGapsNs(40),
        }));
        network.Nodes[0].Add(() => new CachePolluter(new CachePolluterSettings
        {
            Prefix = Name.Parse("/repo"),
            Gap = Distribution.PoissonGapsNs(20),
            ContentCount = 100,
        }));
        FaultInjector.Install(
            network,
            new FaultSchedule
            {
                Nodes = [new NodeOutage("n3", 3 * Second, 4 * Second), new NodeOutage("n5", 5 * Second, 6 * Second, KeepsState: true)],
                Links = [new LinkOutage(new FaultScheduleLink("n1", "n2"), 2 * Second, 2 * Second + 500 * Millisecond)],
            },
            20 * Second);
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/echo"),
            Kind = "echo",
            Gap = Distribution.PoissonGapsNs(15),
            Outstanding = 50,
        }, 20 * Second);
        Assert.True(calls.Count(static one => one.IsSuccessful) > 100, $"{calls.Count(static one => one.IsSuccessful)} calls");
        return network.Digest;
    }

    internal static CallRecord[] Run(SimNetwork network, FunctionClientSettings settings, long untilNs = 10 * Second)
    {
        var log = new RecordedCalls();
        network.ApplicationLog = log;
        RouteToLast(network, "/fn");
        for (int i = 1; i < network.Nodes.Count; i++)
        {
            network.Nodes[i].AddRoute(Name.Parse("/reply"), network.Nodes[i].FaceTo(network.Nodes[i - 1])!);
        }

        network.Nodes[^1].Add(() => new FunctionHostApplication(new FunctionHostSettings
        {
            Functions = [.. SampleFunctions.Kinds.Select(kind => SampleFunctions.Create(kind, Name.Parse($"/fn/{kind}")))],
        }));
        network.Nodes[0].Add(() => new FunctionClient(settings), Second);
        network.RunUntil(untilNs);
        AssertNoFrameIsOut(network);
        return [.. log.Calls];
    }
}
