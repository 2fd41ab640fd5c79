using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

public class RedQueueTests
{
    private const double One = 4294967296.0;

    private static readonly QueueSettings Settings = new() { Kind = QueueKind.Red, CapacityPackets = 1000 };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4.99, 0)]
    [InlineData(5, 0)]
    [InlineData(10, 0.01)]
    [InlineData(14.9, 0.0198)]
    [InlineData(15, 0.02)]
    [InlineData(22.5, 0.51)]
    [InlineData(29.99, 0.999)]
    [InlineData(30, 1)]
    [InlineData(500, 1)]
    public void Probability_climbs_as_the_gentle_curve_does(double average, double expected)
    {
        var red = new RedQueue(Settings, 10_000_000);
        Assert.Equal(expected, red.ProbabilityAt((ulong)(average * One)) / One, 0.001);
    }

    [Fact]
    public void Probability_without_gentleness_jumps_at_the_upper_threshold()
    {
        var red = new RedQueue(Settings with { RedGentle = false }, 10_000_000);
        Assert.Equal(0.02, red.ProbabilityAt((ulong)(14.9999 * One)) / One, 0.0001);
        Assert.Equal(1, red.ProbabilityAt((ulong)(15 * One)) / One);
    }

    [Fact]
    public void Spacing_follows_the_formulas()
    {
        const double P = 0.01;
        ulong probability = (ulong)(P * One);
        var waiting = new RedQueue(Settings, 0);
        var hasty = new RedQueue(Settings with { RedWait = false }, 0);
        for (int n = 0; n < 250; n++)
        {
            double evenly = n * P >= 0.9999 ? 1 : Math.Min(1, P / (1 - (n * P)));
            Assert.Equal(evenly, hasty.Spaced(probability, n) / One, 0.01);
            double waited = n * P < 1 ? 0 : n * P >= 1.9999 ? 1 : Math.Min(1, P / (2 - (n * P)));
            if (n is not (100 or 200))
            {
                Assert.Equal(waited, waiting.Spaced(probability, n) / One, 0.01);
            }
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(20)]
    public void Arrivals_at_a_steady_queue_are_dropped_at_the_rate_of_the_curve(int queued)
    {
        var red = new RedQueue(Settings with { RedWait = false }, 10_000_000);
        IRandomSource random = new RandomStreams(11).For("test.red");
        for (int i = 0; i < 20_000; i++)
        {
            red.OnArrival(i, queued, queued * 500, 500, random);
        }

        Assert.Equal(queued, red.Average / One, 0.01);
        int drops = 0;
        const int Arrivals = 300_000;
        for (int i = 0; i < Arrivals; i++)
        {
            drops += red.OnArrival(20_000 + i, queued, queued * 500, 500, random) == QueueVerdict.Drop ? 1 : 0;
        }

        // p / (1 - n p) makes the gap between drops uniform on 1 .. 1/p, whose mean is (1 + 1/p) / 2.
        double p = red.ProbabilityAt(red.Average) / One;
        double gapMax = Math.Floor(1 / p);
        double gap = 0, left = 1;
        double variance = 0;
        for (int n = 1; left > 1e-12; n++)
        {
            double chance = (n * p) + p >= 1 ? 1 : p / (1 - (n * p));
            gap += n * left * chance;
            variance += n * (double)n * left * chance;
            left *= 1 - chance;
        }

        variance -= gap * gap;
        Assert.InRange(gap, 1, gapMax);
        Confidence.Mean(gap, Arrivals, drops, Math.Sqrt(variance) + (gap / Math.Sqrt(drops)));
    }

    [Fact]
    public void Average_follows_a_double_precision_twin_and_decays_during_silence()
    {
        const long RateBps = 4_000_000;
        const double MeanPacketNs = 1_000_000;
        var red = new RedQueue(Settings, RateBps);
        IRandomSource random = new RandomStreams(5).For("test.average");
        double average = 0;
        long now = 0, busyUntil = 0, emptySince = 0;
        for (int i = 0; i < 50_000; i++)
        {
            now += random.NextBelow(i % 100 == 0 ? 60_000_000u : 1_500_000u);
            int queued = now >= busyUntil ? 0 : (int)random.NextBelow(4);
            if (queued == 0 && now > emptySince)
            {
                average *= Math.Pow(1 - 0.002, Math.Floor((now - emptySince) / MeanPacketNs));
                emptySince = now;
            }

            average += 0.002 * (queued - average);
            Assert.Equal(QueueVerdict.Forward, red.OnArrival(now, queued, queued * 500, 500, random));
            Assert.Equal(average, red.Average / One, 0.0001);
            emptySince = Math.Max(now, busyUntil);
            busyUntil = emptySince + 1_000_000;
        }
    }

    [Fact]
    public void Burst_in_a_short_queue_passes_and_a_full_queue_drops()
    {
        var red = new RedQueue(Settings with { CapacityPackets = 20 }, 10_000_000);
        IRandomSource random = new RandomStreams(5).For("test.burst");
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(QueueVerdict.Forward, red.OnArrival(i, i, i * 500, 500, random));
        }

        Assert.Equal(QueueVerdict.Drop, red.OnArrival(20, 20, 10_000, 500, random));
    }
}
