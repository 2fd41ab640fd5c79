using System.Numerics;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Tables;

/// <summary>Remembers for six seconds which Interests were here, after their PIT entry has gone.</summary>
/// <remarks>
/// An entry is a 64-bit mix of the name's keyed hash and the nonce, in a ring by age with a hash set beside it.
/// Bound: the capacity; when it is reached the oldest entry goes early and <see cref="EvictedEarly"/> counts it.
/// Source: NFD, dead nonce list.
/// </remarks>
internal sealed class DeadNonceList
{
    /// <summary>How long an Interest is remembered.</summary>
    public const long LifetimeNanoseconds = 6_000_000_000;

    private const int InitialCapacity = 16;

    private static readonly Slot[] NoSlots = new Slot[1];

    private readonly int _capacityMax;
    private Record[] _ring;
    private int _ringHead;
    private Slot[] _set;

    /// <param name="capacity">The most entries; rounded up to a power of two.</param>
    public DeadNonceList(int capacity)
    {
        _capacityMax = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 16));
        _ring = [];
        _set = NoSlots;
    }

    /// <summary>Entries held, repeats included.</summary>
    public int Count { get; private set; }

    /// <summary>Entries that were forgotten before their time because the list was full.</summary>
    public ulong EvictedEarly { get; private set; }

    /// <summary>Bytes for each entry that fits.</summary>
    public static int BytesPerEntry =>
        System.Runtime.CompilerServices.Unsafe.SizeOf<Record>() + (2 * System.Runtime.CompilerServices.Unsafe.SizeOf<Slot>());

    /// <summary>Bytes allocated.</summary>
    public long ReservedBytes => (long)_ring.Length * BytesPerEntry;

    /// <summary>Whether an Interest was here within the lifetime.</summary>
    public bool Contains(ulong nameHash, uint nonce, Instant now)
    {
        ulong key = KeyOf(nameHash, nonce);
        int mask = _set.Length - 1;
        for (int position = (int)key & mask; _set[position].Key != 0; position = (position + 1) & mask)
        {
            if (_set[position].Key == key)
            {
                return _ring[_set[position].RingIndex].AddedNanoseconds + LifetimeNanoseconds > now.Nanoseconds;
            }
        }

        return false;
    }

    /// <summary>Remembers an Interest from now on.</summary>
    public void Add(ulong nameHash, uint nonce, Instant now)
    {
        Expire(now, 4);
        if (Count == _ring.Length)
        {
            if (_ring.Length < _capacityMax)
            {
                Grow();
            }
            else
            {
                EvictedEarly++;
                RemoveOldest();
            }
        }

        ulong key = KeyOf(nameHash, nonce);
        int index = (_ringHead + Count) & (_ring.Length - 1);
        _ring[index] = new Record { Key = key, AddedNanoseconds = now.Nanoseconds };
        Count++;
        Place(key, index);
    }

    private static ulong KeyOf(ulong nameHash, uint nonce)
    {
        ulong key = nameHash ^ ((nonce + 1UL) * 0x9E3779B97F4A7C15);
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        key ^= key >> 31;
        return key == 0 ? 1 : key;
    }

    private void Expire(Instant now, int countMax)
    {
        while (countMax-- > 0 && Count > 0
            && _ring[_ringHead].AddedNanoseconds + LifetimeNanoseconds <= now.Nanoseconds)
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        ulong key = _ring[_ringHead].Key;
        int index = _ringHead;
        _ringHead = (_ringHead + 1) & (_ring.Length - 1);
        Count--;
        int mask = _set.Length - 1;
        int position = (int)key & mask;
        while (_set[position].Key != key)
        {
            position = (position + 1) & mask;
        }

        if (_set[position].RingIndex != index)
        {
            return; // The same Interest was added again later; that record keeps the key.
        }

        int hole = position;
        for (int next = (hole + 1) & mask; _set[next].Key != 0; next = (next + 1) & mask)
        {
            int home = (int)_set[next].Key & mask;
            if (((next - home) & mask) >= ((next - hole) & mask))
            {
                _set[hole] = _set[next];
                hole = next;
            }
        }

        _set[hole] = default;
    }

    private void Place(ulong key, int ringIndex)
    {
        int mask = _set.Length - 1;
        int position = (int)key & mask;
        while (_set[position].Key != 0 && _set[position].Key != key)
        {
            position = (position + 1) & mask;
        }

        _set[position] = new Slot { Key = key, RingIndex = ringIndex };
    }

    private void Grow()
    {
        Record[] old = _ring;
        int oldHead = _ringHead;
        _ring = new Record[Math.Max(InitialCapacity, old.Length * 2)];
        _set = new Slot[_ring.Length * 2];
        _ringHead = 0;
        for (int index = 0; index < Count; index++)
        {
            _ring[index] = old[(oldHead + index) & (old.Length - 1)];
            Place(_ring[index].Key, index);
        }
    }

    private struct Record
    {
        public ulong Key;
        public long AddedNanoseconds;
    }

    private struct Slot
    {
        public ulong Key;
        public int RingIndex;
    }
}
