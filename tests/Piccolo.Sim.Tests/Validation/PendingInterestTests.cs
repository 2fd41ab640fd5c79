using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>PIT occupancy against Little's law: L = lambda W, whatever the distributions.</summary>
/// <remarks>
/// An answered Interest is pending for the round trip from its node, an unanswered one for its lifetime.
/// Source: Little, "A proof for the queuing formula L = lambda W", Operations Research 9(3), 1961.
/// </remarks>
public sealed class PendingInterestTests
{
    private const int Replications = 10;
    private const double Rate = 2_000;
    private const long NearNs = 20_000_000;
    private const long FarNs = 5_000_000;

    private static readonly Name Prefix = Name.Parse("/little");

    [Fact]
    public void Answered_Interests_are_pending_for_a_round_trip()
    {
        Estimate[] pending = Measure(lifetimeMs: 2000, isAnswered: true);

        pending[0].MustAgree(Rate * 2 * (NearNs + FarNs) / 1e9);
        pending[1].MustAgree(Rate * 2 * FarNs / 1e9);
        Assert.Equal(0, pending[2].Mean);

        // Canary: 3 % more Interests, or a delay so much longer.
        pending[0].MustRefute(1.03 * Rate * 2 * (NearNs + FarNs) / 1e9);
        pending[1].MustRefute(1.03 * Rate * 2 * FarNs / 1e9);
    }

    [Fact]
    public void Unanswered_Interests_are_pending_for_their_lifetime()
    {
        const ulong LifetimeMs = 100;
        Estimate[] pending = Measure(LifetimeMs, isAnswered: false);

        foreach (Estimate estimate in pending)
        {
            estimate.MustAgree(Rate * LifetimeMs / 1000);
            estimate.MustRefute(Rate * LifetimeMs * 1.03 / 1000);
        }
    }

    private static Estimate[] Measure(ulong lifetimeMs, bool isAnswered) =>
        Estimate.Replicate(Replications, ["at the consumer", "between", "at the producer"], seed => Run(seed, lifetimeMs, isAnswered));

    private static double[] Run(ulong seed, ulong lifetimeMs, bool isAnswered)
    {
        using SimNetwork network = Networks.Line(Networks.Uncached(seed), Networks.Wire(NearNs), Networks.Wire(FarNs));
        Networks.RouteAlongLine(network, Prefix);
        network.Nodes[2].Add(() => isAnswered
            ? new Producer(new ProducerSettings { Prefix = Prefix, PayloadOctets = 10 })
            : new SilentProducer(Prefix));
        network.Nodes[0].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Prefix,
            Gap = Distribution.PoissonGapsNs(Rate),
            LifetimeMs = lifetimeMs,
            RetransmissionsMax = 0,
            Rtt = new RttOptions { InitialTimeout = TimeSpan.FromSeconds(3) },
            Verify = null,
        }));

        double[] sums = new double[network.Nodes.Count];
        int samples = 0;
        network.Every(1_000_000, () =>
        {
            if (network.NowNs >= 1_000_000_000)
            {
                samples++;
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += network.Nodes[i].Forwarder.PitEntryCount;
                }
            }
        });
        network.RunUntil(5_000_000_000);
        return [.. sums.Select(sum => sum / samples)];
    }
}
