namespace Piccolo.Bench.Sim.Queues;

/// <summary>A heap with four children a node: half as deep, and the children lie side by side in memory.</summary>
internal sealed class QuaternaryHeap : IPendingEvents
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
            int parent = (hole - 1) >> 2;
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
        for (int first = 1; first < Count; first = (4 * hole) + 1)
        {
            int least = first;
            int end = Math.Min(first + 4, Count);
            for (int child = first + 1; child < end; child++)
            {
                if (items[child].IsBefore(items[least]))
                {
                    least = child;
                }
            }

            if (!items[least].IsBefore(last))
            {
                break;
            }

            items[hole] = items[least];
            hole = least;
        }

        items[hole] = last;
        return true;
    }
}
