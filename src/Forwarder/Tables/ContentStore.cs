using System.Security.Cryptography;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Forwarder.Tables;

/// <summary>The cache of Data packets: octets as they came, found by name in O(1) and by prefix in canonical order.</summary>
/// <remarks>
/// The least recently used packet goes first. A prefix lookup finds the smallest name by an ordered tree and passes over at
/// most <see cref="ScanMax"/> stale packets. Of one name at most <see cref="VariantsMax"/> packets are kept.
/// Bound: packets by the capacity, octets by the slab; a full slab evicts at most <see cref="EvictionsPerInsertMax"/> packets
/// for one insertion and then gives up.
/// </remarks>
internal sealed partial class ContentStore
{
    /// <summary>How many stale packets one lookup passes over.</summary>
    public const int ScanMax = 64;

    /// <summary>How many packets of one name are kept.</summary>
    public const int VariantsMax = 4;

    private const int EvictionsPerInsertMax = 32;

    private const int EntriesMin = 4;

    private static readonly int[] NoBuckets = [-1];

    private readonly OctetSlab _octets;
    private ContentStoreEntry[] _entries = [];
    private int[] _buckets = NoBuckets;
    private int _used;
    private int _freeHead = -1;
    private int _newest = -1;
    private int _oldest = -1;

    /// <param name="capacity">The most packets.</param>
    /// <param name="octetsMax">The most octets of packets.</param>
    /// <param name="pageOctets">Size of the pages they are kept in.</param>
    /// <param name="isOrderedOnDemand">Whether names are kept in order only once somebody asks for a prefix.</param>
    public ContentStore(int capacity, long octetsMax, int pageOctets, bool isOrderedOnDemand = false)
    {
        _isOrdered = !isOrderedOnDemand;
        Capacity = Math.Max(capacity, 0);
        _octets = new OctetSlab(octetsMax, pageOctets);
    }

    /// <summary>The most packets.</summary>
    public int Capacity { get; private set; }

    /// <summary>Whether Data is taken in.</summary>
    public bool IsAdmitting { get; set; } = true;

    /// <summary>Whether Interests are answered.</summary>
    public bool IsServing { get; set; } = true;

    /// <summary>Packets held.</summary>
    public int Count { get; private set; }

    /// <summary>Packets that went because of the limit of packets or octets.</summary>
    public ulong Evicted { get; private set; }

    /// <summary>Packets not taken in because no room could be made.</summary>
    public ulong Refused { get; private set; }

    /// <summary>Lookups that gave up because too many stale packets came first.</summary>
    public ulong ScansCutShort { get; private set; }

    /// <summary>Octets of packets, by block.</summary>
    public long UsedOctets => _octets.UsedOctets;

    /// <summary>Blocks in use; equals <see cref="Count"/>.</summary>
    public int UsedBlocks => _octets.UsedBlocks;

    /// <summary>Bytes of one entry with its bucket, without its octets.</summary>
    public static int BytesPerEntry =>
        System.Runtime.CompilerServices.Unsafe.SizeOf<ContentStoreEntry>() + sizeof(int);

    /// <summary>Bytes allocated.</summary>
    public long ReservedBytes => _octets.ReservedOctets + ((long)_entries.Length * BytesPerEntry);

    /// <summary>The octets of a packet; good until the store changes.</summary>
    public ReadOnlySpan<byte> Packet(int index) =>
        _octets.Span(_entries[index].PacketHandle, _entries[index].PacketLength);

    /// <summary>Sets the most packets; what is over goes at once.</summary>
    public void SetCapacity(int capacity)
    {
        Capacity = Math.Max(capacity, 0);
        while (Count > Capacity)
        {
            Evict();
        }
    }

    /// <summary>Hints that a hash will be asked for, and perhaps a Data added.</summary>
    public void Expect(ulong hash)
    {
        CacheHint.Line(ref _buckets[(int)hash & (_buckets.Length - 1)]);
        CacheHint.Object(_octets, 1);
        if (Count >= Capacity && Count > 0)
        {
            CacheHint.Line(ref _entries[_oldest]);
        }
    }

