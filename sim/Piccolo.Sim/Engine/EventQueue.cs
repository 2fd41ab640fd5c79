using System.Runtime.CompilerServices;

namespace Piccolo.Sim.Engine;

/// <summary>The pending events of a partition, earliest first: a heap whose nodes have four children.</summary>
/// <remarks>
/// Ordered by time, then by the order number, which no two events share. Four children lie in two cache lines, so that a heap of a
/// million entries is half as deep as a binary one at nearly the same cost for each level; <c>bench/run sim queue</c> compares it.
/// Bound: memory; grows on demand, 24 bytes an entry.
/// </remarks>
internal sealed class EventQueue
{
    private Entry[] _entries = new Entry[64];

    /// <summary>How many events wait.</summary>
    public int Count { get; private set; }

    /// <summary>When the earliest is due; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextTimeNs => Count == 0 ? long.MaxValue : _entries[0].TimeNs;

    /// <summary>Adds an event.</summary>
    public void Push(long timeNs, ulong order, int slot)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        Entry[] entries = _entries;
        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            ref Entry above = ref entries[parent];
            if (!IsBefore(timeNs, order, above))
            {
                break;
            }

            entries[hole] = above;
            hole = parent;
        }

        entries[hole] = new Entry { TimeNs = timeNs, Order = order, Slot = slot };
    }

    /// <summary>Takes the earliest event.</summary>
    /// <returns>The slot of its record.</returns>
    public int Pop(out long timeNs)
    {
        Entry[] entries = _entries;
        int slot = entries[0].Slot;
        timeNs = entries[0].TimeNs;
        int count = --Count;
        if (count > 0)
        {
            SiftDown(entries, count, 0, entries[count]);
        }

        return slot;
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
            SiftDown(_entries, kept, i, _entries[i]);
        }
    }

    private static void SiftDown(Entry[] entries, int count, int hole, Entry moved)
    {
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
                if (IsBefore(entries[other].TimeNs, entries[other].Order, entries[best]))
                {
                    best = other;
                }
            }

            if (!IsBefore(entries[best].TimeNs, entries[best].Order, moved))
            {
                break;
            }

            entries[hole] = entries[best];
            hole = best;
        }

        entries[hole] = moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore(long timeNs, ulong order, in Entry other) =>
        timeNs < other.TimeNs || (timeNs == other.TimeNs && order < other.Order);

    private struct Entry
    {
        public long TimeNs;
        public ulong Order;
        public int Slot;
    }
}
