using System.Numerics;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Tables;

/// <summary>Remembers when numbered items are due; arming, cancelling and taking one due item cost O(1).</summary>
/// <remarks>
/// Three wheels of 256 slots with ticks of 1 ms, 256 ms and 65.5 s; what is due later waits in the last slot and is placed
/// again. An item is due at the first tick not before its instant, so it may fire up to 1 ms late, never early.
/// Bound: item numbers below the capacity given to <see cref="EnsureCapacity"/>; each item is armed at most once.
/// </remarks>
internal sealed class TimerWheel
{
    private const int Levels = 3;
    private const int SlotBits = 8;
    private const int Slots = 1 << SlotBits;
    private const int Words = Slots / 64;
    private const long TickNanoseconds = 1_000_000;

    private int[] _heads = [];
    private ulong[] _occupied = [];
    private Item[] _items;
    private long _tick;
    private int _armed;

    /// <param name="capacity">Items that can be armed at first.</param>
    public TimerWheel(int capacity)
    {
        _items = [];
        EnsureCapacity(capacity);
    }

    /// <summary>How many items are armed.</summary>
    public int Count => _armed;

    /// <summary>Bytes for each item that can be armed.</summary>
    public static int BytesPerItem => System.Runtime.CompilerServices.Unsafe.SizeOf<Item>();

    /// <summary>Makes room for item numbers below <paramref name="capacity"/>.</summary>
    public void EnsureCapacity(int capacity)
    {
        int old = _items.Length;
        if (capacity <= old)
        {
            return;
        }

        Array.Resize(ref _items, capacity);
        for (int index = old; index < capacity; index++)
        {
            _items[index].Slot = -1;
        }
    }

    /// <summary>Whether an item is armed.</summary>
    public bool IsArmed(int item) => _items[item].Slot >= 0;

    /// <summary>Arms an item, or moves it when it is armed.</summary>
    public void Arm(int item, Instant due)
    {
        if (_heads.Length == 0)
        {
            // Most link timers of a small node are never used, and the slots are the wheel's largest part.
            _heads = new int[Levels * Slots];
            _heads.AsSpan().Fill(-1);
            _occupied = new ulong[Levels * Words];
        }

        Cancel(item);
        long nanoseconds = Math.Max(due.Nanoseconds, 0);
        long tick = (nanoseconds / TickNanoseconds) + (nanoseconds % TickNanoseconds == 0 ? 0 : 1);
        _items[item].DueTick = Math.Max(tick, _tick);
        Place(item);
        _armed++;
    }

    /// <summary>Disarms an item; harmless when it is not armed.</summary>
    public void Cancel(int item)
    {
        if (item < _items.Length && _items[item].Slot >= 0)
        {
            Unlink(item);
            _armed--;
        }
    }

    /// <summary>Takes one item that is due, in the order of their ticks.</summary>
    /// <returns>The item, no longer armed; -1 when none is due.</returns>
    /// <remarks>Bound: one item, and the slots that lie between the last call and <paramref name="now"/>, skipped in words.</remarks>
    public int TakeDue(Instant now)
    {
        long nowTick = now.Nanoseconds / TickNanoseconds;
        if (_armed == 0)
        {
            _tick = Math.Max(_tick, nowTick);
            return -1;
        }

        while (true)
        {
            int slot = (int)(_tick & (Slots - 1));
            int head = _heads[slot];
            if (head >= 0 && _tick <= nowTick)
            {
                Unlink(head);
                _armed--;
                return head;
            }

            if (_tick >= nowTick)
            {
                return -1;
            }

            Advance(nowTick);
        }
    }

