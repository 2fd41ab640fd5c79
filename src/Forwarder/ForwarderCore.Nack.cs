using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder;

/// <content>The pipelines of a Nack, and what a new nexthop means for pending Interests.</content>
public sealed partial class ForwarderCore
{
    /// <summary>Incoming Nack.</summary>
    internal void ReceiveNack(Face face, in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        Counters.InNacks++;
        face.CountersRef.InNacks++;
        face.CountersRef.InNackOctets += (ulong)packet.Length;
        if (face.Type != LinkType.PointToPoint)
        {
            Drop(face, DropReason.NackOnSharedLink);
            return;
        }

        if (InterestView.TryDecode(packet, out InterestView interest) != TlvStatus.Ok)
        {
            Drop(face, DropReason.MalformedPacket);
            return;
        }

        ulong hash = _hasher.Hash(interest.Name.Value);
        int entry = _pit.Find(interest.Name.Value, hash, SelectorsOf(interest));
        int record = entry < 0 ? -1 : _pit.FindOut(entry, face.Slot);
        if (record < 0 || !interest.HasNonce || _pit.Out(record).Nonce != interest.Nonce)
        {
            Drop(face, DropReason.UnmatchedNack);
            return;
        }

        ref OutRecord refused = ref _pit.Out(record);
        refused.IsNacked = true;
        refused.NackReason = ReasonOctet(headers.NackReason);
        if (!HasPendingOut(entry, now))
        {
            _pit.Entry(entry).Flags |= PitFlags.ExpireNow;
        }

        IStrategy strategy = _strategies[_pit.Entry(entry).StrategyIndex];
        strategy.AfterReceiveNack(new PendingInterest(this, entry, face.Slot, -1, -1, now));
        FinishIfDone(entry, now);
    }

    /// <summary>Outgoing Nack: refuses the Interest of a downstream, whose record goes.</summary>
    internal void SendNack(int entry, int downstreamSlot, NackReason reason, Instant now)
    {
        int record = _pit.FindIn(entry, downstreamSlot);
        if (record < 0)
        {
            return;
        }

        Face downstream = _faces[downstreamSlot];
        if (downstream.Type != LinkType.PointToPoint)
        {
            Drop(downstream, DropReason.NackOnSharedLink);
            return;
        }

        Span<byte> token = stackalloc byte[PitToken.LengthMax];
        int tokenLength = _pit.CopyToken(record, token);
        var headers = new LpHeaders
        {
            PitToken = new PitToken(token[..tokenLength]),
            IsNack = true,
            NackReason = reason,
        };
        Counters.OutNacks++;
        ReadOnlySpan<byte> interest = _pit.InterestOf(entry, record);
        downstream.CountersRef.OutNacks++;
        downstream.CountersRef.OutNackOctets += (ulong)interest.Length;
        Send(downstream, headers, interest, now);
        _pit.RemoveIn(entry, record);
    }

    private static byte ReasonOctet(NackReason reason) =>
        reason is NackReason.Congestion or NackReason.Duplicate or NackReason.NoRoute ? (byte)reason : (byte)0;

    private bool HasPendingOut(int entry, Instant now)
    {
        for (int record = _pit.Entry(entry).OutHead; record >= 0; record = _pit.Out(record).Next)
        {
            ref OutRecord outRecord = ref _pit.Out(record);
            if (!outRecord.IsNacked && outRecord.ExpiryNanoseconds >= now.Nanoseconds)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells strategies that a pending Interest under a prefix has got another nexthop.</summary>
    /// <remarks>Bound: walks the PIT when a strategy that acts on this has pending Interests, else nothing.</remarks>
    private void AfterNewNextHop(int fibEntry, int faceSlot, Instant now)
    {
        if (_pit.AwaitingNextHopCount == 0)
        {
            return;
        }

        ReadOnlySpan<byte> prefix = _fib.NameValue(fibEntry);
        for (int entry = 0; entry < _pit.IndexEnd; entry++)
        {
            if (!_pit.IsUsed(entry) || (_pit.Entry(entry).Flags & PitFlags.AwaitsNextHop) == 0
                || !_pit.NameValue(entry).StartsWith(prefix))
            {
                continue;
            }

            if (Ndn.Naming.NameView.TryCreate(_pit.NameValue(entry), out Ndn.Naming.NameView name) == TlvStatus.Ok
                && _fib.FindLongest(name.Value, HashPrefixes(name, ref _otherHashes)) == fibEntry)
            {
                IStrategy strategy = _strategies[_pit.Entry(entry).StrategyIndex];
                strategy.AfterNewNextHop(new PendingInterest(this, entry, -1, -1, fibEntry, now), faceSlot);
                FinishIfDone(entry, now);
            }
        }
    }
}
