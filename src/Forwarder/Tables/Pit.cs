using System.Runtime.CompilerServices;

namespace Piccolo.Forwarder.Tables;

/// <summary>The pending Interest table: entries, their records and the packets they keep. Knows no policy.</summary>
/// <remarks>
/// Bound: entries, records and octets have limits of their own; a call that meets one changes nothing and says so.
/// </remarks>
internal sealed class Pit
{
    private const int DepthsCounted = 64;

    private readonly OctetSlab _octets;
    private readonly RecordPool<PitEntry> _entries;
    private readonly RecordPool<InRecord> _in;
    private readonly RecordPool<OutRecord> _out;
    private readonly int[] _prefixEntriesAtDepth = new int[DepthsCounted];
    private int[] _buckets = new int[16];

    public Pit(int capacity, int recordCapacity, long octetsMax, int pageOctets)
    {
        _octets = new OctetSlab(octetsMax, pageOctets);
        _entries = new RecordPool<PitEntry>(capacity);
        _in = new RecordPool<InRecord>(recordCapacity);
        _out = new RecordPool<OutRecord>(recordCapacity);
        Timers = new TimerWheel(16);
        _buckets.AsSpan().Fill(-1);
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

    /// <summary>The first entry whose hash is <paramref name="hash"/>, or -1.</summary>
    public int FirstOfHash(ulong hash) => SkipToHash(_buckets[(int)hash & (_buckets.Length - 1)], hash);

    /// <summary>The next entry with the same hash, or -1.</summary>
    public int NextOfHash(int index) => SkipToHash(_entries[index].Next, _entries[index].Hash);

    /// <summary>Whether a prefix of that many components may have an entry with CanBePrefix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHavePrefixEntries(int depth) => _prefixEntriesAtDepth[Math.Min(depth, DepthsCounted - 1)] > 0;

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

        if (_entries.Count > _buckets.Length)
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

    /// <summary>The downstream record of a face, or -1.</summary>
    public int FindIn(int index, int faceSlot)
    {
        int record = _entries[index].InHead;
        while (record >= 0 && _in[record].FaceSlot != faceSlot)
        {
            record = _in[record].Next;
        }

        return record;
    }

    /// <summary>The upstream record of a face, or -1.</summary>
    public int FindOut(int index, int faceSlot)
    {
        int record = _entries[index].OutHead;
        while (record >= 0 && _out[record].FaceSlot != faceSlot)
        {
            record = _out[record].Next;
        }

        return record;
    }

    /// <summary>Adds a downstream record, or renews the face's; keeps a copy of the Interest where it must.</summary>
    /// <returns>Its index, or -1 at a limit; then the record is as it was.</returns>
    public int RenewIn(int index, int faceSlot, in StoredInterest interest, ReadOnlySpan<byte> token)
    {
        uint packet = 0;
        if (!EntryPacketServes(index, interest) && !_octets.TryStore(interest.Packet, out packet))
        {
            return -1;
        }

        uint tokenBlock = 0;
        if (token.Length > sizeof(ulong) && !_octets.TryStore(token, out tokenBlock))
        {
            FreeBlock(packet);
            return -1;
        }

        int record = FindIn(index, faceSlot);
        if (record < 0)
        {
            record = _in.Take();
            if (record < 0)
            {
                FreeBlock(packet);
                FreeBlock(tokenBlock);
                return -1;
            }

            _in[record].FaceSlot = faceSlot;
            _in[record].Next = _entries[index].InHead;
            _entries[index].InHead = record;
        }
        else
        {
            FreeBlocks(ref _in[record]);
        }

        ref InRecord renewed = ref _in[record];
        renewed.Nonce = interest.Nonce;
        renewed.HopLimit = interest.HopLimit;
        renewed.PacketHandle = packet;
        renewed.PacketLength = (ushort)interest.Packet.Length;
        renewed.NonceOffset = (ushort)interest.NonceOffset;
        renewed.HopLimitOffset = (ushort)interest.HopLimitOffset;
        renewed.TokenLength = (byte)token.Length;
        renewed.Token = tokenBlock;
        if (tokenBlock == 0)
        {
            Span<byte> octets = stackalloc byte[sizeof(ulong)];
            octets.Clear();
            token.CopyTo(octets);
            renewed.Token = BitConverter.ToUInt64(octets);
        }

        return record;
    }

    /// <summary>Takes the downstream record of an entry out.</summary>
    public void RemoveIn(int index, int record)
    {
        ref int link = ref _entries[index].InHead;
        while (link != record)
        {
            link = ref _in[link].Next;
        }

        link = _in[record].Next;
        FreeBlocks(ref _in[record]);
        _in.Return(record);
    }

    /// <summary>Takes all downstream records of an entry out.</summary>
    public void ClearIn(int index)
    {
        while (_entries[index].InHead >= 0)
        {
            RemoveIn(index, _entries[index].InHead);
        }
    }

    /// <summary>Adds an upstream record for a face that has none.</summary>
    /// <returns>Its index, or -1 at the limit.</returns>
    public int AddOut(int index, int faceSlot)
    {
        int record = _out.Take();
        if (record >= 0)
        {
            _out[record].FaceSlot = faceSlot;
            _out[record].Next = _entries[index].OutHead;
            _entries[index].OutHead = record;
        }

        return record;
    }

    /// <summary>Takes an upstream record of an entry out.</summary>
    public void RemoveOut(int index, int record)
    {
        ref int link = ref _entries[index].OutHead;
        while (link != record)
        {
            link = ref _out[link].Next;
        }

        link = _out[record].Next;
        _out.Return(record);
    }

    /// <summary>The Interest of a downstream record, with that record's nonce and HopLimit.</summary>
    /// <returns>The octets in the table; good until the next call for the same entry.</returns>
    public ReadOnlySpan<byte> InterestOf(int index, int record)
    {
        ref InRecord source = ref _in[record];
        ref PitEntry entry = ref _entries[index];
        Span<byte> packet = source.PacketHandle != 0
            ? _octets.Span(source.PacketHandle, source.PacketLength)
            : _octets.Span(entry.PacketHandle, entry.PacketLength);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet[source.NonceOffset..], source.Nonce);
        if (source.HopLimitOffset != 0)
        {
            packet[source.HopLimitOffset] = source.HopLimit;
        }

        return packet;
    }

