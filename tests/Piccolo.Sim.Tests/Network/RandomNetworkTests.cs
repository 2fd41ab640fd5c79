using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

/// <summary>Whatever the network and its load: links account for every frame, and the number of threads changes nothing.</summary>
public class RandomNetworkTests
{
    private const int CasesEach = 4;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>Every generator, small.</summary>
    private static readonly (string Kind, string[] Sizes)[] Small =
    [
        ("line", ["nodes"]), ("ring", ["nodes"]), ("grid", ["width", "height"]), ("tree", ["branching", "depth"]), ("mesh", ["nodes"]),
        ("waxman", ["nodes"]), ("barabasi-albert", ["nodes"]), ("fat-tree", []), ("edge-hierarchy", ["core", "edge"]), ("rocketfuel", []),
    ];

    private static Arbitrary<Case> Cases(string kind) => (
        from size in Gen.Choose(2, 5)
        from seed in Gen.Choose(1, 1_000_000)
        from consumers in Gen.Choose(1, 4)
        from rate in Gen.Elements(10, 60, 200)
        from queue in Gen.Choose(0, 2)
        from faults in Gen.Choose(0, 31)
        select new Case(kind, size, (ulong)seed, consumers, rate, (QueueKind)queue, faults)).ToArbitrary();

    [Fact]
    public void Every_generator_is_among_the_cases() =>
        Assert.Equal(TopologyGenerator.Kinds.Select(static kind => kind.Kind).Order(), Small.Select(static one => one.Kind).Order());

    [Fact]
    public void Frames_are_accounted_for_and_digests_are_equal_in_any_network_on_any_number_of_threads()
    {
        long frames = 0;
        foreach ((string kind, _) in Small)
        {
            Prop.ForAll(Cases(kind), one =>
            {
                Outcome expected = Run(one, 1);
                Assert.Equal(expected, Run(one, 2));
                Assert.Equal(expected, Run(one, 3));
                frames += expected.Frames;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(CasesEach).WithReplay(2026, 11));
        }

        Assert.True(frames > Small.Length * CasesEach * 50, $"{frames} frames are too few");
    }

    private static Outcome Run(Case one, int threads)
    {
        Topology topology = one.Network();
        int last = topology.Nodes.Count - 1;
        var prefix = Name.Parse("/p");
        var random = new RandomStreams(one.Seed);
        int producer = (int)random.For("test.producer").NextBelow((uint)last + 1);
        List<ApplicationSettings> applications =
        [
            new() { Node = producer, Make = () => new Producer(new() { Prefix = prefix, PayloadOctets = 700 }), Serves = [prefix] },
        ];
        for (int i = 0; i < one.Consumers; i++)
        {
            applications.Add(new()
            {
                Node = (int)random.For("test.consumer", i).NextBelow((uint)last + 1),
                Make = () => new Consumer(new()
                {
                    Prefix = prefix,
                    Gap = Distribution.PoissonGapsNs(one.Rate),
                    Popularity = new ZipfMandelbrot(100),
                    RetransmissionsMax = 2,
                }),
            });
        }

        var settings = new ScenarioSettings
        {
            Seed = one.Seed,
            DurationNs = Second / 2,
            Topology = topology,
            Applications = applications,
            Faults = one.Has(16) && topology.Links.Count > 0
                ? new FaultSchedule
                {
                    RandomLinks = [new(new FaultTiming { BetweenNs = 400 * Millisecond, RepairNs = 100 * Millisecond })],
                    RandomNodes = [new(new FaultTiming { BetweenNs = 900 * Millisecond, RepairNs = 100 * Millisecond })],
                }
                : new FaultSchedule(),
        };
        using var run = new ScenarioRun(settings, new ScenarioRunOptions { Threads = threads });
        Balance balance = default;
        run.Network.Every(50 * Millisecond, () => balance = Balance.Of(run.Network));
        run.Run();
        return new Outcome(run.Network.Digest, run.Network.EventCount, run.Network.LinkFrameCount, balance);
    }

    /// <summary>A case as FsCheck prints it when it fails.</summary>
    private sealed record Case(string Kind, int Size, ulong Seed, int Consumers, int Rate, QueueKind Queue, int Faults)
    {
        public bool Has(int fault) => (Faults & fault) != 0;

        public Topology Network()
        {
            var link = new LinkSettings
            {
                RateBps = 1_000_000,
                DelayNs = 4 * Millisecond,
                Queue = new QueueSettings { Kind = Queue, CapacityPackets = 10 },
                Mtu = Has(8) ? 500 : 0,
                Faults = new FaultSettings
                {
                    Loss = Has(1) ? LossSettings.Bernoulli(0.05) : null,
                    CorruptionRate = Has(2) ? 0.02 : 0,
                    DuplicationRate = Has(2) ? 0.03 : 0,
                    ReorderRate = Has(4) ? 0.1 : 0,
                    ReorderDelayNs = 5 * Millisecond,
                },
            };
            Dictionary<string, double> sizes = Small.Single(one => one.Kind == Kind).Sizes.ToDictionary(
                static name => name, name => name == "nodes" ? Size + 2.0 : Math.Min(Size, 3), StringComparer.Ordinal);
            if (Kind == "rocketfuel")
            {
                sizes = new(StringComparer.Ordinal) { ["nodes"] = 10 + Size, ["links"] = 15 + Size };
            }

            return TopologyGenerator.Generate(Kind, sizes, link, Seed);
        }
    }

    private sealed record Outcome(ulong Digest, long Events, long Frames, Balance Balance);

    /// <summary>The sums over all links, each of which must add up by itself.</summary>
    private readonly record struct Balance(long Sent, long Delivered, long Dropped, long Queued)
    {
        public static Balance Of(SimNetwork network)
        {
            Balance sum = default;
            foreach (LinkDirectionCounters one in network.Links.SelectMany(
                static link => new[] { link.AtoB.Counters, link.BtoA.Counters }))
            {
                long dropped = one.DroppedQueue + one.DroppedLoss + one.DroppedDown;
                Assert.Equal(one.Sent + one.Duplicated, one.Delivered + dropped + one.Queued);
                Assert.All(new[] { one.Delivered, dropped, one.Queued }, static count => Assert.True(count >= 0));
                sum = new(sum.Sent + one.Sent, sum.Delivered + one.Delivered, sum.Dropped + dropped, sum.Queued + one.Queued);
            }

            return sum;
        }
    }
}
