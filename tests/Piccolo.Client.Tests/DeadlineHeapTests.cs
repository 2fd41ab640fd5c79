using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn;

namespace Piccolo.Client.Tests;

public sealed class DeadlineHeapTests
{
    [Fact]
    public void DeadlineHeap_behaves_like_a_sorted_list() =>
        Prop.ForAll<(int Item, int Deadline, bool IsRemoval)[]>(steps =>
        {
            var heap = new DeadlineHeap<Item>();
            Item[] items = [.. Enumerable.Range(0, 16).Select(i => new Item((ulong)i))];
            SortedSet<(long Deadline, ulong Order)> model = [];
            foreach ((int index, int deadline, bool isRemoval) in steps)
            {
                Item item = items[(uint)index % 16];
                model.Remove((item.Deadline.Nanoseconds, item.Order));
                if (isRemoval)
                {
                    heap.Remove(item);
                }
                else
                {
                    heap.Set(item, new Instant(deadline));
                    model.Add((deadline, item.Order));
                }

                Assert.Equal(model.Count, heap.Count);
                Assert.Equal(model.Count == 0 ? Instant.Never : new Instant(model.Min.Deadline), heap.NextDeadline);
            }

            foreach ((long deadline, ulong order) in model)
            {
                Item? due = heap.TakeDue(new Instant(long.MaxValue - 1));
                Assert.Equal((deadline, order), (due!.Deadline.Nanoseconds, due.Order));
            }

            Assert.Null(heap.TakeDue(new Instant(long.MaxValue - 1)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(2718281, 8284591));

    private sealed class Item(ulong order) : IDeadlineItem
    {
        public Instant Deadline { get; set; }

        public ulong Order { get; } = order;

        public int HeapPlace { get; set; }
    }
}
