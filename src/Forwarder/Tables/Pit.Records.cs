namespace Piccolo.Forwarder.Tables;

/// <content>The records of downstream and upstream faces.</content>
internal sealed partial class Pit
{
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
}
