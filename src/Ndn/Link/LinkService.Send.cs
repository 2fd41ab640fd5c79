using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <content>Sending: from network packets to frames.</content>
public sealed partial class LinkService
{
    private const int SequenceOctets = 10;
    private const int TxSequenceOctets = 12;
    private const int FragNumberOctets = 4;

    /// <summary>Sends an Interest, a Data, or a Nack (an Interest with <see cref="LpHeaders.IsNack"/>).</summary>
    /// <param name="headers">
    /// What goes beside it; fields that may not go with this packet on this face are left out. The octets of a
    /// PrefixAnnouncement must stay as they are while the link may send it again.
    /// </param>
    /// <param name="packet">The network packet, whole; copied.</param>
    /// <param name="sendQueueOctets">The link's send queue, for congestion marking; 0 where not known.</param>
    /// <param name="now">The time.</param>
    public void Send(in LpHeaders headers, ReadOnlySpan<byte> packet, long sendQueueOctets, Instant now)
    {
        if (!CountOutgoing(headers, packet, out bool isData))
        {
            _context.Counters.OutInvalid++;
            return;
        }

        bool mustMark = Options.EnableCongestionMarking && _congestion.ShouldMark(sendQueueOctets, Options, now);
        if (mustMark)
        {
            _context.Counters.CongestionMarked++;
        }

        bool isPlain = headers.IsEmpty && !mustMark;
        if (isPlain && !Options.EnableReliability && packet.Length <= _context.FrameLimit)
        {
            _output.TransmitBare(packet);
            return;
        }

        var lpPacket = new LpPacket { Fragment = packet };
        if (!isPlain)
        {
            lpPacket.Headers = SelectHeaders(headers, isData, mustMark);
        }

        SendWithHeaders(ref lpPacket, isInterest: !isData && !headers.IsNack, now);
    }

    private bool CountOutgoing(in LpHeaders headers, ReadOnlySpan<byte> packet, out bool isData)
    {
        isData = !packet.IsEmpty && packet[0] == TlvType.Data;
        bool isInterest = !packet.IsEmpty && packet[0] == TlvType.Interest;
        if (packet.Length > PacketLimits.MaxPacketOctets || (isData && headers.IsNack) || (!isData && !isInterest))
        {
            return false;
        }

        if (isData)
        {
            _context.Counters.OutData++;
        }
        else if (headers.IsNack)
        {
            _context.Counters.OutNacks++;
        }
        else
        {
            _context.Counters.OutInterests++;
        }

        return true;
    }

    /// <summary>The fields of <paramref name="headers"/> that may go with this kind of packet on this face.</summary>
    private LpHeaders SelectHeaders(in LpHeaders headers, bool isData, bool mustMark)
    {
        bool isPlainInterest = !isData && !headers.IsNack;
        LinkServiceOptions options = Options;
        return new LpHeaders
        {
            PitToken = headers.PitToken,
            IsNack = headers.IsNack,
            NackReason = headers.NackReason,
            CongestionMark = mustMark && headers.CongestionMark == 0 ? 1 : headers.CongestionMark,
            IncomingFaceId = options.AllowLocalFields ? headers.IncomingFaceId : null,
            NextHopFaceId = options.AllowLocalFields && isPlainInterest ? headers.NextHopFaceId : null,
            NoCache = isData && headers.NoCache,
            NonDiscovery = options.AllowSelfLearning && isPlainInterest && headers.NonDiscovery,
            PrefixAnnouncement = options.AllowSelfLearning && isData ? headers.PrefixAnnouncement : default,
        };
    }

