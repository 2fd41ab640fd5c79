using MathNet.Numerics.Distributions;
using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Distribution = Piccolo.Sim.Engine.Distribution;

namespace Piccolo.Sim.Tests.Engine;

/// <summary>Kolmogorov-Smirnov and chi-square tests with fixed seeds, at a level of one in a million.</summary>
public class DistributionTests
{
    private const int Draws = 200_000;

    [Fact]
    public void Exponential_is_exponential() =>
        KolmogorovSmirnov(Distribution.Exponential(1e9), static x => Exponential.CDF(1e-9, x));

    [Fact]
    public void Poisson_gaps_have_the_rate_of_the_process()
    {
        Distribution gaps = Distribution.PoissonGapsNs(1234.5);
        KolmogorovSmirnov(gaps, static x => Exponential.CDF(1234.5e-9, x));
        Network.Confidence.Mean(gaps.Mean, Sample(gaps).Sum(static x => (double)x), Draws, gaps.Mean);
    }

    [Fact]
    public void Poisson_gaps_give_poisson_counts()
    {
        Distribution gaps = Distribution.PoissonGapsNs(5_000_000);
        IRandomSource random = new RandomStreams(6).For("test.counts");
        var counts = new long[20];
        const int Windows = 50_000;
        long next = gaps.Next(random);
        for (int window = 1; window <= Windows; window++)
        {
            int count = 0;
            for (; next < window * 1_000_000L / 1_000; next += gaps.Next(random))
            {
                count++;
            }

            counts[Math.Min(count, counts.Length - 1)]++;
        }

        // Gaps are whole nanoseconds of 200, so their rounding is far below what 50,000 windows can show.
        ChiSquared(counts, Windows, static k => k < 19 ? Poisson.PMF(5, k) : 1 - Poisson.CDF(5, 18));
    }

    [Fact]
    public void Normal_is_normal() =>
        KolmogorovSmirnov(Distribution.Normal(1e9, 1e8), static x => MathNet.Numerics.Distributions.Normal.CDF(1e9, 1e8, x));

    [Theory]
    [InlineData(1.2)]
    [InlineData(3)]
    [InlineData(0.7)]
    public void Pareto_is_pareto(double shape) => KolmogorovSmirnov(Distribution.Pareto(1e6, shape), x => Pareto.CDF(1e6, shape, x + 0.5));

    [Fact]
    public void Pareto_is_cut_where_asked()
    {
        long[] sample = Sample(Distribution.Pareto(100, 1, 150));
        Assert.Equal(150, sample.Max());
        Assert.Equal(100, sample.Min());
        Network.Confidence.Share(100.0 / 150, sample.Count(static x => x == 150), Draws);
    }

