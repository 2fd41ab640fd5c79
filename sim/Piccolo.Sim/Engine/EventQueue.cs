namespace Piccolo.Sim.Engine;

/// <summary>The pending events of a partition, earliest first: a heap while few, the head of a ladder when many.</summary>
/// <remarks>
/// <para>Ordered by time, then by the order number. Far events lie in one unsorted list, nearer ones in the buckets of ever finer rungs,
/// and the few that come next in a heap: most events are put into a list twice and sorted among a handful, however many wait.
/// <c>bench/run sim queue</c> compares it.</para>
/// <para>An event that comes earlier than all rungs goes into the heap, so that any time may be pushed, one that passed included. When the
/// heap grows too long it becomes the finest rung.</para>
/// <para>Bound: memory; 24 bytes for each event in the heap or far away, 36 to 40 for one in a rung. Allocates nothing once it has had as
/// many events as it will have.</para>
/// <para>Source: Tang, Goh and Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete event simulation", 2005,
/// with a heap for its sorted bottom list, so that a thousand events of one time are no worse than any other thousand.</para>
/// </remarks>
internal sealed class EventQueue
{
    /// <summary>The end of a list of nodes.</summary>
    public const int None = -1;

    /// <summary>The latest time that an event can have; what is given as later is taken as this.</summary>
    public const long LastNs = long.MaxValue - 1;

    private const int HeapMax = 64;
    private const int RungsMax = 8;

    private readonly EventHeap _heap = new();
    private readonly EventRung[] _rungs = new EventRung[RungsMax];
    private Node[] _nodes = new Node[64];
    private int _nodeCount;
    private int _freeNode = None;
    private int _rungCount;
    private int _heapMax = HeapMax;
    private EventEntry[] _top = new EventEntry[64];
    private int _topCount;
    private long _topStartNs = long.MaxValue;
    private long _topFirstNs = long.MaxValue;
    private long _topLastNs = long.MinValue;

    /// <summary>How many events wait.</summary>
    public int Count { get; private set; }

    /// <summary>When the earliest is due; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextTimeNs { get; private set; } = long.MaxValue;

    /// <summary>The record of the earliest; only when there is one.</summary>
    public int NextSlot => _heap.First.Slot;

    /// <summary>Adds an event.</summary>
    /// <param name="timeNs">When it is due; may be earlier than what was taken already.</param>
    /// <param name="order">Its place among those of one time; given to no other event.</param>
    /// <param name="slot">Its record's number, not below 0; given to no other event that waits.</param>
    public void Push(long timeNs, ulong order, int slot)
    {
        timeNs = Math.Min(timeNs, LastNs);
        if (Count++ == 0)
        {
            // Nothing is to be kept apart from anything, so that it is a plain heap again.
            _rungCount = 0;
            _topStartNs = long.MaxValue;
            _heapMax = HeapMax;
        }

        var added = new EventEntry { TimeNs = timeNs, Order = order, Slot = slot };
        if (timeNs >= _topStartNs)
        {
            AddToTop(added);
        }
        else
        {
            AddBelowTop(added);
        }

        NextTimeNs = Math.Min(NextTimeNs, timeNs);
    }

    /// <summary>Takes the earliest event; only when there is one.</summary>
    /// <returns>The slot of its record.</returns>
    public int Pop(out long timeNs)
    {
        ref readonly EventEntry first = ref _heap.First;
        int slot = first.Slot;
        timeNs = first.TimeNs;
        Count--;
        _heap.RemoveFirst();
        FindNext();
        return slot;
    }

    /// <summary>Throws out the events whose record says so.</summary>
    /// <param name="isGone">Asked once about every slot that waits.</param>
    public void RemoveWhere(Func<int, bool> isGone)
    {
        _heap.RemoveWhere(isGone);
        Count = _heap.Count;
        for (int i = 0; i < _rungCount; i++)
        {
            EventRung rung = _rungs[i];
            int before = rung.Count;
            foreach (ref int head in rung.Heads)
            {
                if (head != None)
                {
                    rung.Subtract(Prune(ref head, isGone));
                }
            }

            Count += rung.Count;
        }

        int kept = 0;
        for (int i = 0; i < _topCount; i++)
        {
            if (!isGone(_top[i].Slot))
            {
                _top[kept++] = _top[i];
            }
        }

        _topCount = kept;
        Count += kept;
        FindNext();
    }

    private void AddToTop(in EventEntry added)
    {
        if (_topCount == _top.Length)
        {
            Array.Resize(ref _top, 2 * _topCount);
        }

        _top[_topCount++] = added;
        _topFirstNs = Math.Min(_topFirstNs, added.TimeNs);
        _topLastNs = Math.Max(_topLastNs, added.TimeNs);
    }

    private void AddBelowTop(in EventEntry added)
    {
        for (int i = 0; i < _rungCount; i++)
        {
            EventRung rung = _rungs[i];
            if (added.TimeNs >= rung.CurrentNs)
            {
                Keep(rung, added);
                return;
            }
        }

        _heap.Push(added);
        if (_heap.Count > _heapMax)
        {
            SpreadHeap();
        }
    }

