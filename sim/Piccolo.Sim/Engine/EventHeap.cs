namespace Piccolo.Sim.Engine;

/// <summary>Events in a heap whose nodes have four children, earliest first: what a short queue is, and the head of a long one.</summary>
/// <remarks>
/// Four children lie in two cache lines, so that the heap is half as deep as a binary one;
/// <c>bench/run sim queue</c> finds the two about equal.
/// Bound: memory; grows on demand, 24 bytes an entry.
/// </remarks>
internal sealed class EventHeap
{
    private EventEntry[] _entries = new EventEntry[64];

    /// <summary>How many events are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest; only when there is one.</summary>
    public ref readonly EventEntry First => ref _entries[0];

    /// <summary>All of them, in no order that matters.</summary>
    public ReadOnlySpan<EventEntry> Entries => _entries.AsSpan(0, Count);

    /// <summary>Adds an event.</summary>
    public void Push(in EventEntry added)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        EventEntry[] entries = _entries;
        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            ref EventEntry above = ref entries[parent];
            if (!added.IsBefore(above))
            {
                break;
            }

            entries[hole] = above;
            hole = parent;
        }

        entries[hole] = added;
    }

    /// <summary>Takes the earliest away; only when there is one.</summary>
    public void RemoveFirst()
    {
        int count = --Count;
        if (count > 0)
        {
            SiftDown(count, 0, _entries[count]);
        }
    }

    /// <summary>Throws out the entries whose record says so.</summary>
    public void RemoveWhere(Func<int, bool> isGone)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!isGone(_entries[i].Slot))
            {
                _entries[kept++] = _entries[i];
            }
        }

        Count = kept;
        for (int i = (kept - 2) >> 2; kept > 1 && i >= 0; i--)
        {
            SiftDown(kept, i, _entries[i]);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    private void SiftDown(int count, int hole, EventEntry moved)
    {
        EventEntry[] entries = _entries;
        while (true)
        {
            int child = (hole << 2) + 1;
            if (child >= count)
            {
                break;
            }

            int best = child;
            int end = Math.Min(child + 4, count);
            for (int other = child + 1; other < end; other++)
            {
                if (entries[other].IsBefore(entries[best]))
                {
                    best = other;
                }
            }

            if (!entries[best].IsBefore(moved))
            {
                break;
            }

            entries[hole] = entries[best];
            hole = best;
        }

        entries[hole] = moved;
    }
}
