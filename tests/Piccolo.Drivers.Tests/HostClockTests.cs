using Piccolo.Ndn;

namespace Piccolo.Drivers.Tests;

public sealed class HostClockTests
{
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(10_000_000)]
    [InlineData(3_579_545)]
    public void Clock_starts_at_zero_and_counts_nanoseconds_whatever_the_frequency(long frequency)
    {
        var time = new ManualTimeProvider(frequency);
        var clock = new HostClock(time);
        Assert.Equal(Instant.Zero, clock.Now);
        time.Advance(TimeSpan.FromDays(400));
        Assert.InRange((TimeSpan.FromDays(400) - (clock.Now - Instant.Zero)).TotalMicroseconds, -1, 1);
    }
}
