using Piccolo.Client.Congestion;
using Piccolo.Ndn;

namespace Piccolo.Client.Tests.Congestion;

public sealed class CongestionWindowTests
{
    [Fact]
    public void AimdWindow_doubles_in_slow_start_then_adds_one_each_round()
    {
        var window = new AimdWindow(new CongestionWindowOptions { Initial = 4 });
        Answer(window, 4, Instant.Zero);
        Assert.Equal(8, window.Segments);
        window.HandleCongestion();
        Assert.Equal(4, window.Segments);
        Answer(window, 4, Instant.Zero);
        Assert.InRange(window.Segments, 4, 5);
        Answer(window, 1, Instant.Zero);
        Assert.Equal(5, window.Segments);
    }

    [Theory]
    [InlineData(CongestionAlgorithm.Aimd)]
    [InlineData(CongestionAlgorithm.Cubic)]
    public void CongestionWindow_stays_within_its_limits(CongestionAlgorithm algorithm)
    {
        var options = new CongestionWindowOptions { Algorithm = algorithm, Initial = 4, Min = 2, Max = 20 };
        ICongestionWindow window = options.Create();
        Answer(window, 500, Instant.Zero);
        Assert.Equal(20, window.Segments);
        for (int i = 0; i < 50; i++)
        {
            window.HandleCongestion();
        }

        Assert.Equal(2, window.Segments);
        Answer(window, 100_000, Instant.FromMilliseconds(long.MaxValue / 2_000_000));
        Assert.InRange(window.Segments, 2, 20);
    }

    [Fact]
    public void CubicWindow_is_back_at_its_peak_when_the_formula_says()
    {
        // Peak 100, reduced to 70: K = cbrt(30 / 0.4) = 4.217 s.
        var window = new CubicWindow(new CongestionWindowOptions { Initial = 100 });
        window.HandleCongestion();
        Assert.Equal(70, window.Segments);
        int segmentsAt2S = 0;
        int segmentsAt4S = 0;
        for (long ms = 0; ms <= 8000; ms += 100)
        {
            Answer(window, window.Segments, Instant.FromMilliseconds(ms));
            segmentsAt2S = ms == 2000 ? window.Segments : segmentsAt2S;
            segmentsAt4S = ms == 4200 ? window.Segments : segmentsAt4S;
        }

        Assert.InRange(segmentsAt2S, 94, 97);
        Assert.InRange(segmentsAt4S, 99, 101);
        Assert.True(window.Segments > 110, $"{window.Segments} segments after the plateau");
    }

    [Fact]
    public void CubicWindow_makes_room_when_it_shrinks_below_its_last_peak()
    {
        var window = new CubicWindow(new CongestionWindowOptions { Initial = 100 });
        window.HandleCongestion();
        window.HandleCongestion();
        Assert.Equal(49, window.Segments);
        for (long ms = 0; ms <= 3000; ms += 500)
        {
            Answer(window, window.Segments, Instant.FromMilliseconds(ms), rttMs: 500);
        }

        // The plateau is at 70 * 0.85 = 59.5, not at 70. The round trip is long, so that the cubic function decides.
        Assert.InRange(window.Segments, 57, 62);
    }

    [Fact]
    public void CongestionWindow_refuses_limits_that_make_no_range() =>
        Assert.Throws<ArgumentException>(() => new CongestionWindowOptions { Min = 9, Initial = 8 }.Create());

    private static void Answer(ICongestionWindow window, int times, Instant now, long rttMs = 100)
    {
        for (int i = 0; i < times; i++)
        {
            window.HandleAnswer(now, TimeSpan.FromMilliseconds(rttMs));
        }
    }
}
