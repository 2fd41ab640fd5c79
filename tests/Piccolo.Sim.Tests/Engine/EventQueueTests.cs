using FsCheck;
using FsCheck.Fluent;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Tests.Engine;

/// <summary>The kernel's event queue against a sorted list, step by step.</summary>
public class EventQueueTests
{
    private enum Step
    {
        Push,
        Pop,
        Burst,
        Cancel,
        Sweep,
        Drain,
    }

    [Fact]
    public void Queue_agrees_with_a_sorted_list_after_every_step()
    {
        Gen<(Step, long, int)> step =
            from kind in Gen.Frequency(
                (12, Gen.Constant(Step.Push)),
                (8, Gen.Constant(Step.Pop)),
                (2, Gen.Constant(Step.Burst)),
                (4, Gen.Constant(Step.Cancel)),
                (1, Gen.Constant(Step.Sweep)),
                (1, Gen.Constant(Step.Drain)))
            from ahead in Times()
            from size in Gen.Choose(1, 300)
            select (kind, ahead, size);
        Prop.ForAll(step.ArrayOf().ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(300));
    }

    [Fact]
    public void Queue_takes_a_lower_order_of_the_present_time_next()
    {
        var queue = new EventQueue();
        queue.Push(5, 100, 0);
        queue.Push(7, 1, 1);
        Assert.Equal(0, queue.Pop(out long nowNs));
        queue.Push(nowNs, 3, 2);
        queue.Push(nowNs, 2, 3);
        Assert.Equal(5, queue.NextTimeNs);
        Assert.Equal([3, 2, 1], [queue.Pop(out _), queue.Pop(out _), queue.Pop(out _)]);
        Assert.Equal(long.MaxValue, queue.NextTimeNs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Events_of_one_time_come_in_their_order_however_many(int count)
    {
        var queue = new EventQueue();
        for (int i = 0; i < count; i++)
        {
            queue.Push(1000, (ulong)(count - i), i);
        }

        for (int i = count - 1; i >= 0; i--)
        {
            Assert.Equal(i, queue.Pop(out _));
        }

        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Events_at_the_ends_of_time_come_in_order()
    {
        var queue = new EventQueue();
        long[] times = [.. Enumerable.Range(0, 500).Select(static i => i % 5 == 0 ? EventQueue.LastNs - (i / 100) : (long)i << (i % 53))];
        for (int i = 0; i < times.Length; i++)
        {
            queue.Push(times[i], (ulong)i, i);
        }

        foreach ((long timeNs, int slot) in times.Select(static (timeNs, slot) => (timeNs, slot)).Order())
        {
            Assert.Equal(timeNs, queue.NextTimeNs);
            Assert.Equal(slot, queue.Pop(out _));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public void Warm_queue_allocates_nothing(int pending)
    {
        var queue = new EventQueue();
        ulong order = 0;
        for (int i = 0; i < pending; i++)
        {
            queue.Push(Jump(order), order++, i);
        }

        Hold(queue, 20 * pending, ref order);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Hold(queue, 4 * pending, ref order);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Hold(EventQueue queue, int holds, ref ulong order)
    {
        for (int i = 0; i < holds; i++)
        {
            int slot = queue.Pop(out long timeNs);
            queue.Push(timeNs + Jump(order), order++, slot);
        }
    }

    private static long Jump(ulong order) => (long)((order * 0x9E3779B97F4A7C15) >> 44);

    private static Gen<long> Times() => Gen.Frequency(
        (3, Gen.Constant(0L)),
        (4, Gen.Choose(0, 3).Select(static value => (long)value)),
        (6, Gen.Choose(0, 2_000_000).Select(static value => (long)value)),
        (2, Gen.Choose(1_000_000_000, 2_000_000_000).Select(static value => (long)value)),
        (1, Gen.Choose(0, 1000).Select(static value => (long.MaxValue / 2) + value)));

    private static bool Agrees((Step Kind, long Ahead, int Size)[] steps)
    {
        var queue = new EventQueue();
        var model = new Model();
        foreach ((Step kind, long ahead, int size) in steps)
        {
            switch (kind)
            {
                case Step.Push:
                    model.Push(queue, ahead);
                    break;
                case Step.Burst:
                    for (int i = 0; i < size; i++)
                    {
                        model.Push(queue, ahead + (i % 7 * (ahead / 16)));
                    }

                    break;
                case Step.Cancel:
                    model.Cancel(size);
                    break;
                case Step.Sweep:
                    model.Sweep(queue);
                    break;
                default:
                    for (int i = kind == Step.Drain ? size : 1; i > 0; i--)
                    {
                        model.Pop(queue);
                    }

                    break;
            }

            model.Compare(queue);
        }

        model.Sweep(queue);
        model.Compare(queue);
        while (queue.Count > 0)
        {
            model.Pop(queue);
            model.Compare(queue);
        }

        return true;
    }

    /// <summary>The sorted list, with the kernel's way to number: slots used again, orders that are not those of pushing.</summary>
    private sealed class Model
    {
        private readonly SortedSet<(long TimeNs, ulong Order, int Slot)> _events = [];
        private readonly HashSet<int> _gone = [];
        private readonly Stack<int> _free = new();
        private int _slots;
        private long _nowNs;
        private ulong _count;

        public void Push(EventQueue queue, long ahead)
        {
            // Far jumps saturate, so that time does not run out.
            long timeNs = ahead > EventQueue.LastNs - _nowNs ? EventQueue.LastNs : _nowNs + ahead;
            ulong order = (_count * 0x9E3779B97F4A7C15 & 0xFFFF_0000_0000) | _count++;
            int slot = _free.TryPop(out int free) ? free : _slots++;
            queue.Push(timeNs, order, slot);
            _events.Add((timeNs, order, slot));
        }

        public void Pop(EventQueue queue)
        {
            if (_events.Count == 0)
            {
                return;
            }

            (long expectedNs, _, int expected) = _events.Min;
            _events.Remove(_events.Min);
            Assert.Equal(expected, queue.Pop(out long timeNs));
            Assert.Equal(expectedNs, timeNs);
            _nowNs = Math.Min(timeNs, long.MaxValue / 4);
            _gone.Remove(expected);
            _free.Push(expected);
        }

        /// <summary>Marks some events; they wait until they are due or swept.</summary>
        public void Cancel(int every)
        {
            foreach ((_, _, int slot) in _events)
            {
                if (slot % 3 == every % 3)
                {
                    _gone.Add(slot);
                }
            }
        }

        public void Sweep(EventQueue queue)
        {
            var asked = new HashSet<int>();
            queue.RemoveWhere(slot =>
            {
                Assert.True(asked.Add(slot), "a slot was asked about twice");
                return _gone.Contains(slot);
            });
            Assert.Equal(_events.Count, asked.Count);
            _events.RemoveWhere(item => _gone.Contains(item.Slot));
            foreach (int slot in _gone)
            {
                _free.Push(slot);
            }

            _gone.Clear();
        }

        public void Compare(EventQueue queue)
        {
            Assert.Equal(_events.Count, queue.Count);
            Assert.Equal(_events.Count == 0 ? long.MaxValue : _events.Min.TimeNs, queue.NextTimeNs);
        }
    }
}
