namespace Piccolo.Ndn.Link;

/// <summary>
/// The sending half of reliability: keeps what was sent until it is acknowledged, and sends it again.
/// </summary>
/// <remarks>
/// Bound: <see cref="LinkServiceOptions.UnacknowledgedMax"/> fragments. An acknowledgement costs at most
/// <see cref="LinkServiceOptions.LossThreshold"/> steps for each earlier fragment over that fragment's life; a time-out
/// looks at every fragment once.
/// Source: NDNLPv2, "Reliability"; NFD LpReliability.
/// </remarks>
internal sealed class ReliableSender(LinkContext context, LinkOutput output)
{
    private const int None = -1;

    private static readonly Instant NoExpiry = new(long.MinValue);

    private readonly Dictionary<ulong, int> _slotOf = [];
    private readonly LinkQueue<byte[]> _droppedInterests = new();
    private UnacknowledgedFragment[] _fragments = [];
    private UnacknowledgedPacket[] _packets = [];
    private int _freeFragment = None;
    private int _freePacket = None;
    private int _first = None;
    private int _last = None;
    private int _count;
    private ulong _nextTxSequence;
    private RtoEstimator _rto;

    /// <summary>Not later than the first time-out.</summary>
    internal Instant NextTimeout { get; private set; } = Instant.Never;

    internal long TimeoutNs => _rto.TimeoutNs;

    internal int Count => _count;

    internal bool HasRoomFor(int fragments) => _count + fragments <= context.Options.UnacknowledgedMax;

    /// <summary>Keeps a copy of a network packet whose fragments follow; returns its handle.</summary>
    internal int Keep(
        in LpHeaders headers,
        ReadOnlySpan<byte> packet,
        bool isInterest,
        ulong firstSequence,
        int fragCount)
    {
        int handle = RentPacket();
        ref UnacknowledgedPacket kept = ref _packets[handle];
        kept.Lease = context.Pool.Rent(packet);
        kept.Headers = headers;
        kept.FirstSequence = firstSequence;
        kept.FragCount = fragCount;
        kept.Waiting = fragCount;
        kept.IsInterest = isInterest;
        kept.WasRetransmitted = false;
        return handle;
    }

    /// <summary>Sends one fragment of a kept packet for the first time.</summary>
    internal void SendFragment(int packet, int index, int offset, int length, Instant now)
    {
        int slot = RentFragment();
        ref UnacknowledgedFragment fragment = ref _fragments[slot];
        fragment.Packet = packet;
        fragment.Index = (ushort)index;
        fragment.Offset = (ushort)offset;
        fragment.Length = (ushort)length;
        fragment.Retransmissions = 0;
        Transmit(slot, now);
    }

    internal void HandleAck(ulong txSequence, Instant now)
    {
        if (!_slotOf.TryGetValue(txSequence, out int acknowledged))
        {
            return;
        }

        ref UnacknowledgedFragment fragment = ref _fragments[acknowledged];
        if (fragment.Retransmissions == 0)
        {
            _rto.AddSample(now.Nanoseconds - fragment.Sent.Nanoseconds);
        }

        bool someLost = false;
        for (int slot = _first; slot != acknowledged; slot = _fragments[slot].Next)
        {
            _fragments[slot].LaterAcks++;
            someLost |= _fragments[slot].LaterAcks >= context.Options.LossThreshold;
        }

        int packet = fragment.Packet;
        RemoveFragment(acknowledged);
        if (--_packets[packet].Waiting == 0)
        {
            CountAcknowledged(packet);
            FreePacket(packet);
        }

        if (someLost)
        {
            HandleLost(txSequence, NoExpiry, now);
        }
    }

    internal void HandleTimeout(Instant now)
    {
        if (now < NextTimeout)
        {
            return;
        }

        HandleLost(_nextTxSequence, now, now);
        Instant next = Instant.Never;
        for (int slot = _first; slot != None; slot = _fragments[slot].Next)
        {
            next = Instant.Min(next, _fragments[slot].Deadline);
        }

        NextTimeout = next;
    }

    internal bool TryTakeDroppedInterest(out ReadOnlyMemory<byte> interest)
    {
        interest = _droppedInterests.Count > 0 ? _droppedInterests.Take() : default;
        return !interest.IsEmpty;
    }

    internal void Clear()
    {
        while (_first != None)
        {
            DropPacket(_fragments[_first].Packet);
        }
    }

