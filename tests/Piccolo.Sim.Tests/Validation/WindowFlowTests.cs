using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>The throughput of a flow that a window drives against its equation.</summary>
public sealed class WindowFlowTests
{
    private const int PayloadOctets = 1000;

    private static readonly Name Prefix = Name.Parse("/flow");

    /// <summary>Little's law for a window of W that is always full: throughput is W / RTT, until the bottleneck's rate.</summary>
    /// <remarks>Source: Kleinrock, "Power and deterministic rules of thumb", ICC 1979. The round trip is hand-computed.</remarks>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    public void Fixed_window_gives_W_over_RTT_until_the_bottleneck(int window)
    {
        const long RateBps = 2_000_000;
        const long DelayNs = 20_000_000;
        var link = new LinkSettings { RateBps = RateBps, DelayNs = DelayNs };
        using SimNetwork network = Networks.Line(Networks.Uncached(1), link);
        Consumer consumer = AddFlow(
            network, new CongestionWindowOptions { Min = window, Initial = window, Max = window }, minTimeoutSeconds: 1);
        network.RunUntil(30_000_000_000);
        Assert.Equal(0, consumer.RetransmittedCount);

        double interestOctets = Octets(network.Links[0].AtoB.Counters);
        double dataOctets = Octets(network.Links[0].BtoA.Counters);
        double roundTrip = (2 * DelayNs / 1e9) + (8 * (interestOctets + dataOctets) / RateBps);
        double bottleneck = RateBps / (8 * dataOctets);
        double measured = consumer.ReceivedCount / 30.0;
        double expected = Math.Min(window / roundTrip, bottleneck);

        // The first round trip brings nothing, and the last is cut: 0.5 % of the time at most.
        Assert.InRange(measured, 0.995 * expected, 1.001 * expected);

        // Canary: one more or less in the window, below the bottleneck; above it, a rate 1 % higher.
        double wrong = window / roundTrip < bottleneck ? (window + 1) / roundTrip : 1.01 * bottleneck;
        Assert.NotInRange(measured, 0.995 * wrong, 1.001 * wrong);
    }

    /// <summary>AIMD under random loss: a window of 1.31 / sqrt(p) on average, so W / RTT packets a second.</summary>
    /// <remarks>
    /// Sources: Mathis, Semke, Mahdavi, Ott, "The macroscopic behavior of the TCP congestion avoidance algorithm", CCR 27(3), 1997, for
    /// the law; Ott, Kemperman, Mathis, "The stationary behavior of ideal TCP congestion avoidance", 1996, for 1.3098, the constant of
    /// independent losses and halving (with losses at equal distances it is sqrt(3/2)).
    /// Two things are ours: losses within a round trip of a halving do not halve again, so that p counts as p / (1 + 1.31 sqrt(p)); and
    /// only whole Interests are sent, which costs half of one on average. There is no queue, so the round trip is constant.
    /// </remarks>
    [Theory]
    [InlineData(0.005, 0.3)]
    [InlineData(0.015, 0.4)]
    public void Aimd_flow_follows_the_square_root_law(double loss, double roundTripSeconds)
    {
        const double ModelError = 0.03;
        Estimate rate = Estimate.Replicate(
            12, ["answers a second"], seed => [AimdRate(seed, loss, roundTripSeconds)])[0];

        rate.MustAgree(AimdWindow(loss) / roundTripSeconds, ModelError);

        // Canaries: half as many losses again, a round trip a fifth longer, and a window that loses a quarter instead of a half: with a
        // share of b lost, the constant grows as sqrt((2 - b) / (2 b)).
        rate.MustRefute(AimdWindow(1.5 * loss) / roundTripSeconds, ModelError);
        rate.MustRefute(AimdWindow(loss) / (1.2 * roundTripSeconds), ModelError);
        rate.MustRefute(AimdWindow(loss) * Math.Sqrt(3.5 / 1.5) / roundTripSeconds, ModelError);
    }

    private static double AimdWindow(double loss) => (1.3098 / Math.Sqrt(loss) * Math.Sqrt(1 + (1.3098 * Math.Sqrt(loss)))) - 0.5;

    private static double AimdRate(ulong seed, double loss, double roundTripSeconds)
    {
        const long WarmUpSeconds = 20;
        const double Answers = 14_000;
        var link = Networks.Wire((long)(roundTripSeconds / 2 * 1e9)) with
        {
            Faults = new FaultSettings { Loss = LossSettings.Bernoulli(1 - Math.Sqrt(1 - loss)) },
        };
        using SimNetwork network = Networks.Line(Networks.Uncached(seed), link);
        Consumer consumer = AddFlow(
            network, new CongestionWindowOptions { Algorithm = CongestionAlgorithm.Aimd, Min = 1, Initial = 8, Max = 4096 });
        network.RunUntil(WarmUpSeconds * 1_000_000_000);
        long before = consumer.ReceivedCount;
        long seconds = (long)(Answers * roundTripSeconds / AimdWindow(loss));
        network.RunUntil((WarmUpSeconds + seconds) * 1_000_000_000);

        // Every loss was found, and nothing else was taken for one.
        long lost = network.Links[0].AtoB.Counters.DroppedLoss + network.Links[0].BtoA.Counters.DroppedLoss;
        Assert.InRange(consumer.RetransmittedCount, lost - consumer.OutstandingCount, lost);
        return (double)(consumer.ReceivedCount - before) / seconds;
    }

    private static double Octets(Sim.Network.LinkDirectionCounters counters) => (double)counters.SentOctets / counters.Sent;

    private static Consumer AddFlow(SimNetwork network, CongestionWindowOptions window, double minTimeoutSeconds = 0.2)
    {
        Networks.RouteAlongLine(network, Prefix);
        network.Nodes[^1].Add(() => new Producer(new ProducerSettings { Prefix = Prefix, PayloadOctets = PayloadOctets }));
        return (Consumer)network.Nodes[0].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Prefix,
            FirstSequence = 1 << 20,
            Window = window,
            Rtt = new RttOptions { InitialTimeout = TimeSpan.FromSeconds(1), TimeoutMin = TimeSpan.FromSeconds(minTimeoutSeconds) },
            Verify = null,
        }));
    }
}