    /// <summary>Copies the PIT token of a downstream record.</summary>
    /// <returns>Its length; 0 when there is none.</returns>
    public int CopyToken(int record, Span<byte> destination)
    {
        ref InRecord source = ref _in[record];
        if (source.TokenLength > sizeof(ulong))
        {
            _octets.Span((uint)source.Token, source.TokenLength).CopyTo(destination);
        }
        else
        {
            Span<byte> octets = stackalloc byte[sizeof(ulong)];
            BitConverter.TryWriteBytes(octets, source.Token);
            octets[..source.TokenLength].CopyTo(destination);
        }

        return source.TokenLength;
    }

    private bool EntryPacketServes(int index, in StoredInterest interest)
    {
        ref PitEntry entry = ref _entries[index];
        if (entry.PacketLength != interest.Packet.Length || entry.NonceOffset != interest.NonceOffset
            || entry.HopLimitOffset != interest.HopLimitOffset)
        {
            return false;
        }

        ReadOnlySpan<byte> own = _octets.Span(entry.PacketHandle, entry.PacketLength);
        int afterNonce = interest.NonceOffset + sizeof(uint);
        if (!own[..interest.NonceOffset].SequenceEqual(interest.Packet[..interest.NonceOffset]))
        {
            return false;
        }

        if (interest.HopLimitOffset == 0)
        {
            return own[afterNonce..].SequenceEqual(interest.Packet[afterNonce..]);
        }

        int hop = interest.HopLimitOffset;
        return own[afterNonce..hop].SequenceEqual(interest.Packet[afterNonce..hop])
            && own[(hop + 1)..].SequenceEqual(interest.Packet[(hop + 1)..]);
    }

    private void FreeBlocks(ref InRecord record)
    {
        FreeBlock(record.PacketHandle);
        if (record.TokenLength > sizeof(ulong))
        {
            FreeBlock((uint)record.Token);
        }
    }

    private void FreeBlock(uint handle)
    {
        if (handle != 0)
        {
            _octets.Free(handle);
        }
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
            _prefixEntriesAtDepth[Math.Min(nameCount, DepthsCounted - 1)] += change;
        }

        if ((flags & PitFlags.HasDigest) != 0)
        {
            DigestEntryCount += change;
        }
    }

    private void Rehash()
    {
        _buckets = new int[_buckets.Length * 2];
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
