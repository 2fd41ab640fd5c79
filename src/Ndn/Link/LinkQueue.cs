namespace Piccolo.Ndn.Link;

/// <summary>A first-in-first-out ring that grows to its high-water mark and then allocates no more.</summary>
/// <remarks>Bound: the caller checks <see cref="Count"/> before it adds.</remarks>
internal sealed class LinkQueue<T>
{
    private T[] _items = [];
    private int _head;

    internal int Count { get; private set; }

    internal ref T Peek()
    {
        Invariant.Check(Count > 0, "peek at an empty queue");
        return ref _items[_head];
    }

    internal void Add(T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_head + Count) & (_items.Length - 1)] = item;
        Count++;
    }

    internal T Take()
    {
        Invariant.Check(Count > 0, "take from an empty queue");
        T item = _items[_head];
        _items[_head] = default!;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    private void Grow()
    {
        var larger = new T[Math.Max(8, _items.Length * 2)];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = _items[(_head + i) & (_items.Length - 1)];
        }

        _items = larger;
        _head = 0;
    }
}
