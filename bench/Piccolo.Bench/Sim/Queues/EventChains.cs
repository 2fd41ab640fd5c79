namespace Piccolo.Bench.Sim.Queues;

/// <summary>Nodes of singly linked lists in one array, with a free list: what buckets are made of.</summary>
internal sealed class EventChains
{
    /// <summary>The end of a list.</summary>
    public const int None = -1;

    private PendingEvent[] _items = new PendingEvent[16];
    private int[] _next = new int[16];
    private int _free = None;
    private int _used;

    /// <summary>The event of a node.</summary>
    public ref readonly PendingEvent this[int node] => ref _items[node];

    /// <summary>The node after a node.</summary>
    public int Next(int node) => _next[node];

    /// <summary>Hangs a node after another.</summary>
    public void Link(int node, int next) => _next[node] = next;

    /// <summary>Makes a node before another.</summary>
    public int Rent(in PendingEvent item, int next)
    {
        int node = _free;
        if (node != None)
        {
            _free = _next[node];
        }
        else
        {
            if (_used == _items.Length)
            {
                Array.Resize(ref _items, 2 * _used);
                Array.Resize(ref _next, 2 * _used);
            }

            node = _used++;
        }

        _items[node] = item;
        _next[node] = next;
        return node;
    }

    /// <summary>Gives a node back.</summary>
    /// <returns>The node that was after it.</returns>
    public int Return(int node)
    {
        int next = _next[node];
        _next[node] = _free;
        _free = node;
        return next;
    }
}
