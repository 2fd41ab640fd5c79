namespace Piccolo.Bench.Sim.Queues;

/// <summary>The textbook's heap in an array, with a hole moved instead of swaps.</summary>
internal sealed class BinaryHeap : IPendingEvents
{
    private PendingEvent[] _items = new PendingEvent[16];

    public int Count { get; private set; }

    public void Add(PendingEvent item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * Count);
        }

        PendingEvent[] items = _items;
        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 1;
            if (!item.IsBefore(items[parent]))
            {
                break;
            }

            items[hole] = items[parent];
            hole = parent;
        }

        items[hole] = item;
    }

    public bool TryTake(out PendingEvent item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        PendingEvent[] items = _items;
        item = items[0];
        PendingEvent last = items[--Count];
        int hole = 0;
        for (int child = 1; child < Count; child = (2 * hole) + 1)
        {
            if (child + 1 < Count && items[child + 1].IsBefore(items[child]))
            {
                child++;
            }

            if (!items[child].IsBefore(last))
            {
                break;
            }

            items[hole] = items[child];
            hole = child;
        }

        items[hole] = last;
        return true;
    }
}
