using Piccolo.Bench.Sim.Queues;
using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Tests.Engine;

/// <summary>Every event queue of the benchmark against a sorted list.</summary>
public class PendingEventsTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string queue in new[] { "binary", "quaternary", "calendar", "kernel" })
        {
            foreach (string shape in new[] { "dense", "sparse", "ties", "bimodal", "now" })
            {
                cases.Add(queue, shape);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Queue_takes_events_in_the_order_of_a_sorted_list(string queue, string shape)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            Compare(Make(queue), shape, seed);
        }
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("quaternary")]
    [InlineData("calendar")]
    [InlineData("kernel")]
    public void Empty_queue_gives_nothing_and_can_be_filled_again(string queue)
    {
        IPendingEvents events = Make(queue);
        for (int round = 0; round < 3; round++)
        {
            Assert.False(events.TryTake(out _));
            events.Add(new PendingEvent(round * 1_000_000_000_000L, 1, round));
            Assert.Equal(1, events.Count);
            Assert.True(events.TryTake(out PendingEvent item));
            Assert.Equal(round, item.Slot);
        }
    }

    private static void Compare(IPendingEvents events, string shape, ulong seed)
    {
        IRandomSource random = new RandomStreams(seed).For("test.events");
        var expected = new SortedSet<PendingEvent>();
        long now = 0;
        ulong order = 0;
        for (int phase = 0; phase < 8; phase++)
        {
            // Phases grow and shrink the queue by turns, and the last ones empty it.
            int steps = 1500 + (int)random.NextBelow(1500);
            uint growth = phase >= 6 ? 0 : phase % 2 == 0 ? 8u : 3u;
            for (int step = 0; step < steps || (phase >= 6 && expected.Count > 0); step++)
            {
                if (random.NextBelow(10) < growth)
                {
                    // Orders are not those of adding: the kernel's come from the nodes.
                    var item = new PendingEvent(now + Increment(shape, random), (random.NextUInt64() & ~0xFFFFFUL) + order++, (int)order);
                    events.Add(item);
                    expected.Add(item);
                }
                else if (events.TryTake(out PendingEvent taken))
                {
                    Assert.Equal(expected.Min, taken);
                    expected.Remove(taken);
                    now = taken.TimeNs;
                }
                else
                {
                    Assert.Empty(expected);
                }

                Assert.Equal(expected.Count, events.Count);
            }
        }
    }

    private static long Increment(string shape, IRandomSource random) => shape switch
    {
        "dense" => random.NextBelow(1000),
        "sparse" => (long)(random.NextUInt64() >> 20),
        "ties" => random.NextBelow(3) * 10L,
        "bimodal" => random.NextBelow(10) == 0 ? 1_000_000_000L + random.NextBelow(1000) : random.NextBelow(1000),
        _ => random.NextBelow(100) == 0 ? 1_000_000 : 0,
    };

    private static IPendingEvents Make(string queue) => queue switch
    {
        "binary" => new BinaryHeap(),
        "quaternary" => new QuaternaryHeap(),
        "calendar" => new CalendarQueue(),
        _ => new KernelQueue(),
    };
}
