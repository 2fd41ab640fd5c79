using System.Runtime.CompilerServices;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Forwarder.Tables;

/// <summary>The pending Interest table: entries, their records and the packets they keep. Knows no policy.</summary>
/// <remarks>
/// Bound: entries, records and octets have limits of their own; a call that meets one changes nothing and says so.
/// </remarks>
internal sealed partial class Pit
{
    private const int DepthsCounted = 64;
    private const int BucketsMin = 16;

    private static readonly int[] NoBuckets = [-1];

    private readonly OctetSlab _octets;
    private readonly RecordPool<PitEntry> _entries;
    private readonly RecordPool<InRecord> _in;
    private readonly RecordPool<OutRecord> _out;
    private int[] _prefixEntriesAtDepth = [];
    private int[] _buckets = NoBuckets;

    public Pit(int capacity, int recordCapacity, long octetsMax, int pageOctets)
    {
        _octets = new OctetSlab(octetsMax, pageOctets);
        _entries = new RecordPool<PitEntry>(capacity);
        _in = new RecordPool<InRecord>(recordCapacity);
        _out = new RecordPool<OutRecord>(recordCapacity);
        Timers = new TimerWheel(0);
    }

    /// <summary>When the entries end; items are entry indices.</summary>
    public TimerWheel Timers { get; }

    /// <summary>Pending Interests.</summary>
    public int Count => _entries.Count;

    /// <summary>Downstream records.</summary>
    public int InRecordCount => _in.Count;

    /// <summary>Upstream records.</summary>
    public int OutRecordCount => _out.Count;

    /// <summary>Indices below this may be in use.</summary>
    public int IndexEnd => _entries.IndexEnd;

    /// <summary>Entries whose name ends in an implicit digest.</summary>
    public int DigestEntryCount { get; private set; }

    /// <summary>Entries whose strategy acts on nexthops that come later.</summary>
    public int AwaitingNextHopCount { get; private set; }

    /// <summary>Octets of stored Interests, by block.</summary>
    public long UsedOctets => _octets.UsedOctets;

    /// <summary>Blocks of stored Interests and long tokens; 0 when the table is empty.</summary>
    public int UsedBlocks => _octets.UsedBlocks;

    /// <summary>Bytes allocated.</summary>
    public long ReservedBytes => _octets.ReservedOctets + _entries.ReservedBytes + _in.ReservedBytes + _out.ReservedBytes
        + ((long)_buckets.Length * sizeof(int)) + ((long)_entries.Reserved * TimerWheel.BytesPerItem);

    /// <summary>Bytes of one entry with its bucket and timer, without records and octets.</summary>
    public static int BytesPerEntry => RecordPool<PitEntry>.BytesPerRecord + sizeof(int) + TimerWheel.BytesPerItem;

    /// <summary>The entry of an index; the reference is good until the next insertion.</summary>
    public ref PitEntry Entry(int index) => ref _entries[index];

    /// <summary>The record of an index; the reference is good until the next insertion of a record.</summary>
    public ref InRecord In(int index) => ref _in[index];

    /// <inheritdoc cref="In"/>
    public ref OutRecord Out(int index) => ref _out[index];

    /// <summary>Whether an index is in use.</summary>
    public bool IsUsed(int index) => (_entries[index].Flags & PitFlags.Used) != 0;

    /// <summary>The Name TLV-VALUE of an entry.</summary>
    public ReadOnlySpan<byte> NameValue(int index)
    {
        ref PitEntry entry = ref _entries[index];
        return _octets.Span(entry.PacketHandle, entry.PacketLength).Slice(entry.NameOffset, entry.NameLength);
    }

    /// <summary>Hints that a hash will be asked for, and an entry added or taken out.</summary>
    public void Expect(ulong hash)
    {
        CacheHint.Line(ref _buckets[(int)hash & (_buckets.Length - 1)]);
        CacheHint.Object(_entries, 1);
        CacheHint.Object(_octets, 1);
        CacheHint.Object(_in, 1);
        CacheHint.Object(_out, 1);
        CacheHint.Object(Timers, 1);
    }

    /// <summary>The first entry whose hash is <paramref name="hash"/>, or -1.</summary>
    public int FirstOfHash(ulong hash) => SkipToHash(_buckets[(int)hash & (_buckets.Length - 1)], hash);

    /// <summary>The next entry with the same hash, or -1.</summary>
    public int NextOfHash(int index) => SkipToHash(_entries[index].Next, _entries[index].Hash);

