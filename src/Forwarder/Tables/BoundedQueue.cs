namespace Piccolo.Forwarder.Tables;

/// <summary>A first-in first-out queue that grows to a limit and then says no.</summary>
internal sealed class BoundedQueue<T>
{
    private readonly int _countMax;
    private T[] _items;
    private int _head;

    /// <param name="countMax">The most items.</param>
    public BoundedQueue(int countMax)
    {
        _countMax = Math.Max(countMax, 1);
        _items = [];
    }

    /// <summary>Items held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item at the end.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryEnqueue(in T item)
    {
        if (Count == _items.Length)
        {
            if (Count == _countMax)
            {
                return false;
            }

            Grow();
        }

        int tail = _head + Count;
        _items[tail < _items.Length ? tail : tail - _items.Length] = item;
        Count++;
        return true;
    }

    /// <summary>Takes the item at the front.</summary>
    /// <returns>False when the queue is empty.</returns>
    public bool TryDequeue(out T item)
    {
        if (Count == 0)
        {
            item = default!;
            return false;
        }

        item = _items[_head];
        _items[_head] = default!;
        _head = _head + 1 == _items.Length ? 0 : _head + 1;
        Count--;
        return true;
    }

    private void Grow()
    {
        var items = new T[(int)Math.Min(Math.Max(4, (long)_items.Length * 2), _countMax)];
        int first = Math.Min(Count, _items.Length - _head);
        Array.Copy(_items, _head, items, 0, first);
        Array.Copy(_items, 0, items, first, Count - first);
        _items = items;
        _head = 0;
    }
}
