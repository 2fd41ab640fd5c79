using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>What attackers do to a network is what theory says.</summary>
public class AttackerTests
{
    private static readonly Name Victim = Name.Parse("/victim");
    private static readonly Name Junk = Name.Parse("/junk");

    [Fact]
    public void Flood_fills_the_PIT_at_its_rate_until_entries_expire_as_fast_and_leaves_nothing_behind()
    {
        // 500 a second with a lifetime of a second, 5 ms to the next node: the Interest of time t is there from t + 5 ms on.
        using SimNetwork network = Flooded(Distribution.Constant(2 * Millisecond), new NodeSettings(), stopNs: 3 * Second);
        foreach ((long timeMs, int first, int second) in new[]
        {
            (100L, 50, 48), (500L, 250, 248), (900L, 450, 448), (1500L, 500, 500), (2900L, 500, 500),
        })
        {
            network.RunUntil(timeMs * Millisecond);
            Assert.InRange(network.Nodes[0].Forwarder.PitEntryCount, first - 1, first + 2);
            Assert.InRange(network.Nodes[1].Forwarder.PitEntryCount, second - 1, second + 2);
        }

        network.RunUntil(4100 * Millisecond);
        Assert.Equal(0, network.Nodes[0].Forwarder.PitEntryCount + network.Nodes[1].Forwarder.PitEntryCount);
        Assert.Equal(1500ul, network.Nodes[1].Forwarder.Counters.InInterests);
        Assert.Equal(1500ul, network.Nodes[1].Forwarder.Counters.UnsatisfiedInterests);
    }

    [Fact]
    public void Flood_at_random_times_fills_the_PIT_by_Littles_law()
    {
        Estimate pending = Estimate.Replicate(8, ["pending"], static seed =>
        {
            using SimNetwork network = Flooded(Distribution.PoissonGapsNs(500), new NodeSettings(), seed);
            long sum = 0;
            long samples = 0;
            network.Every(10 * Millisecond, () =>
            {
                if (network.NowNs >= 1500 * Millisecond)
                {
                    sum += network.Nodes[1].Forwarder.PitEntryCount;
                    samples++;
                }
            });
            network.RunUntil(6 * Second);
            return [(double)sum / samples];
        })[0];
        pending.MustAgree(500);
        pending.MustRefute(500 * 0.9);
        pending.MustRefute(500 * 1.1);
    }

    [Theory]
    [InlineData(1 << 18, true)]
    [InlineData(100, false)]
    public void Full_PIT_of_a_flooded_node_refuses_honest_Interests(int capacity, bool isServed)
    {
        // The honest one begins when 100 entries are taken, and no place is free for longer than 2 ms.
        using SimNetwork network = Flooded(Distribution.Constant(2 * Millisecond), new NodeSettings { PitCapacity = capacity });
        network.Nodes[1].Add(() => new Producer(new ProducerSettings { Prefix = Name.Parse("/honest") }));
        Assert.True(network.Nodes[0].AddRoute(Name.Parse("/honest"), network.Nodes[0].FaceTo(network.Nodes[1])!));
        var honest = (Consumer)network.Nodes[0].Add(
            () => new Consumer(new ConsumerSettings
            {
                Prefix = Name.Parse("/honest"),
                Gap = Distribution.Constant(11 * Millisecond),
                RetransmissionsMax = 0,
            }),
            Second / 2);
        network.Every(Millisecond, () => Assert.InRange(network.Nodes[0].Forwarder.PitEntryCount, 0, capacity));
        network.RunUntil(3 * Second);
        double share = (double)honest.ReceivedCount / honest.RequestedCount;
        Assert.True(isServed ? share > 0.98 : share < 0.3, $"{share:P0} of {honest.RequestedCount} were answered");
    }