    [Fact]
    public void Uniform_draws_every_number_alike()
    {
        var counts = new long[7];
        foreach (long x in Sample(Distribution.Uniform(10, 16)))
        {
            counts[x - 10]++;
        }

        ChiSquared(counts, Draws, static _ => 1.0 / 7);
        KolmogorovSmirnov(Distribution.Uniform(0, Distribution.Largest), static x => x / Distribution.Largest);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.003)]
    public void Geometric_is_geometric(double success)
    {
        int step = Math.Max(1, (int)(0.1 / success));
        var counts = new long[30];
        foreach (long x in Sample(Distribution.Geometric(success)))
        {
            counts[Math.Min(x / step, counts.Length - 1)]++;
        }

        ChiSquared(
            counts,
            Draws,
            k => Math.Pow(1 - success, k * step) - (k < counts.Length - 1 ? Math.Pow(1 - success, (k + 1) * step) : 0));
    }

    [Fact]
    public void Constant_and_certain_success_do_not_vary()
    {
        Assert.All(Sample(Distribution.Constant(42)), static x => Assert.Equal(42, x));
        Assert.All(Sample(Distribution.Geometric(1)), static x => Assert.Equal(0, x));
    }

    [Fact]
    public void Means_are_what_draws_average_to()
    {
        foreach ((Distribution distribution, double deviation) in new[]
        {
            (Distribution.Exponential(1000.25), 1000.25),
            (Distribution.Normal(5000, 700), 700),
            (Distribution.Uniform(5, 5000), 4996 / Math.Sqrt(12)),
            (Distribution.Pareto(10_000, 4), 10_000 * Math.Sqrt(4.0 / (9 * 2))),
            (Distribution.Geometric(0.01), Math.Sqrt(0.99) / 0.01),
            (new ZipfMandelbrot(50, 0.7, 0.7), 15.0),
        })
        {
            // Rounding down costs Pareto half a unit of ten thousand.
            Network.Confidence.Mean(distribution.Mean, Sample(distribution).Sum(static x => (double)x), Draws, deviation);
        }
    }

    [Theory]
    [InlineData(100, 0.7, 0.7)]
    [InlineData(100, 0, 1)]
    [InlineData(10, 5, 2.5)]
    [InlineData(64, 0, 0)]
    [InlineData(1, 0, 1)]
    public void Zipf_mandelbrot_draws_ranks_by_their_weights(int count, double q, double s)
    {
        var zipf = new ZipfMandelbrot(count, q, s);
        double total = Enumerable.Range(1, count).Sum(k => Math.Pow(k + q, -s));
        for (int k = 1; k <= count; k++)
        {
            Assert.Equal(Math.Pow(k + q, -s) / total, zipf.ProbabilityOf(k), 1e-9);
        }

        var counts = new long[count];
        foreach (long rank in Sample(zipf))
        {
            counts[rank - 1]++;
        }

        ChiSquared(counts, Draws, k => Math.Pow(k + 1 + q, -s) / total);
    }

    [Fact]
    public void Zipf_mandelbrot_of_millions_of_contents_is_right_at_both_ends()
    {
        const int Count = 2_000_000;
        var zipf = new ZipfMandelbrot(Count, 0, 0.8);
        double total = 0;
        for (int k = Count; k >= 1; k--)
        {
            total += Math.Pow(k, -0.8);
        }

        foreach (int rank in new[] { 1, 2, 1000, Count })
        {
            double expected = Math.Pow(rank, -0.8) / total;
            Assert.Equal(1, zipf.ProbabilityOf(rank) / expected, 1e-7);
        }

        long[] sample = Sample(zipf);
        Assert.InRange(sample.Max(), Count - 1000, Count);
        double head = Enumerable.Range(1, 1000).Sum(static k => Math.Pow(k, -0.8)) / total;
        Network.Confidence.Share(head, sample.Count(static x => x <= 1000), Draws);
    }

    [Fact]
    public void Steep_zipf_never_draws_what_has_no_weight()
    {
        var zipf = new ZipfMandelbrot(1000, 0, 40);
        Assert.Equal(0, zipf.ProbabilityOf(1000));
        Assert.All(Sample(zipf), static rank => Assert.InRange(rank, 1, 3));
    }

    [Fact]
    public void Parameters_that_cannot_be_are_refused()
    {
        foreach ((Action make, string message) in new (Action, string)[]
        {
            (static () => Distribution.Exponential(0), "0 is no mean of a distribution"),
            (static () => Distribution.Exponential(double.NaN), "NaN is no mean"),
            (static () => Distribution.PoissonGapsNs(-1), "-1 is no ratePerSecond"),
            (static () => Distribution.Normal(1, -1), "-1 is no deviation"),
            (static () => Distribution.Pareto(1, 0), "0 is no shape"),
            (static () => Distribution.Pareto(10, 1, 5), "a Pareto distribution from 10 to 5 is empty"),
            (static () => Distribution.Uniform(3, 2), "a uniform distribution from 3 to 2 is empty"),
            (static () => Distribution.Constant(-1), "-1 is no value"),
            (static () => Distribution.Geometric(0), "0 is no probability of success"),
            (static () => _ = new ZipfMandelbrot(0), "0 is no number of contents"),
            (static () => _ = new ZipfMandelbrot(10, -1), "-1 is no q"),
            (static () => _ = new ZipfMandelbrot(10, 1, double.NaN), "NaN is no s"),
        })
        {
            Assert.StartsWith(message, Assert.Throws<ScenarioException>(make).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Draws_are_these_numbers_on_every_machine()
    {
        ulong digest = 0;
        foreach (Distribution distribution in new[]
        {
            Distribution.Uniform(0, 1_000_000), Distribution.Exponential(1e7), Distribution.Normal(1e6, 1e5), Distribution.Pareto(1e5, 1.1),
            Distribution.Geometric(0.001), Distribution.PoissonGapsNs(333), new ZipfMandelbrot(100_000, 0.7, 0.9),
        })
        {
            digest = Sample(distribution).Aggregate(digest, static (sum, x) => RandomStreams.Mix(sum ^ (ulong)x));
        }

        Assert.Equal(16542043331334017978UL, digest);
    }

    [Fact]
    public void Below_is_uniform_for_bounds_beyond_32_bits()
    {
        IRandomSource random = new RandomStreams(8).For("test.below");
        const ulong Bound = 0xC000_0000_0000_0000;
        var counts = new long[3];
        for (int i = 0; i < Draws; i++)
        {
            counts[Draw.Below(random, Bound) >> 62]++;
        }

        ChiSquared(counts, Draws, static _ => 1.0 / 3);
    }

    private static long[] Sample(Distribution distribution)
    {
        IRandomSource random = new RandomStreams(2024).For("test.distribution");
        var sample = new long[Draws];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = distribution.Next(random);
        }

        return sample;
    }

    private static void KolmogorovSmirnov(Distribution distribution, Func<double, double> cumulative)
    {
        long[] sample = Sample(distribution);
        Array.Sort(sample);
        double worst = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            double expected = cumulative(sample[i]);
            worst = Math.Max(worst, Math.Max(Math.Abs(expected - ((double)i / Draws)), Math.Abs(expected - ((i + 1.0) / Draws))));
        }

        double limit = Math.Sqrt(-Math.Log(1e-6 / 2) / 2 / Draws);
        Assert.True(worst < limit, $"the largest distance is {worst}, more than {limit}");
    }

    private static void ChiSquared(long[] counts, long draws, Func<int, double> probability)
    {
        double sum = 0;
        int classes = 0;
        double restExpected = 0;
        double restCount = 0;
        for (int k = 0; k < counts.Length; k++)
        {
            restExpected += probability(k) * draws;
            restCount += counts[k];
            if (restExpected >= 10)
            {
                sum += (restCount - restExpected) * (restCount - restExpected) / restExpected;
                classes++;
                restExpected = restCount = 0;
            }
        }

        if (classes < 2)
        {
            Assert.Equal(0, sum, 1e-6);
            return;
        }

        double limit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(classes - 1, 1 - 1e-6);
        Assert.True(sum < limit, $"chi-square is {sum} in {classes} classes, more than {limit}");
    }
}
