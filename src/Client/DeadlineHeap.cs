using Piccolo.Ndn;

namespace Piccolo.Client;

/// <summary>Items by deadline, each of which can be moved or removed in logarithmic time.</summary>
internal sealed class DeadlineHeap<TItem>
    where TItem : class, IDeadlineItem
{
    private readonly List<TItem> _items = [];

    internal int Count => _items.Count;

    internal Instant NextDeadline => _items.Count == 0 ? Instant.Never : _items[0].Deadline;

    /// <summary>Takes one item that is due, or null.</summary>
    internal TItem? TakeDue(Instant now)
    {
        if (_items.Count == 0 || _items[0].Deadline > now)
        {
            return null;
        }

        TItem item = _items[0];
        Remove(item);
        return item;
    }

    /// <summary>Puts an item in, or moves it to another deadline.</summary>
    internal void Set(TItem item, Instant deadline)
    {
        item.Deadline = deadline;
        if (item.HeapPlace == 0)
        {
            _items.Add(item);
            item.HeapPlace = _items.Count;
        }

        Settle(item.HeapPlace - 1);
    }

    /// <summary>Takes an item out; harmless when it is not in.</summary>
    internal void Remove(TItem item)
    {
        if (item.HeapPlace == 0)
        {
            return;
        }

        int place = item.HeapPlace - 1;
        TItem last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        item.HeapPlace = 0;
        if (!ReferenceEquals(last, item))
        {
            Put(last, place);
            Settle(place);
        }
    }

    internal void Clear()
    {
        foreach (TItem item in _items)
        {
            item.HeapPlace = 0;
        }

        _items.Clear();
    }

    private void Settle(int place)
    {
        int parent = (place - 1) / 2;
        while (place > 0 && IsBefore(_items[place], _items[parent]))
        {
            Swap(place, parent);
            place = parent;
            parent = (place - 1) / 2;
        }

        for (int child = Smaller(place); child > 0 && IsBefore(_items[child], _items[place]); child = Smaller(place))
        {
            Swap(child, place);
            place = child;
        }
    }

    /// <summary>The smaller child of a place, 0 without one.</summary>
    private int Smaller(int place)
    {
        int left = (2 * place) + 1;
        return left >= _items.Count ? 0
            : left + 1 < _items.Count && IsBefore(_items[left + 1], _items[left]) ? left + 1
            : left;
    }

    private void Swap(int left, int right)
    {
        TItem item = _items[left];
        Put(_items[right], left);
        Put(item, right);
    }

    private void Put(TItem item, int place)
    {
        _items[place] = item;
        item.HeapPlace = place + 1;
    }

    private static bool IsBefore(TItem left, TItem right) =>
        left.Deadline != right.Deadline ? left.Deadline < right.Deadline : left.Order < right.Order;
}
