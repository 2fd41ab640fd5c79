using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>The content store's hit rate under Zipf's law against Che's approximation.</summary>
/// <remarks>
/// With independent requests of rates q(i), an LRU cache of C places holds content i with probability 1 - exp(-q(i) T), where T is such
/// that these add up to C. The hit rate is the sum of q(i) (1 - exp(-q(i) T)).
/// Source: Che, Tung, Wang, "Hierarchical Web caching systems", IEEE JSAC 20(7), 2002. That its error is below 1 % of the hit rate for
/// sizes such as these: Fricker, Robert, Roberts, "A versatile and accurate approximation for LRU cache performance", ITC 24, 2012.
/// </remarks>
public sealed class CacheTests
{
    private const int Contents = 2_000;
    private const int Replications = 10;
    private const int Requests = 10_000;
    private const double ModelError = 0.01;

    private static readonly Name Prefix = Name.Parse("/zipf");

    [Theory]
    [InlineData(20, 0.8)]
    [InlineData(200, 0.8)]
    [InlineData(50, 1.0)]
    [InlineData(500, 1.0)]
    [InlineData(200, 1.2)]
    public void Hit_rate_is_that_of_an_LRU_cache(int capacity, double exponent)
    {
        Estimate hitRate = Estimate.Replicate(Replications, ["hit rate"], seed => [HitRate(seed, capacity, exponent)])[0];

        hitRate.MustAgree(Che(capacity, exponent), ModelError);

        // Canaries: a quarter more room, a flatter popularity, and a cache that evicts at random (or first in, first out), whose hit
        // rate is the same sum with q T / (1 + q T) for 1 - exp(-q T) (Fricker et al., section 4).
        hitRate.MustRefute(Che(capacity * 5 / 4, exponent), ModelError);
        hitRate.MustRefute(Che(capacity, exponent - 0.1), ModelError);
        hitRate.MustRefute(HitRate(capacity, exponent, x => x / (1 + x)), ModelError);
    }

    private static double Che(int capacity, double exponent) => HitRate(capacity, exponent, x => 1 - Math.Exp(-x));

    private static double HitRate(int capacity, double exponent, Func<double, double> presence)
    {
        double[] weights = [.. Enumerable.Range(1, Contents).Select(rank => Math.Pow(rank, -exponent))];
        double sum = weights.Sum();
        double[] q = [.. weights.Select(weight => weight / sum)];
        double low = 0;
        double high = 1e9;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            bool isTooLong = q.Sum(rate => presence(rate * middle)) > capacity;
            (low, high) = isTooLong ? (low, middle) : (middle, high);
        }

        return q.Sum(rate => rate * presence(rate * low));
    }

    /// <summary>Requests a millisecond apart, answered within microseconds: none meets an earlier one that is pending.</summary>
    private static double HitRate(ulong seed, int capacity, double exponent)
    {
        var options = new SimOptions
        {
            Seed = seed,
            NodeDefaults = new NodeSettings { ContentStoreCapacity = 0 },
            Nodes = new Dictionary<int, NodeSettings> { [0] = new NodeSettings { ContentStoreCapacity = capacity } },
        };
        using SimNetwork network = Networks.Line(options, Networks.Wire(1_000));
        Networks.RouteAlongLine(network, Prefix);
        network.Nodes[1].Add(() => new Producer(new ProducerSettings { Prefix = Prefix, PayloadOctets = 10 }));
        var consumer = (Consumer)network.Nodes[0].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Prefix,
            Gap = Distribution.Constant(1_000_000),
            Popularity = new ZipfMandelbrot(Contents, q: 0, s: exponent),
            Verify = null,
        }));

        // A quarter fills the cache.
        network.RunUntil(Requests / 4 * 1_000_000L);
        long requested = consumer.RequestedCount;
        long missed = network.Links[0].AtoB.Counters.Sent;
        network.RunUntil(Requests * 1_000_000L);
        Assert.Equal(0, consumer.RetransmittedCount);
        return 1 - ((double)(network.Links[0].AtoB.Counters.Sent - missed) / (consumer.RequestedCount - requested));
    }
}
