using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

public class LossProcessTests
{
    private const int Frames = 400_000;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(0.0005)]
    [InlineData(0.999)]
    public void Bernoulli_loses_its_share(double rate)
    {
        Confidence.Share(rate, Losses(LossSettings.Bernoulli(rate), Frames).Count(static lost => lost), Frames);
    }

    [Fact]
    public void Bernoulli_losses_do_not_depend_on_each_other()
    {
        bool[] losses = Losses(LossSettings.Bernoulli(0.3), Frames);
        long pairs = 0;
        for (int i = 1; i < losses.Length; i++)
        {
            pairs += losses[i] && losses[i - 1] ? 1 : 0;
        }

        Confidence.Share(0.09, pairs, Frames - 1, correlation: 2);
    }

    [Fact]
    public void Certain_and_impossible_losses_draw_nothing()
    {
        LossProcess certain = LossProcess.Create(LossSettings.Bernoulli(1))!;
        Assert.True(certain.IsLost(0, 100, new NoRandomness()));
        Assert.Null(LossProcess.Create(LossSettings.Bernoulli(0)));
        Assert.Null(LossProcess.Create(null));
    }

    [Theory]
    [InlineData(0.01, 0.25, 0, 1)]
    [InlineData(0.002, 0.1, 0.001, 0.8)]
    [InlineData(0.3, 0.4, 0.05, 0.5)]
    public void Gilbert_elliott_loses_its_stationary_share(double goodToBad, double badToGood, double lossGood, double lossBad)
    {
        int losses = Losses(LossSettings.GilbertElliott(goodToBad, badToGood, lossGood, lossBad), Frames).Count(static lost => lost);
        double bad = goodToBad / (goodToBad + badToGood);

        // The variance of a sum over the chain grows by (1 + lambda) / (1 - lambda), where lambda is its second eigenvalue.
        double lambda = 1 - goodToBad - badToGood;
        Confidence.Share((bad * lossBad) + ((1 - bad) * lossGood), losses, Frames, (1 + lambda) / (1 - lambda));
    }

    [Fact]
    public void Gilbert_elliott_bursts_have_a_geometric_length()
    {
        const double BadToGood = 0.2;
        bool[] losses = Losses(LossSettings.GilbertElliott(0.02, BadToGood), Frames);
        int bursts = 0;
        long length = 0;
        for (int i = 1; i < losses.Length; i++)
        {
            bursts += losses[i] && !losses[i - 1] ? 1 : 0;
            length += losses[i] ? 1 : 0;
        }

        Confidence.Mean(1 / BadToGood, length, bursts, Math.Sqrt(1 - BadToGood) / BadToGood);
    }

    [Fact]
    public void Trace_of_frames_loses_exactly_those()
    {
        LossTrace trace = LossTraceReader.Parse("# measured\nframes\n0 1 1\n0\n", "t");
        Assert.Equal([false, true, true, false, false, false], Losses(LossSettings.FromTrace(trace), 6));
        LossTrace repeated = LossTraceReader.Parse("frames repeat\n011", "t");
        Assert.Equal([false, true, true, false, true, true, false], Losses(LossSettings.FromTrace(repeated), 7));
    }

    [Fact]
    public void Trace_of_times_loses_what_is_sent_in_them()
    {
        LossProcess once = LossProcess.Create(LossSettings.FromTrace(LossTraceReader.Parse("intervals\n1ms 2ms\n0.003 4ms\n", "t")))!;
        long[] times = [0, 999_999, 1_000_000, 1_999_999, 2_000_000, 3_500_000, 4_000_000, 11_500_000];
        Assert.Equal([false, false, true, true, false, true, false, false], times.Select(time => once.IsLost(time, 1, new NoRandomness())));

        LossTrace repeated = LossTraceReader.Parse("intervals repeat 5ms\n1ms 2ms\n3ms 4ms", "t");
        LossProcess again = LossProcess.Create(LossSettings.FromTrace(repeated))!;
        long[] later = [0, 1_000_000, 5_000_000, 6_500_000, 7_000_000, 8_100_000, 14_000_000];
        Assert.Equal(
            [false, true, false, true, false, true, false],
            later.Select(time => again.IsLost(time, 1, new NoRandomness())));
    }

    [Theory]
    [InlineData("", "t:1: the trace is empty")]
    [InlineData("# x\n\nloss\n1", "t:3: 'loss' is no kind of trace")]
    [InlineData("frames\n01\n012", "t:3: '2' is no frame")]
    [InlineData("frames\n", "t:2: the trace has no frames")]
    [InlineData("intervals\n1s", "t:2: '1s' is no interval")]
    [InlineData("intervals\n1s x", "t:2: 'x' is no time")]
    [InlineData("intervals\n-1s 2s", "t:2: '-1s' is no time")]
    [InlineData("intervals\n2s 2s", "t:2: the interval from 2000000000 ns to 2000000000 ns is empty")]
    [InlineData("intervals\n1s 2s\n1.5s 3s", "t:3: the interval begins at 1500000000 ns, before 2000000000 ns")]
    [InlineData("intervals repeat 2s\n1s 3s", "t:2: the interval ends at 3000000000 ns, after the period")]
    [InlineData("intervals repeat 0\n1s 3s", "t:1: '0' is no period")]
    [InlineData("intervals\n", "t:2: the trace has no intervals")]
    public void Trace_reader_names_file_line_and_reason(string text, string message)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => LossTraceReader.Parse(text, "t"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_reader_of_a_missing_file_says_so()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-directory-here", "trace.txt");
        ScenarioException error = Assert.Throws<ScenarioException>(() => LossTraceReader.Read(path));
        Assert.StartsWith(path + ": the loss trace cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5", 1_500_000_000L)]
    [InlineData("1.5ms", 1_500_000L)]
    [InlineData("0.000000001s", 1L)]
    [InlineData("2.0ns", 2L)]
    [InlineData(".25us", 250L)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    public void Duration_is_read_exactly(string text, long expected)
    {
        Assert.True(VirtualDuration.TryParse(text, out long ns));
        Assert.Equal(expected, ns);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("ms")]
    [InlineData("1.5ns")]
    [InlineData("1.0000000001")]
    [InlineData("9223372036.854775808")]
    [InlineData("1e3")]
    [InlineData("1..2")]
    [InlineData("999999999999999999999999999999")]
    public void Duration_that_is_none_is_refused(string text) => Assert.False(VirtualDuration.TryParse(text, out _));

    private static bool[] Losses(LossSettings settings, int frames)
    {
        LossProcess process = LossProcess.Create(settings)!;
        IRandomSource random = new RandomStreams(7).For("test.loss");
        return [.. Enumerable.Range(0, frames).Select(i => process.IsLost(i, 1000, random))];
    }

    private sealed class NoRandomness : IRandomSource
    {
        public ulong NextUInt64() => throw new InvalidOperationException("nothing should be drawn");
    }
}