    /// <summary>Takes a Data in, or makes the one that is there fresh again.</summary>
    /// <returns>False when it was not stored.</returns>
    public bool Insert(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> nameValue, ulong hash, ulong freshnessMs, Instant now)
    {
        if (!IsAdmitting || Capacity == 0)
        {
            return false;
        }

        long freshUntil = FreshUntil(freshnessMs, now);
        int variants = 0;
        int oldestVariant = -1;
        for (int index = _buckets[(int)hash & (_buckets.Length - 1)]; index >= 0; index = _entries[index].Next)
        {
            ref ContentStoreEntry entry = ref _entries[index];
            if (entry.Hash != hash || !NameValue(index).SequenceEqual(nameValue))
            {
                continue;
            }

            if (Packet(index).SequenceEqual(packet))
            {
                entry.FreshUntilNanoseconds = freshUntil;
                Touch(index);
                return true;
            }

            variants++;
            oldestVariant = index; // Chains grow at the head, so the last one met is the oldest.
        }

        if (variants >= VariantsMax)
        {
            Remove(oldestVariant);
            Evicted++;
        }

        return Store(packet, nameValue, hash, freshUntil, variants > 0);
    }

    /// <summary>The Data that answers an Interest, which becomes the most recently used.</summary>
    /// <returns>Its index, or -1.</returns>
    public int Find(ReadOnlySpan<byte> nameValue, ulong hash, PitFlags selectors, Instant now)
    {
        if (!IsServing || Count == 0)
        {
            return -1;
        }

        bool mustBeFresh = (selectors & PitFlags.MustBeFresh) != 0;
        int found = FindExact(nameValue, hash, mustBeFresh, now);
        if (found < 0 && (selectors & PitFlags.CanBePrefix) != 0)
        {
            found = FindInOrder(nameValue, mustBeFresh, now);
        }

        if (found >= 0)
        {
            Touch(found);
        }

        return found;
    }

    /// <summary>The Data of a full name.</summary>
    /// <param name="nameValue">The name without the digest component.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="digest">The 32 octets of the implicit digest.</param>
    /// <param name="mustBeFresh">Whether a stale one does not count.</param>
    /// <param name="now">The present.</param>
    /// <returns>Its index, or -1.</returns>
    public int FindFullName(
        ReadOnlySpan<byte> nameValue, ulong hash, ReadOnlySpan<byte> digest, bool mustBeFresh, Instant now)
    {
        if (!IsServing)
        {
            return -1;
        }

        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        for (int index = FirstOfHash(hash); index >= 0; index = NextOfHash(index))
        {
            if (NameValue(index).SequenceEqual(nameValue) && (!mustBeFresh || IsFresh(index, now)))
            {
                SHA256.HashData(Packet(index), own);
                if (own.SequenceEqual(digest))
                {
                    Touch(index);
                    return index;
                }
            }
        }

        return -1;
    }

    /// <summary>Takes out Data under a prefix, smallest name first.</summary>
    /// <returns>How many went.</returns>
    public int Erase(ReadOnlySpan<byte> prefixValue, int countMax)
    {
        int erased = 0;
        while (erased < countMax)
        {
            int index = LowerBound(prefixValue);
            if (index < 0 || !NameValue(index).StartsWith(prefixValue))
            {
                break;
            }

            Remove(index);
            erased++;
        }

        return erased;
    }

    /// <summary>Whether there is Data under a prefix, fresh or not, served or not.</summary>
    public bool HasAny(ReadOnlySpan<byte> prefixValue)
    {
        int index = LowerBound(prefixValue);
        return index >= 0 && NameValue(index).StartsWith(prefixValue);
    }

    private static long FreshUntil(ulong freshnessMs, Instant now)
    {
        if (freshnessMs == 0)
        {
            return long.MinValue;
        }

        return freshnessMs > long.MaxValue / 1_000_000
            ? long.MaxValue
            : now.AddNanoseconds((long)freshnessMs * 1_000_000).Nanoseconds;
    }

