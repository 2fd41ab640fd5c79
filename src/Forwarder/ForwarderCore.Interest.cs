using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Pipelines;
using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder;

/// <content>The pipelines of an Interest: in, loop, content store, out.</content>
public sealed partial class ForwarderCore
{
    private const int ScratchOctets = OctetSlab.MaxOctets;

    private byte[]? _nonceScratch;
    private byte[]? _hintScratch;
    private readonly List<Name> _networkRegions;
    private ulong _congestionMark;
    private bool _isNonDiscovery;

    /// <summary>Names of the regions this node is in.</summary>
    public IReadOnlyList<Name> NetworkRegions => _networkRegions;

    /// <summary>Incoming Interest.</summary>
    internal void ReceiveInterest(Face face, in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        Counters.InInterests++;
        face.CountersRef.InInterests++;
        face.CountersRef.InInterestOctets += (ulong)packet.Length;
        if (InterestView.TryDecode(packet, out InterestView interest) != TlvStatus.Ok)
        {
            Drop(face, DropReason.MalformedPacket);
            return;
        }

        if (!interest.HasNonce)
        {
            byte[] scratch = _nonceScratch ??= new byte[ScratchOctets];
            int length = InterestEditor.CopyWithNonce(interest, _random.NextUInt32(), scratch);
            if (InterestView.TryDecode(scratch.AsSpan(0, length), out interest) != TlvStatus.Ok)
            {
                Drop(face, DropReason.MalformedPacket);
                return;
            }
        }

        if (interest.HasHopLimit && interest.HopLimit == 0)
        {
            Drop(face, DropReason.HopLimitZero);
            return;
        }

        if (!face.IsLocal && ScopePrefix.IsLocalhost(interest.Name.Value))
        {
            Drop(face, DropReason.ScopeViolation);
            return;
        }

        ReadOnlySpan<ulong> hashes = HashPrefixes(interest.Name, ref _hashes);
        ExpectLookups(hashes, isInterest: true);
        if (_deadNonces.Contains(hashes[^1], interest.Nonce, now))
        {
            RefuseLoop(face, headers, interest, now);
            return;
        }

        if (!interest.ForwardingHint.IsEmpty && HasReachedRegion(interest))
        {
            byte[] scratch = _hintScratch ??= new byte[ScratchOctets];
            int length = InterestEditor.CopyWithoutForwardingHint(interest, scratch);
            if (InterestView.TryDecode(scratch.AsSpan(0, length), out interest) != TlvStatus.Ok)
            {
                Drop(face, DropReason.MalformedPacket);
                return;
            }
        }

        ReceiveInterest(face, headers, interest, hashes, now);
    }

    /// <summary>Whether an Interest may go to a face: not back (except on ad-hoc links), and within the scope of its name.</summary>
    internal bool MayForward(int entry, int downstreamSlot, int upstreamSlot)
    {
        Face upstream = _faces[upstreamSlot];
        if (upstreamSlot == downstreamSlot && upstream.Type != LinkType.AdHoc)
        {
            return false;
        }

        if (upstream.IsLocal)
        {
            return true;
        }

        ReadOnlySpan<byte> name = _pit.NameValue(entry);
        return !ScopePrefix.IsLocalhost(name) && (!ScopePrefix.IsLocalhop(name) || _faces[downstreamSlot].IsLocal);
    }

    /// <summary>Outgoing Interest.</summary>
    /// <returns>The out-record, or -1 when it was not sent.</returns>
    internal int SendPending(int entry, int inRecord, int upstreamSlot, Instant now)
    {
        Face upstream = _faces[upstreamSlot];
        ref InRecord source = ref _pit.In(inRecord);
        if (source.HopLimitOffset != 0 && source.HopLimit == 0 && !upstream.IsLocal)
        {
            Drop(upstream, DropReason.HopLimitExhausted);
            return -1;
        }

        int record = _pit.FindOut(entry, upstreamSlot);
        if (record < 0)
        {
            record = _pit.AddOut(entry, upstreamSlot);
            if (record < 0)
            {
                Drop(upstream, DropReason.PitRecordsFull);
                return -1;
            }
        }

        else if (_pit.Out(record).Nonce != source.Nonce)
        {
            // The table forgets the Nonce that went before, and a copy of that one could still come round.
            _deadNonces.Add(_pit.Entry(entry).Hash, _pit.Out(record).Nonce, now);
        }

        ref OutRecord target = ref _pit.Out(record);
        target.Nonce = source.Nonce;
        target.RenewedNanoseconds = now.Nanoseconds;
        target.ExpiryNanoseconds = now.Nanoseconds + (source.ExpiryNanoseconds - source.RenewedNanoseconds);
        target.IsNacked = false;

        var headers = new LpHeaders
        {
            CongestionMark = _congestionMark,
            NonDiscovery = _isNonDiscovery,
        };
        if (upstream.Link is null or { Options.AllowLocalFields: true })
        {
            headers.IncomingFaceId = _faces[source.FaceSlot].Id.Value;
        }

        Counters.OutInterests++;
        ReadOnlySpan<byte> interest = _pit.InterestOf(entry, inRecord);
        upstream.CountersRef.OutInterests++;
        upstream.CountersRef.OutInterestOctets += (ulong)interest.Length;
        Send(upstream, headers, interest, now);
        return record;
    }

