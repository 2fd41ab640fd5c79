using Piccolo.Sim.Measuring;

namespace Piccolo.Sim.Tests.Measuring;

public class DelayHistogramTests
{
    [Fact]
    public void Quantiles_are_right_to_within_a_hundred_and_twenty_eighth()
    {
        var histogram = new DelayHistogram();
        var values = new List<long>();
        ulong state = 1;
        for (int i = 0; i < 20_000; i++)
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            long value = (long)(state >> (2 + (i % 60)));
            values.Add(value);
            histogram.Record(value);
        }

        values.Sort();
        foreach (int perMille in new[] { 1, 100, 500, 900, 990, 999, 1000 })
        {
            long exact = values[(int)((((long)values.Count * perMille) + 999) / 1000) - 1];
            long told = histogram.QuantileNs(perMille);
            Assert.InRange(told, exact, exact + (exact / 128));
        }

        Assert.Equal(values[0], histogram.MinimumNs);
        Assert.Equal(values[^1], histogram.MaximumNs);
        Int128 sum = 0;
        foreach (long value in values)
        {
            sum += value;
        }

        Assert.Equal((long)(sum / values.Count), histogram.MeanNs);
    }

    [Fact]
    public void Extremes_and_nothing_have_an_answer()
    {
        var histogram = new DelayHistogram();
        Assert.Equal((0, 0, 0, 0), (histogram.QuantileNs(500), histogram.MeanNs, histogram.MinimumNs, histogram.MaximumNs));
        histogram.Record(long.MaxValue);
        histogram.Record(-5);
        Assert.Equal(0, histogram.QuantileNs(0));
        Assert.Equal(0, histogram.QuantileNs(500));
        Assert.Equal(long.MaxValue, histogram.QuantileNs(501));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.QuantileNs(1001));
    }

    [Fact]
    public void Sum_of_two_is_as_if_one_had_seen_all()
    {
        var all = new DelayHistogram();
        var even = new DelayHistogram();
        var odd = new DelayHistogram();
        for (int i = 0; i < 1_000; i++)
        {
            long value = (long)i * i * 977;
            all.Record(value);
            (i % 2 == 0 ? even : odd).Record(value);
        }

        odd.Add(even);
        foreach (int perMille in new[] { 0, 250, 500, 750, 1000 })
        {
            Assert.Equal(all.QuantileNs(perMille), odd.QuantileNs(perMille));
        }

        Assert.Equal((all.Count, all.MeanNs, all.MinimumNs, all.MaximumNs), (odd.Count, odd.MeanNs, odd.MinimumNs, odd.MaximumNs));
    }
}
