using Piccolo.Client.Congestion;

namespace Piccolo.Client.Tests.Congestion;

public sealed class RttEstimatorTests
{
    private static readonly RttOptions Options = new();

    [Fact]
    public void RttEstimator_before_any_sample_waits_a_second()
    {
        var rtt = new RttEstimator(Options);
        Assert.False(rtt.HasSample);
        Assert.Equal(TimeSpan.FromSeconds(1), rtt.RetransmissionTimeout);
    }

    [Fact]
    public void RttEstimator_follows_values_computed_by_hand()
    {
        // 400 ms: SRTT 400, RTTVAR 200, RTO 1200.
        // 800 ms: RTTVAR 3/4*200 + 1/4*400 = 250, SRTT 7/8*400 + 1/8*800 = 450, RTO 1450.
        // 450 ms: RTTVAR 3/4*250 = 187.5, SRTT 450, RTO 1200.
        var rtt = new RttEstimator(Options);
        rtt.AddSample(TimeSpan.FromMilliseconds(400));
        Assert.Equal(TimeSpan.FromMilliseconds(400), rtt.SmoothedRtt);
        Assert.Equal(TimeSpan.FromMilliseconds(200), rtt.Variation);
        Assert.Equal(TimeSpan.FromMilliseconds(1200), rtt.RetransmissionTimeout);
        rtt.AddSample(TimeSpan.FromMilliseconds(800));
        Assert.Equal(TimeSpan.FromMilliseconds(450), rtt.SmoothedRtt);
        Assert.Equal(TimeSpan.FromMilliseconds(250), rtt.Variation);
        Assert.Equal(TimeSpan.FromMilliseconds(1450), rtt.RetransmissionTimeout);
        rtt.AddSample(TimeSpan.FromMilliseconds(450));
        Assert.Equal(TimeSpan.FromMilliseconds(187.5), rtt.Variation);
        Assert.Equal(TimeSpan.FromMilliseconds(1200), rtt.RetransmissionTimeout);
    }

    [Fact]
    public void RttEstimator_of_constant_round_trips_waits_longer_than_one()
    {
        var rtt = new RttEstimator(Options);
        for (int i = 0; i < 200; i++)
        {
            rtt.AddSample(TimeSpan.FromMilliseconds(300));
        }

        Assert.InRange(rtt.RetransmissionTimeout, TimeSpan.FromMilliseconds(309.99), TimeSpan.FromMilliseconds(310));
    }

    [Fact]
    public void RttEstimator_keeps_time_outs_within_their_limits()
    {
        var rtt = new RttEstimator(Options with { DoublingsMax = 100 });
        rtt.AddSample(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(200), rtt.RetransmissionTimeout);
        for (int i = 0; i < 100; i++)
        {
            rtt.BackOff();
        }

        Assert.Equal(TimeSpan.FromSeconds(60), rtt.RetransmissionTimeout);
        rtt.AddSample(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.FromSeconds(60), rtt.RetransmissionTimeout);
        rtt.AddSample(TimeSpan.MinValue);
        Assert.InRange(rtt.RetransmissionTimeout, Options.TimeoutMin, Options.TimeoutMax);
    }

    [Fact]
    public void RttEstimator_doubles_until_the_next_sample()
    {
        var rtt = new RttEstimator(Options);
        rtt.AddSample(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(300), rtt.RetransmissionTimeout);
        rtt.BackOff();
        rtt.BackOff();
        Assert.Equal(TimeSpan.FromMilliseconds(1200), rtt.RetransmissionTimeout);
        rtt.AddSample(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(250), rtt.RetransmissionTimeout);
    }

    [Fact]
    public void RttEstimator_stops_doubling_and_a_sample_undoes_it()
    {
        var rtt = new RttEstimator(Options with { DoublingsMax = 3 });
        rtt.AddSample(TimeSpan.FromMilliseconds(100));
        for (int i = 0; i < 20; i++)
        {
            rtt.BackOff();
        }

        Assert.Equal(TimeSpan.FromMilliseconds(2400), rtt.RetransmissionTimeout);
        rtt.AddSample(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(250), rtt.RetransmissionTimeout);
    }

    [Fact]
    public void RttEstimator_refuses_limits_that_make_no_range() =>
        Assert.Throws<ArgumentException>(() => new RttEstimator(Options with { TimeoutMin = TimeSpan.FromMinutes(2) }));
}