    private static PitFlags SelectorsOf(in InterestView interest) =>
        (interest.CanBePrefix ? PitFlags.CanBePrefix : 0) | (interest.MustBeFresh ? PitFlags.MustBeFresh : 0);

    private static StoredInterest ToStored(in InterestView interest)
    {
        interest.Packet.Overlaps(interest.Name.Value, out int nameOffset);
        return new StoredInterest
        {
            Packet = interest.Packet,
            NameOffset = nameOffset,
            NameLength = interest.Name.Value.Length,
            Nonce = interest.Nonce,
            NonceOffset = interest.NonceOffset,
            HopLimit = (byte)(interest.HasHopLimit ? interest.HopLimit - 1 : 0),
            HopLimitOffset = interest.HasHopLimit ? interest.HopLimitOffset : 0,
        };
    }

    private static bool EndsInDigest(NameView name) =>
        name.Count > 0 && name[name.Count - 1].Type == TlvType.ImplicitSha256DigestComponent;

    private void ReceiveInterest(
        Face face, in LpHeaders headers, in InterestView interest, ReadOnlySpan<ulong> hashes, Instant now)
    {
        PitFlags selectors = SelectorsOf(interest);
        int entry = _pit.Find(interest.Name.Value, hashes[^1], selectors);
        if (entry >= 0 && IsDuplicateNonce(entry, face, interest.Nonce))
        {
            RefuseLoop(face, headers, interest, now);
            return;
        }

        if ((entry < 0 || _pit.Entry(entry).InHead < 0) && TryAnswerFromContentStore(face, headers, interest, hashes, now))
        {
            if (entry >= 0)
            {
                _pit.Entry(entry).Flags |= PitFlags.Satisfied;
                FinishEntry(entry, now);
            }
            else
            {
                Counters.SatisfiedInterests++;
            }

            return;
        }

        var stored = ToStored(interest);
        if (entry < 0)
        {
            PitFlags flags = selectors | (EndsInDigest(interest.Name) ? PitFlags.HasDigest : 0);
            entry = _pit.Insert(stored, hashes[^1], interest.Name.Count, flags);
            if (entry < 0)
            {
                Drop(face, DropReason.PitFull);
                return;
            }
        }

        // A copy may be forwarded again, but the entry ends when it would have: one that circles would otherwise keep it alive for ever.
        int earlier = _pit.FindIn(entry, face.Slot);
        bool isCopy = earlier >= 0 && _pit.In(earlier).Nonce == interest.Nonce;
        int record = _pit.RenewIn(entry, face.Slot, stored, headers.PitToken.Octets);
        if (record < 0)
        {
            Drop(face, DropReason.PitRecordsFull);
            if (_pit.Entry(entry).InHead < 0)
            {
                _pit.Remove(entry);
            }

            return;
        }

        if (!isCopy)
        {
            SetExpiry(entry, record, interest.LifetimeMs, now);
        }

        ForwardInterest(face, headers, interest, hashes, entry, record, now);
        FinishIfDone(entry, now);
    }

    private void ForwardInterest(
        Face face,
        in LpHeaders headers,
        in InterestView interest,
        ReadOnlySpan<ulong> hashes,
        int entry,
        int record,
        Instant now)
    {
        _congestionMark = headers.CongestionMark;
        _isNonDiscovery = headers.NonDiscovery;
        if (headers.NextHopFaceId is ulong chosen)
        {
            if (_faces.Find(new FaceId(chosen)) is Face upstream)
            {
                SendPending(entry, record, upstream.Slot, now);
            }
        }
        else
        {
            IStrategy strategy = ChooseStrategy(entry, interest.Name, hashes);
            int fibEntry = FindFibEntry(interest, hashes);
            strategy.AfterReceiveInterest(new PendingInterest(this, entry, face.Slot, record, fibEntry, now));
        }

        _congestionMark = 0;
        _isNonDiscovery = false;
    }