    private void Keep(EventRung rung, in EventEntry entry)
    {
        int node = _freeNode;
        if (node != None)
        {
            _freeNode = _nodes[node].Next;
        }
        else
        {
            node = _nodeCount++;
            if (node == _nodes.Length)
            {
                Array.Resize(ref _nodes, 2 * node);
            }
        }

        _nodes[node].Entry = entry;
        Link(rung, node);
    }

    private void Link(EventRung rung, int node)
    {
        ref int head = ref rung.HeadFor(_nodes[node].Entry.TimeNs);
        _nodes[node].Next = head;
        head = node;
    }

    /// <summary>Gives a node back.</summary>
    /// <returns>The node after it.</returns>
    private int Free(int node)
    {
        ref Node freed = ref _nodes[node];
        int next = freed.Next;
        freed.Next = _freeNode;
        _freeNode = node;
        return next;
    }

    private void FindNext()
    {
        if (_heap.Count == 0 && Count > 0)
        {
            Refill();
        }

        NextTimeNs = Count == 0 ? long.MaxValue : _heap.First.TimeNs;
    }

    /// <summary>Fills the empty heap with the earliest of the events in rungs and top; there is one.</summary>
    private void Refill()
    {
        _heapMax = HeapMax;
        while (_heap.Count == 0)
        {
            if (_rungCount == 0)
            {
                EmptyTop();
                continue;
            }

            EventRung finest = _rungs[_rungCount - 1];
            if (finest.Count == 0)
            {
                _rungCount--;
                continue;
            }

            EmptyBucket(finest);
        }
    }

    /// <summary>Turns the far events into the first rung, or into the heap when they are few or all of one time.</summary>
    private void EmptyTop()
    {
        ReadOnlySpan<EventEntry> top = _top.AsSpan(0, _topCount);
        if (CanDivide(top.Length, _topFirstNs, _topLastNs))
        {
            Fill(AddRung(), top, _topFirstNs, _topLastNs);
        }
        else
        {
            foreach (ref readonly EventEntry entry in top)
            {
                _heap.Push(entry);
            }

            _heapMax = Math.Max(HeapMax, 2 * top.Length);
        }

        _topStartNs = _topLastNs + 1;
        _topCount = 0;
        _topFirstNs = long.MaxValue;
        _topLastNs = long.MinValue;
    }

    /// <summary>Turns the next bucket into a rung finer than all others, or into the heap when it has few events or one time.</summary>
    private void EmptyBucket(EventRung rung)
    {
        int head = rung.TakeBucket(out long firstNs, out long lastNs);
        int count = 0;
        for (int node = head; node != None; node = _nodes[node].Next)
        {
            count++;
        }

        rung.Subtract(count);
        if (CanDivide(count, firstNs, lastNs))
        {
            EventRung finer = AddRung();
            finer.Start(firstNs, lastNs, count);
            for (int node = head; node != None;)
            {
                int next = _nodes[node].Next;
                Link(finer, node);
                node = next;
            }

            return;
        }

        for (int node = head; node != None; node = Free(node))
        {
            _heap.Push(_nodes[node].Entry);
        }

        _heapMax = Math.Max(HeapMax, 2 * count);
    }

    private bool CanDivide(int count, long firstNs, long lastNs) => count > HeapMax && firstNs < lastNs && _rungCount < RungsMax;

    private void Fill(EventRung rung, ReadOnlySpan<EventEntry> entries, long firstNs, long lastNs)
    {
        rung.Start(firstNs, lastNs, entries.Length);
        foreach (ref readonly EventEntry entry in entries)
        {
            Keep(rung, entry);
        }
    }

    /// <summary>Turns a heap that grew too long into the finest rung, unless all its events are of one time.</summary>
    private void SpreadHeap()
    {
        long firstNs = _heap.First.TimeNs;
        long lastNs = long.MinValue;
        foreach (ref readonly EventEntry entry in _heap.Entries)
        {
            lastNs = Math.Max(lastNs, entry.TimeNs);
        }

        if (_rungCount == RungsMax || firstNs == lastNs)
        {
            _heapMax = 2 * _heap.Count;
            return;
        }

        // What is later than the heap's last event but earlier than all else has to have a place, too.
        if (_rungCount > 0)
        {
            lastNs = _rungs[_rungCount - 1].CurrentNs - 1;
        }
        else if (_topStartNs == long.MaxValue)
        {
            _topStartNs = lastNs + 1;
        }
        else
        {
            lastNs = _topStartNs - 1;
        }

        Fill(AddRung(), _heap.Entries, firstNs, lastNs);
        _heap.Clear();
        Refill();
    }

    private EventRung AddRung() => _rungs[_rungCount++] ??= new EventRung();

    /// <summary>Unlinks the nodes that are gone.</summary>
    /// <returns>How many they were.</returns>
    private int Prune(ref int head, Func<int, bool> isGone)
    {
        int count = 0;
        ref int link = ref head;
        while (link != None)
        {
            if (isGone(_nodes[link].Entry.Slot))
            {
                link = Free(link);
                count++;
            }
            else
            {
                link = ref _nodes[link].Next;
            }
        }

        return count;
    }

    private struct Node
    {
        public EventEntry Entry;
        public int Next;
    }
}