    private ReadOnlySpan<byte> NameValue(int index) =>
        Packet(index).Slice(_entries[index].NameOffset, _entries[index].NameLength);

    private bool IsFresh(int index, Instant now) => _entries[index].FreshUntilNanoseconds >= now.Nanoseconds;

    private int FindExact(ReadOnlySpan<byte> nameValue, ulong hash, bool mustBeFresh, Instant now)
    {
        for (int index = FirstOfHash(hash); index >= 0; index = NextOfHash(index))
        {
            if (!NameValue(index).SequenceEqual(nameValue))
            {
                continue;
            }

            if (_entries[index].HasVariants)
            {
                return FindSmallestVariant(nameValue, mustBeFresh, now);
            }

            return !mustBeFresh || IsFresh(index, now) ? index : -1;
        }

        return -1;
    }

    private int FindSmallestVariant(ReadOnlySpan<byte> nameValue, bool mustBeFresh, Instant now)
    {
        int index = LowerBound(nameValue);
        while (index >= 0 && NameValue(index).SequenceEqual(nameValue))
        {
            if (!mustBeFresh || IsFresh(index, now))
            {
                return index;
            }

            index = Successor(index);
        }

        return -1;
    }

    private int FindInOrder(ReadOnlySpan<byte> prefixValue, bool mustBeFresh, Instant now)
    {
        int index = LowerBound(prefixValue);
        for (int scanned = 0; index >= 0 && NameValue(index).StartsWith(prefixValue); scanned++)
        {
            if (!mustBeFresh || IsFresh(index, now))
            {
                return index;
            }

            if (scanned == ScanMax)
            {
                ScansCutShort++;
                break;
            }

            index = Successor(index);
        }

        return -1;
    }

    private bool Store(
        ReadOnlySpan<byte> packet, ReadOnlySpan<byte> nameValue, ulong hash, long freshUntil, bool hasVariants)
    {
        if (!packet.Overlaps(nameValue, out int nameOffset))
        {
            nameOffset = 0;
            Invariant.Check(nameValue.Length == 0, "the name lies in the packet");
        }

        while (Count >= Capacity)
        {
            Evict();
        }

        uint handle;
        int attempts = 0;
        while (!_octets.TryStore(packet, out handle))
        {
            if (Count == 0 || attempts++ == EvictionsPerInsertMax)
            {
                Refused++;
                return false;
            }

            Evict();
        }

        int index = TakeEntry();
        ref int bucket = ref _buckets[(int)hash & (_buckets.Length - 1)];
        _entries[index] = new ContentStoreEntry
        {
            Hash = hash,
            FreshUntilNanoseconds = freshUntil,
            PacketHandle = handle,
            PacketLength = (ushort)packet.Length,
            NameOffset = (ushort)nameOffset,
            NameLength = (ushort)nameValue.Length,
            Next = bucket,
            Left = -1,
            Right = -1,
            Parent = -1,
            IsUsed = true,
            HasVariants = hasVariants,
        };
        bucket = index;
        Count++;
        if (hasVariants)
        {
            MarkVariants(hash, nameValue);
        }

        PushNewest(index);
        Link(index);
        return true;
    }

    private void MarkVariants(ulong hash, ReadOnlySpan<byte> nameValue)
    {
        for (int index = FirstOfHash(hash); index >= 0; index = NextOfHash(index))
        {
            if (NameValue(index).SequenceEqual(nameValue))
            {
                _entries[index].HasVariants = true;
            }
        }
    }

    private void Evict()
    {
        Remove(_oldest);
        Evicted++;
    }

    private void Remove(int index)
    {
        Unlink(index);
        UnlinkRecency(index);
        ref ContentStoreEntry entry = ref _entries[index];
        ref int link = ref _buckets[(int)entry.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref _entries[link].Next;
        }

        link = entry.Next;
        _octets.Free(entry.PacketHandle);
        entry = new ContentStoreEntry { Next = _freeHead };
        _freeHead = index;
        Count--;
    }
}