    private IStrategy ChooseStrategy(int entry, NameView name, ReadOnlySpan<ulong> hashes)
    {
        int instance = _strategies.FindFor(name.Value, hashes);
        IStrategy strategy = _strategies[instance];
        ref PitEntry pending = ref _pit.Entry(entry);
        if (pending.StrategyIndex != instance)
        {
            pending.StrategyIndex = (byte)instance;
            pending.SuppressionMicroseconds = 0;
        }

        _pit.SetAwaitsNextHop(entry, strategy.ActsOnNewNextHop ? PitFlags.AwaitsNextHop : PitFlags.None);
        return strategy;
    }

    /// <summary>The FIB entry by name or, with a ForwardingHint, of the first delegation that has nexthops.</summary>
    private int FindFibEntry(in InterestView interest, ReadOnlySpan<ulong> hashes)
    {
        if (interest.ForwardingHint.IsEmpty)
        {
            return _fib.FindLongest(interest.Name.Value, hashes);
        }

        foreach (NameView delegation in interest.EnumerateForwardingHint())
        {
            int fibEntry = _fib.FindLongest(delegation.Value, HashPrefixes(delegation, ref _otherHashes));
            if (_fib.FirstHop(fibEntry) >= 0)
            {
                return fibEntry;
            }
        }

        return -1;
    }

    private bool HasReachedRegion(in InterestView interest)
    {
        if (_networkRegions.Count == 0)
        {
            return false;
        }

        foreach (NameView delegation in interest.EnumerateForwardingHint())
        {
            foreach (Name region in _networkRegions)
            {
                if (delegation.IsPrefixOf(region.View))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a nonce is known to the entry. A face with one peer may repeat its own: a retransmission.</summary>
    private bool IsDuplicateNonce(int entry, Face face, uint nonce)
    {
        bool isKnown = false;
        for (int record = _pit.Entry(entry).InHead; record >= 0; record = _pit.In(record).Next)
        {
            ref InRecord inRecord = ref _pit.In(record);
            if (inRecord.Nonce == nonce)
            {
                if (inRecord.FaceSlot == face.Slot && face.Type == LinkType.PointToPoint)
                {
                    return false;
                }

                isKnown = true;
            }
        }

        for (int record = _pit.Entry(entry).OutHead; record >= 0; record = _pit.Out(record).Next)
        {
            isKnown |= _pit.Out(record).Nonce == nonce;
        }

        return isKnown;
    }

    private void RefuseLoop(Face face, in LpHeaders headers, in InterestView interest, Instant now)
    {
        Counters.LoopedInterests++;
        if (face.Type != LinkType.PointToPoint)
        {
            Drop(face, DropReason.LoopOnSharedLink);
            return;
        }

        var nack = new LpHeaders { PitToken = headers.PitToken, IsNack = true, NackReason = NackReason.Duplicate };
        Counters.OutNacks++;
        face.CountersRef.OutNacks++;
        face.CountersRef.OutNackOctets += (ulong)interest.Packet.Length;
        Send(face, nack, interest.Packet, now);
    }

    private bool TryAnswerFromContentStore(
        Face face, in LpHeaders headers, in InterestView interest, ReadOnlySpan<ulong> hashes, Instant now)
    {
        NameView name = interest.Name;
        int found;
        if (EndsInDigest(name))
        {
            found = _contentStore.FindFullName(
                name.Prefix(name.Count - 1).Value, hashes[^2], name[name.Count - 1].Value, interest.MustBeFresh, now);
        }
        else
        {
            found = _contentStore.Find(name.Value, hashes[^1], SelectorsOf(interest), now);
        }

        if (found < 0)
        {
            Counters.ContentStoreMisses++;
            return false;
        }

        Counters.ContentStoreHits++;
        var answer = new LpHeaders { PitToken = headers.PitToken };
        if (face.Link is { Options.AllowLocalFields: true })
        {
            answer.IncomingFaceId = FaceId.ContentStore.Value;
        }

        SendData(face, answer, _contentStore.Packet(found), now);
        return true;
    }
}
