using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Tests.Tables;

public class TimerWheelTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void TimerWheel_agrees_with_a_sorted_list(ulong seed)
    {
        IRandomSource random = new XoshiroRandomSource(seed);
        const int Items = 200;
        var wheel = new TimerWheel(Items);
        var due = new long?[Items];
        long now = 0;
        long[] scales = [1, 300, 70_000, 20_000_000, 4_000_000_000];
        for (int step = 0; step < 6_000; step++)
        {
            int item = (int)random.NextBelow(Items);
            switch (random.NextBelow(4))
            {
                case 0:
                    wheel.Cancel(item);
                    due[item] = null;
                    break;
                case 1 or 2:
                    long at = now + random.NextBelow((uint)scales[random.NextBelow(5)]);
                    wheel.Arm(item, Instant.FromMilliseconds(at));
                    due[item] = at;
                    break;
                default:
                    now += random.NextBelow((uint)scales[random.NextBelow(4)]);
                    TakeAllDue(wheel, due, now);
                    break;
            }

            Assert.Equal(due.Count(d => d is not null), wheel.Count);
            long? earliest = due.Min();
            Assert.Equal(earliest is null, wheel.NextTimeout == Instant.Never);
            if (earliest is long first)
            {
                Assert.True(wheel.NextTimeout <= Instant.FromMilliseconds(first));
            }
        }
    }

    [Fact]
    public void TimerWheel_next_timeout_leads_to_every_item_in_few_steps()
    {
        var wheel = new TimerWheel(1);
        wheel.Arm(0, Instant.FromMilliseconds(3_600_123));
        int steps = 0;
        Instant now = Instant.Zero;
        while (wheel.TakeDue(now) < 0)
        {
            Assert.True(wheel.NextTimeout > now);
            now = wheel.NextTimeout;
            steps++;
        }

        Assert.Equal(Instant.FromMilliseconds(3_600_123), now);
        Assert.InRange(steps, 1, 4);
    }

    [Fact]
    public void TimerWheel_fraction_of_a_tick_is_rounded_up()
    {
        var wheel = new TimerWheel(1);
        wheel.Arm(0, new Instant(1_500_000));

        Assert.Equal(-1, wheel.TakeDue(new Instant(1_999_999)));
        Assert.Equal(0, wheel.TakeDue(new Instant(2_000_000)));
    }

    private static void TakeAllDue(TimerWheel wheel, long?[] due, long now)
    {
        long last = long.MinValue;
        for (int item = wheel.TakeDue(Instant.FromMilliseconds(now)); item >= 0;
            item = wheel.TakeDue(Instant.FromMilliseconds(now)))
        {
            Assert.True(due[item] <= now, "early");
            Assert.True(due[item] >= last, "out of order");
            last = due[item]!.Value;
            due[item] = null;
        }

        Assert.DoesNotContain(due, d => d <= now);
    }
}
