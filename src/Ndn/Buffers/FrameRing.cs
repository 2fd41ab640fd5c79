using System.Numerics;

namespace Piccolo.Ndn.Buffers;

/// <summary>A bounded queue of idle frames that any number of threads may fill and empty.</summary>
/// <remarks>
/// Each slot carries a turn number. A slot is free for the writer whose position equals the turn, and full for the reader whose
/// position is one less; a thread claims a position by one compare-and-swap, works on its slot alone, and hands it over by
/// setting the turn. So a renter and a returner meet only when the ring is nearly empty or nearly full.
/// Never allocates after construction.
/// Source: Dmitry Vyukov, "Bounded MPMC queue".
/// </remarks>
internal sealed class FrameRing
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly int _limit;
    private PaddedCounter _head;
    private PaddedCounter _tail;

    internal FrameRing(int limit)
    {
        _limit = limit;
        _slots = new Slot[Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)limit))];
        _mask = _slots.Length - 1;
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i].Turn = i;
        }
    }

    /// <summary>Puts a frame in; false when the ring is full.</summary>
    internal bool TryAdd(FrameLease lease)
    {
        while (true)
        {
            long tail = Volatile.Read(ref _tail.Value);
            ref Slot slot = ref _slots[(int)tail & _mask];
            long lead = Volatile.Read(ref slot.Turn) - tail;
            if (lead < 0 || tail - Volatile.Read(ref _head.Value) >= _limit)
            {
                return false;
            }

            if (lead == 0 && Interlocked.CompareExchange(ref _tail.Value, tail + 1, tail) == tail)
            {
                slot.Lease = lease;
                Volatile.Write(ref slot.Turn, tail + 1);
                return true;
            }
        }
    }

    /// <summary>Takes a frame out; null when the ring is empty.</summary>
    internal FrameLease? TryTake()
    {
        while (true)
        {
            long head = Volatile.Read(ref _head.Value);
            ref Slot slot = ref _slots[(int)head & _mask];
            long lead = Volatile.Read(ref slot.Turn) - (head + 1);
            if (lead < 0)
            {
                return null;
            }

            if (lead == 0 && Interlocked.CompareExchange(ref _head.Value, head + 1, head) == head)
            {
                FrameLease? lease = slot.Lease;
                slot.Lease = null;
                Volatile.Write(ref slot.Turn, head + _slots.Length);
                return lease;
            }
        }
    }

    private struct Slot
    {
        internal long Turn;
        internal FrameLease? Lease;
    }
}