    /// <summary>Whether a prefix of that many components may have an entry with CanBePrefix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHavePrefixEntries(int depth) =>
        _prefixEntriesAtDepth.Length > 0 && _prefixEntriesAtDepth[Math.Min(depth, DepthsCounted - 1)] > 0;

    /// <summary>The entry of an Interest whose name and selectors (CanBePrefix, MustBeFresh) are these.</summary>
    /// <returns>Its index, or -1.</returns>
    public int Find(ReadOnlySpan<byte> nameValue, ulong hash, PitFlags selectors)
    {
        for (int index = FirstOfHash(hash); index >= 0; index = NextOfHash(index))
        {
            PitFlags own = _entries[index].Flags & (PitFlags.CanBePrefix | PitFlags.MustBeFresh);
            if (own == selectors && NameValue(index).SequenceEqual(nameValue))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Adds an entry that is not there, with a copy of its Interest.</summary>
    /// <returns>Its index, or -1 at a limit.</returns>
    public int Insert(in StoredInterest interest, ulong hash, int nameCount, PitFlags flags)
    {
        if (!_octets.TryStore(interest.Packet, out uint handle))
        {
            return -1;
        }

        int index = _entries.Take();
        if (index < 0)
        {
            _octets.Free(handle);
            return -1;
        }

        if (_entries.Count > _buckets.Length || _buckets == NoBuckets)
        {
            Rehash();
        }

        Timers.EnsureCapacity(_entries.Reserved);
        ref int bucket = ref _buckets[(int)hash & (_buckets.Length - 1)];
        _entries[index] = new PitEntry
        {
            Hash = hash,
            PacketHandle = handle,
            Next = bucket,
            InHead = -1,
            OutHead = -1,
            PacketLength = (ushort)interest.Packet.Length,
            NameOffset = (ushort)interest.NameOffset,
            NameLength = (ushort)interest.NameLength,
            NonceOffset = (ushort)interest.NonceOffset,
            HopLimitOffset = (ushort)interest.HopLimitOffset,
            NameCount = (ushort)Math.Min(nameCount, ushort.MaxValue),
            Flags = flags | PitFlags.Used,
        };
        bucket = index;
        CountFlags(flags, nameCount, 1);
        return index;
    }

    /// <summary>Takes an entry out with its records, packets and timer.</summary>
    public void Remove(int index)
    {
        ClearIn(index);
        while (_entries[index].OutHead >= 0)
        {
            RemoveOut(index, _entries[index].OutHead);
        }

        Timers.Cancel(index);
        ref PitEntry entry = ref _entries[index];
        ref int link = ref _buckets[(int)entry.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref _entries[link].Next;
        }

        link = entry.Next;
        _octets.Free(entry.PacketHandle);
        SetAwaitsNextHop(index, PitFlags.None);
        CountFlags(entry.Flags, entry.NameCount, -1);
        _entries.Return(index);
    }

    /// <summary>Sets or clears <see cref="PitFlags.AwaitsNextHop"/>.</summary>
    public void SetAwaitsNextHop(int index, PitFlags value)
    {
        ref PitEntry entry = ref _entries[index];
        PitFlags old = entry.Flags & PitFlags.AwaitsNextHop;
        AwaitingNextHopCount += (value != 0 ? 1 : 0) - (old != 0 ? 1 : 0);
        entry.Flags = (entry.Flags & ~PitFlags.AwaitsNextHop) | value;
    }

    private int SkipToHash(int index, ulong hash)
    {
        while (index >= 0 && _entries[index].Hash != hash)
        {
            index = _entries[index].Next;
        }

        return index;
    }

    private void CountFlags(PitFlags flags, int nameCount, int change)
    {
        if ((flags & PitFlags.CanBePrefix) != 0)
        {
            if (_prefixEntriesAtDepth.Length == 0)
            {
                _prefixEntriesAtDepth = new int[DepthsCounted];
            }

            _prefixEntriesAtDepth[Math.Min(nameCount, DepthsCounted - 1)] += change;
        }

        if ((flags & PitFlags.HasDigest) != 0)
        {
            DigestEntryCount += change;
        }
    }

    private void Rehash()
    {
        _buckets = new int[Math.Max(BucketsMin, _buckets.Length * 2)];
        _buckets.AsSpan().Fill(-1);
        for (int index = 0; index < _entries.IndexEnd; index++)
        {
            ref PitEntry entry = ref _entries[index];
            if ((entry.Flags & PitFlags.Used) != 0)
            {
                ref int bucket = ref _buckets[(int)entry.Hash & (_buckets.Length - 1)];
                entry.Next = bucket;
                bucket = index;
            }
        }
    }
}