    /// <summary>When <see cref="TakeDue"/> has work; may be early by a cascade of the outer wheels, never late.</summary>
    public Instant NextTimeout
    {
        get
        {
            if (_armed == 0)
            {
                return Instant.Never;
            }

            long best = long.MaxValue;
            for (int level = 0; level < Levels; level++)
            {
                int shift = level * SlotBits;
                long position = _tick >> shift;
                int distance = DistanceToOccupied(level, (int)(position & (Slots - 1)), level == 0 ? 0 : 1);
                if (distance >= 0)
                {
                    best = Math.Min(best, Math.Max((position + distance) << shift, _tick));
                }
            }

            return best > long.MaxValue / TickNanoseconds ? Instant.Never : new Instant(best * TickNanoseconds);
        }
    }

    private void Advance(long nowTick)
    {
        // Within one turn of the inner wheel empty slots are skipped by their bits.
        int slot = (int)(_tick & (Slots - 1));
        long boundary = (_tick | (Slots - 1)) + 1;
        int distance = DistanceToOccupied(0, slot, 1);
        long next = distance > 0 ? Math.Min(_tick + distance, boundary) : boundary;
        if (_armed == 0)
        {
            next = nowTick;
        }

        if (next > nowTick)
        {
            _tick = nowTick;
            return;
        }

        bool crossed = next >> SlotBits != _tick >> SlotBits;
        long previous = _tick;
        _tick = next;
        if (crossed && _armed > 0)
        {
            if (next >> (2 * SlotBits) != previous >> (2 * SlotBits))
            {
                Cascade(2, (int)((next >> (2 * SlotBits)) & (Slots - 1)));
            }

            Cascade(1, (int)((next >> SlotBits) & (Slots - 1)));
        }
    }

    private void Cascade(int level, int slot)
    {
        int index = (level * Slots) + slot;
        int item = _heads[index];
        _heads[index] = -1;
        _occupied[index >> 6] &= ~(1UL << (index & 63));
        while (item >= 0)
        {
            int next = _items[item].Next;
            Place(item);
            item = next;
        }
    }

    private void Place(int item)
    {
        long due = _items[item].DueTick;
        long delta = due - _tick;
        int index;
        if (delta < Slots)
        {
            index = (int)(due & (Slots - 1));
        }
        else if (delta < 1L << (2 * SlotBits))
        {
            index = Slots + (int)((due >> SlotBits) & (Slots - 1));
        }
        else
        {
            long last = Math.Min(due, _tick + (1L << (3 * SlotBits)) - (1L << (2 * SlotBits)));
            index = (2 * Slots) + (int)((last >> (2 * SlotBits)) & (Slots - 1));
        }

        ref Item entry = ref _items[item];
        entry.Slot = index;
        entry.Previous = -1;
        entry.Next = _heads[index];
        if (entry.Next >= 0)
        {
            _items[entry.Next].Previous = item;
        }

        _heads[index] = item;
        _occupied[index >> 6] |= 1UL << (index & 63);
    }

    private void Unlink(int item)
    {
        ref Item entry = ref _items[item];
        if (entry.Previous >= 0)
        {
            _items[entry.Previous].Next = entry.Next;
        }
        else
        {
            _heads[entry.Slot] = entry.Next;
            if (entry.Next < 0)
            {
                _occupied[entry.Slot >> 6] &= ~(1UL << (entry.Slot & 63));
            }
        }

        if (entry.Next >= 0)
        {
            _items[entry.Next].Previous = entry.Previous;
        }

        entry.Slot = -1;
    }

    /// <summary>Slots from <paramref name="position"/> on, around the wheel, to the first occupied one; -1 for none.</summary>
    private int DistanceToOccupied(int level, int position, int from)
    {
        for (int distance = from; distance < Slots + from;)
        {
            int slot = (position + distance) & (Slots - 1);
            ulong word = _occupied[(level * Words) + (slot >> 6)] >> (slot & 63);
            if (word != 0)
            {
                int found = distance + BitOperations.TrailingZeroCount(word);
                return found < Slots + from ? found : -1;
            }

            distance += 64 - (slot & 63);
        }

        return -1;
    }

    private struct Item
    {
        public long DueTick;
        public int Next;
        public int Previous;
        public int Slot;
    }
}