    /// <summary>Sends again, or gives up, what is lost among the transmissions before a TxSequence.</summary>
    private void HandleLost(ulong endTxSequence, Instant expiry, Instant now)
    {
        int slot = _first;
        while (slot != None && _fragments[slot].TxSequence < endTxSequence)
        {
            int next = _fragments[slot].Next;
            bool isLost = _fragments[slot].LaterAcks >= context.Options.LossThreshold
                || _fragments[slot].Deadline <= expiry;
            if (isLost && _fragments[slot].Retransmissions >= context.Options.RetransmissionsMax)
            {
                int packet = _fragments[slot].Packet;
                while (next != None && _fragments[next].Packet == packet)
                {
                    next = _fragments[next].Next;
                }

                GiveUp(packet);
            }
            else if (isLost)
            {
                Unlink(slot);
                _slotOf.Remove(_fragments[slot].TxSequence);
                _fragments[slot].Retransmissions++;
                _packets[_fragments[slot].Packet].WasRetransmitted = true;
                Transmit(slot, now);
            }

            slot = next;
        }
    }

    /// <summary>
    /// Gives a fragment its TxSequence, its place at the end of the list and its time-out, and sends it.
    /// </summary>
    private void Transmit(int slot, Instant now)
    {
        ref UnacknowledgedFragment fragment = ref _fragments[slot];
        fragment.TxSequence = _nextTxSequence++;
        fragment.LaterAcks = 0;
        fragment.Sent = now;
        fragment.Deadline = now.AddNanoseconds(_rto.TimeoutNs);
        NextTimeout = Instant.Min(NextTimeout, fragment.Deadline);
        _slotOf.Add(fragment.TxSequence, slot);
        LinkLast(slot);

        ref UnacknowledgedPacket packet = ref _packets[fragment.Packet];
        var frame = new LpPacket
        {
            Sequence = unchecked(packet.FirstSequence + fragment.Index),
            FragIndex = fragment.Index,
            FragCount = packet.FragCount,
            TxSequence = fragment.TxSequence,
            Fragment = packet.Lease!.Span.Slice(fragment.Offset, fragment.Length),
        };
        if (fragment.Index == 0)
        {
            frame.Headers = packet.Headers;
        }

        output.Transmit(ref frame);
    }

    private void CountAcknowledged(int packet)
    {
        if (_packets[packet].WasRetransmitted)
        {
            context.Counters.Retransmitted++;
        }
        else
        {
            context.Counters.Acknowledged++;
        }
    }

    private void GiveUp(int packet)
    {
        context.Counters.RetransmissionsExhausted++;
        if (_packets[packet].IsInterest)
        {
            if (_droppedInterests.Count < context.Options.DroppedInterestsMax)
            {
                _droppedInterests.Add(_packets[packet].Lease!.Span.ToArray());
            }
            else
            {
                context.Counters.DroppedInterestsUnreported++;
            }
        }

        DropPacket(packet);
    }

    private void DropPacket(int packet)
    {
        int waiting = _packets[packet].Waiting;
        int slot = _first;
        while (slot != None && waiting > 0)
        {
            int next = _fragments[slot].Next;
            if (_fragments[slot].Packet == packet)
            {
                RemoveFragment(slot);
                waiting--;
            }

            slot = next;
        }

        FreePacket(packet);
    }

    private void RemoveFragment(int slot)
    {
        _slotOf.Remove(_fragments[slot].TxSequence);
        Unlink(slot);
        _fragments[slot].Next = _freeFragment;
        _freeFragment = slot;
        _count--;
        if (_count == 0)
        {
            NextTimeout = Instant.Never;
        }
    }

    private void LinkLast(int slot)
    {
        _fragments[slot].Previous = _last;
        _fragments[slot].Next = None;
        if (_last == None)
        {
            _first = slot;
        }
        else
        {
            _fragments[_last].Next = slot;
        }

        _last = slot;
    }

    private void Unlink(int slot)
    {
        int previous = _fragments[slot].Previous;
        int next = _fragments[slot].Next;
        if (previous == None)
        {
            _first = next;
        }
        else
        {
            _fragments[previous].Next = next;
        }

        if (next == None)
        {
            _last = previous;
        }
        else
        {
            _fragments[next].Previous = previous;
        }
    }

    private int RentFragment()
    {
        if (_freeFragment == None)
        {
            int old = _fragments.Length;
            Array.Resize(ref _fragments, Math.Max(16, old * 2));
            for (int i = old; i < _fragments.Length; i++)
            {
                _fragments[i].Next = _freeFragment;
                _freeFragment = i;
            }
        }

        int slot = _freeFragment;
        _freeFragment = _fragments[slot].Next;
        _count++;
        return slot;
    }

    private int RentPacket()
    {
        if (_freePacket == None)
        {
            int old = _packets.Length;
            Array.Resize(ref _packets, Math.Max(16, old * 2));
            for (int i = old; i < _packets.Length; i++)
            {
                _packets[i].NextFree = _freePacket;
                _freePacket = i;
            }
        }

        int packet = _freePacket;
        _freePacket = _packets[packet].NextFree;
        return packet;
    }

    private void FreePacket(int packet)
    {
        ref UnacknowledgedPacket kept = ref _packets[packet];
        kept.Lease!.Dispose();
        kept.Lease = null;
        kept.Headers = default;
        kept.NextFree = _freePacket;
        _freePacket = packet;
    }
}
