using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>A link's queue against queueing theory: Poisson arrivals at a transmitter.</summary>
/// <remarks>
/// The link sends a mean packet in 1 ms; so mu = 1000/s, lambda = 1000 rho. Sizes are cut at 40 and 8700 octets, which moves their mean
/// by less than 0.1 %.
/// Source: Kleinrock, "Queueing Systems", volume 1, sections 3.2 (M/M/1), 3.6 (M/M/1/K), 5.6 and 5.7 (M/G/1, M/D/1).
/// </remarks>
public sealed class LinkQueueTests
{
    private const int Replications = 10;
    private const int WarmUp = 2_000;
    private const long DelayNs = 1_000_000;
    private const int MeanOctets = 1000;
    private const long RateBps = 8_000_000;
    private const double Rho = 0.6;

    private static readonly string[] Quantities = ["sojourn in ms", "packets waiting", "utilisation", "share dropped"];

    [Fact]
    public void MM1_queue_waits_as_theory_says()
    {
        Estimate[] measured = Measure(Rho, Distribution.Exponential(MeanOctets), int.MaxValue, 24_000);

        // T = 1 / (mu - lambda); Lq = rho^2 / (1 - rho)
        measured[0].MustAgree(1 / (1 - Rho), modelError: 0.003);
        measured[1].MustAgree(Rho * Rho / (1 - Rho), modelError: 0.003);
        measured[2].MustAgree(Rho, modelError: 0.001);
        Assert.Equal(0, measured[3].Mean);

        // Canary: a link 5 % faster than it should be.
        double fast = Rho / 1.05;
        measured[0].MustRefute(1 / (1.05 - Rho), modelError: 0.003);
        measured[1].MustRefute(fast * fast / (1 - fast), modelError: 0.003);
        measured[2].MustRefute(fast, modelError: 0.001);
    }

    [Fact]
    public void MD1_queue_waits_as_theory_says()
    {
        Estimate[] measured = Measure(Rho, Distribution.Constant(MeanOctets), int.MaxValue, 12_000);

        // Pollaczek-Khinchin without variance: T = 1 + rho / (2 (1 - rho)) services; Lq = rho^2 / (2 (1 - rho))
        measured[0].MustAgree(1 + (Rho / (2 * (1 - Rho))));
        measured[1].MustAgree(Rho * Rho / (2 * (1 - Rho)));
        measured[2].MustAgree(Rho);

        // Canaries: a link 5 % faster, and exponential services.
        double fast = Rho / 1.05;
        measured[0].MustRefute((1 + (fast / (2 * (1 - fast)))) / 1.05);
        measured[1].MustRefute(fast * fast / (2 * (1 - fast)));
        measured[0].MustRefute(1 / (1 - Rho));
    }

    [Fact]
    public void MM1K_queue_drops_as_theory_says()
    {
        const double Load = 0.9;
        const int Places = 5;
        Estimate[] measured = Measure(Load, Distribution.Exponential(MeanOctets), Places - 1, 12_000);

        // K places, that of the transmitter included.
        measured[3].MustAgree(Blocking(Load, Places), modelError: 0.003);
        measured[2].MustAgree(Load * (1 - Blocking(Load, Places)), modelError: 0.003);

        // Canaries: a place more or less.
        measured[3].MustRefute(Blocking(Load, Places + 1), modelError: 0.003);
        measured[3].MustRefute(Blocking(Load, Places - 1), modelError: 0.003);
    }

    /// <summary>P(K) = (1 - rho) rho^K / (1 - rho^(K + 1)).</summary>
    private static double Blocking(double rho, int places) =>
        (1 - rho) * Math.Pow(rho, places) / (1 - Math.Pow(rho, places + 1));

    private static Estimate[] Measure(double rho, Distribution octets, int capacity, int count) =>
        Estimate.Replicate(Replications, Quantities, seed => Run(seed, rho, octets, capacity, count));

    private static double[] Run(ulong seed, double rho, Distribution octets, int capacity, int count)
    {
        var link = new LinkSettings
        {
            RateBps = RateBps,
            DelayNs = DelayNs,
            Queue = new QueueSettings { CapacityPackets = capacity },
        };
        using SimNetwork network = Networks.Line(Networks.Uncached(seed), link);
        Networks.RouteAlongLine(network, Name.Parse("/q"));
        var source = new PacketSource(Distribution.PoissonGapsNs(1000 * rho), octets, count);
        var sink = new PacketSink(source, WarmUp);
        network.Nodes[0].Add(() => source);
        network.Nodes[1].Add(() => sink);

        LinkDirection direction = network.Links[0].AtoB;
        double waiting = 0;
        long samples = 0;
        network.Every(3_000_000, () =>
        {
            if (source.SentCount >= WarmUp && source.SentCount < count)
            {
                waiting += direction.QueueAt(network.NowNs).Packets;
                samples++;
            }
        });
        long second = 0;
        while (source.SentCount < count)
        {
            network.RunUntil(second += 1_000_000_000);
        }

        network.RunUntil(second + 1_000_000_000);
        LinkDirectionCounters counters = direction.Counters;
        Assert.Equal(count, counters.Sent);
        return
        [
            ((sink.TotalNs / sink.Count) - DelayNs) / 1e6,
            waiting / samples,
            (double)counters.BusyNs / source.SentNs[^1],
            (double)counters.DroppedQueue / counters.Sent,
        ];
    }
}
