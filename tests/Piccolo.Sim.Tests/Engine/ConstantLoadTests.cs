using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Engine;

/// <summary>A run under constant load costs as much at its end as at its beginning: no timer and no event is left behind.</summary>
public class ConstantLoadTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Events_of_a_second_and_events_that_wait_stay_as_many(bool isAnswered)
    {
        const int Tenth = 200;
        using SimNetwork network = Make(4, new LinkSettings { DelayNs = 10 * Millisecond });
        RouteToLast(network, "/p");
        if (isAnswered)
        {
            network.Nodes[3].Add(() => new Producer(new ProducerSettings { Prefix = Name.Parse("/p") }));
        }

        network.Nodes[0].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Name.Parse("/p"),
            Gap = Distribution.Constant(100 * Millisecond),
            RetransmissionsMax = 1,
        }));
        long pendingMax = 0;
        network.Every(Second, () => pendingMax = Math.Max(pendingMax, network.PendingEventCount));
        long[] events = new long[10];
        for (int i = 0; i < events.Length; i++)
        {
            long before = network.EventCount;
            network.RunUntil((i + 1L) * Tenth * Second);
            events[i] = network.EventCount - before;
        }

        // At least the sending and the three hops of each Interest.
        Assert.True(events[1] >= Tenth * 10 * 4, $"{events[1]} events are too few");
        Assert.True(
            Math.Abs(events[9] - events[1]) * 1000 <= events[1], $"events of each tenth: {string.Join(' ', events)}");

        // One wake-up a node, one timer an application, the frames on their way.
        Assert.InRange(pendingMax, 1, 12);
    }
}