    private void SendWithHeaders(ref LpPacket packet, bool isInterest, Instant now)
    {
        bool isReliable = Options.EnableReliability;
        int limit = _context.FrameLimit;
        int linkFields = isReliable ? SequenceOctets + TxSequenceOctets + LengthGrowthOf(packet) : 0;
        if (packet.EncodedLength + linkFields <= limit || (packet.CanBeBare && !isReliable
            && packet.Fragment.Length <= limit))
        {
            SendWhole(ref packet, isInterest, now);
        }
        else if (Options.AllowFragmentation)
        {
            SendFragments(packet, isInterest, now);
        }
        else
        {
            _context.Counters.OutOverMtu++;
        }
    }

    /// <summary>By how much the LENGTH of the LpPacket may grow when the link's fields are added.</summary>
    private static int LengthGrowthOf(in LpPacket packet) =>
        VarNumber.SizeOf((ulong)(packet.EncodedLength + SequenceOctets + TxSequenceOctets)) - 1;

    private void SendWhole(ref LpPacket packet, bool isInterest, Instant now)
    {
        if (Options.EnableReliability && TryAdmit(packet.Headers, packet.Fragment, isInterest, 1, out int handle))
        {
            Sender.SendFragment(handle, index: 0, offset: 0, packet.Fragment.Length, now);
        }
        else if (packet.CanBeBare && !(Options.EnableReliability && _receiver?.AcksWaiting > 0))
        {
            _output.TransmitBare(packet.Fragment);
        }
        else
        {
            _output.Transmit(ref packet);
        }
    }

    private void SendFragments(in LpPacket packet, bool isInterest, Instant now)
    {
        LpHeaders headers = packet.Headers;
        ReadOnlySpan<byte> payload = packet.Fragment;
        int room = _context.FrameLimit - FragmentOverhead();
        int firstRoom = room - LpPacket.SizeOfHeaders(headers);
        int rest = Math.Max(0, payload.Length - firstRoom);
        int count = room > 0 ? 1 + ((rest + room - 1) / room) : 0;
        if (firstRoom <= 0 || room <= 0 || count > Options.FragmentsMax)
        {
            _context.Counters.FragmentationErrors++;
            return;
        }

        bool isReliable = Options.EnableReliability;
        int handle = -1;
        isReliable = isReliable && TryAdmit(headers, payload, isInterest, count, out handle);
        ulong firstSequence = isReliable ? 0 : TakeSequences(count);
        int offset = 0;
        for (int index = 0; index < count; index++)
        {
            int length = Math.Min(payload.Length - offset, index == 0 ? firstRoom : room);
            if (isReliable)
            {
                Sender.SendFragment(handle, index, offset, length, now);
            }
            else
            {
                var fragment = new LpPacket
                {
                    Headers = index == 0 ? headers : default,
                    Sequence = unchecked(firstSequence + (ulong)index),
                    FragIndex = index,
                    FragCount = count,
                    Fragment = payload.Slice(offset, length),
                };
                _output.Transmit(ref fragment);
            }

            offset += length;
        }
    }

    /// <summary>Octets of a fragment's frame beside the payload and the forwarder's headers, at most.</summary>
    private int FragmentOverhead()
    {
        // Up to 254 octets both LENGTHs take one octet; above, three. FragIndex and FragCount take at most four each.
        int typeAndLength = _context.FrameLimit <= 254 ? 2 : 4;
        int txSequence = Options.EnableReliability ? TxSequenceOctets : 0;
        return (2 * typeAndLength) + SequenceOctets + (2 * FragNumberOctets) + txSequence;
    }

    private bool TryAdmit(
        in LpHeaders headers,
        ReadOnlySpan<byte> packet,
        bool isInterest,
        int fragments,
        out int handle)
    {
        if (!Sender.HasRoomFor(fragments))
        {
            _context.Counters.SentUnprotected++;
            handle = -1;
            return false;
        }

        handle = Sender.Keep(headers, packet, isInterest, TakeSequences(fragments), fragments);
        return true;
    }

    private ulong TakeSequences(int count)
    {
        ulong first = _nextSequence;
        _nextSequence = unchecked(_nextSequence + (ulong)count);
        return first;
    }
}