    [Fact]
    public void Pollution_lowers_the_hit_ratio_of_honest_requests_to_what_Che_says()
    {
        const int Capacity = 100;
        const int Contents = 500;
        const int JunkContents = 1000;
        double[] honest = [.. Enumerable.Range(1, Contents).Select(static rank => 1.0 / rank)];
        double total = honest.Sum();
        double[] q = [.. honest.Select(weight => weight / total)];

        // The polluter asks as often as the consumer, for each of its contents alike.
        double clean = HitRatio(q, Capacity, 0, 0);
        double polluted = HitRatio(q, Capacity, JunkContents, 1.0 / JunkContents);
        Assert.InRange(clean - polluted, 0.1, 0.5);

        Estimate[] ratios = Estimate.Replicate(10, ["clean", "polluted"], seed =>
            [Measure(seed, Capacity, Contents, 0), Measure(seed, Capacity, Contents, JunkContents)]);
        ratios[0].MustAgree(clean, modelError: 0.01);
        ratios[1].MustAgree(polluted, modelError: 0.01);
        ratios[0].MustRefute(polluted, modelError: 0.01);
        ratios[1].MustRefute(clean, modelError: 0.01);

        // Half as much pollution would be seen.
        ratios[1].MustRefute(HitRatio(q, Capacity, JunkContents, 0.5 / JunkContents), modelError: 0.01);
    }

    /// <summary>Che's approximation with two populations: T is such that all contents' presences add up to the capacity.</summary>
    private static double HitRatio(double[] q, int capacity, int others, double rateOfEach)
    {
        double low = 0;
        double high = 1e9;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            double held = q.Sum(rate => 1 - Math.Exp(-rate * middle)) + (others * (1 - Math.Exp(-rateOfEach * middle)));
            (low, high) = held > capacity ? (low, middle) : (middle, high);
        }

        return q.Sum(rate => rate * (1 - Math.Exp(-rate * low)));
    }

    /// <summary>What part of the consumer's requests never reaches the producer behind the cache.</summary>
    private static double Measure(ulong seed, int capacity, int contents, int junk)
    {
        const int Requests = 2_200;
        using SimNetwork network = Make(
            2, Networks.Wire(1_000), seed, all: new NodeSettings { ContentStoreCapacity = 0 },
            special: (0, new NodeSettings { ContentStoreCapacity = capacity }));
        RouteToLast(network, "/victim");
        RouteToLast(network, "/junk");
        var producer = (Producer)network.Nodes[1].Add(() => new Producer(new ProducerSettings { Prefix = Victim, PayloadOctets = 10 }));
        network.Nodes[1].Add(() => new Producer(new ProducerSettings { Prefix = Junk, PayloadOctets = 10 }));
        var consumer = (Consumer)network.Nodes[0].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Victim,
            Gap = Distribution.Constant(Millisecond),
            Popularity = new ZipfMandelbrot(contents, q: 0, s: 1),
            Verify = null,
        }));
        if (junk > 0)
        {
            network.Nodes[0].Add(() => new CachePolluter(new CachePolluterSettings
            {
                Prefix = Junk,
                Gap = Distribution.PoissonGapsNs(1000),
                ContentCount = junk,
            }));
        }

        network.RunUntil(Second / 2);
        long asked = consumer.RequestedCount;
        long missed = producer.AnsweredCount;
        network.RunUntil(Requests * Millisecond);
        return 1 - ((double)(producer.AnsweredCount - missed) / (consumer.RequestedCount - asked));
    }

    private static SimNetwork Flooded(Distribution gap, NodeSettings first, ulong seed = 1, long stopNs = long.MaxValue)
    {
        SimNetwork network = Make(2, Networks.Wire(5 * Millisecond), seed, special: (0, first));
        RouteToLast(network, "/victim");
        network.Nodes[1].Add(() => new SilentProducer(Victim));
        network.Nodes[0].Add(
            () => new InterestFlooder(new InterestFlooderSettings { Prefix = Victim, Gap = gap, LifetimeMs = 1000 }), 0, stopNs);
        return network;
    }
}
