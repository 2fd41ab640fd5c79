using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Applications;

public sealed class DeadlineQueueTests
{
    [Fact]
    public void DeadlineQueue_gives_the_next_first_whatever_came_before()
    {
        var queue = new DeadlineQueue();
        var open = new List<Deadline>();
        uint state = 1;
        for (int i = 0; i < 5_000; i++)
        {
            state = (state * 1664525) + 1013904223;
            if (state >> 30 != 0 || open.Count == 0)
            {
                var deadline = new Deadline(i, 1, (i * 10) + (state >> 20 & 0xFF));
                queue.Add(deadline);
                open.Add(deadline);
                continue;
            }

            Assert.True(queue.TryPeek(out Deadline next));
            Assert.Equal(open.Min(deadline => deadline.DueNs), next.DueNs);
            Assert.True(open.Remove(next));
            queue.Remove();
        }
    }

    [Fact]
    public void DeadlineQueue_after_clearing_is_empty()
    {
        var queue = new DeadlineQueue();
        queue.Add(new Deadline(1, 1, 10));
        queue.Add(new Deadline(2, 1, 5));
        queue.Clear();
        Assert.False(queue.TryPeek(out _));
    }
}
