using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <content>Receiving: from frames to network packets.</content>
public sealed partial class LinkService
{
    /// <summary>Takes a frame that arrived; hands up the network packet that it holds or completes.</summary>
    /// <param name="frame">Exactly one element; not kept.</param>
    /// <param name="now">When it arrived.</param>
    /// <param name="sink">Gets at most one packet, as the last thing this call does.</param>
    /// <param name="remoteEndpoint">Which peer sent it, on links with several; tells their fragments apart.</param>
    /// <returns>
    /// Ok for a well-formed frame, also when it was dropped for another reason (see <see cref="Counters"/>); else what
    /// <see cref="LpPacketView.TryDecode"/> says, or for the network packet NotAPacket, TrailingOctets or TooLarge.
    /// </returns>
    public TlvStatus HandleFrame<TSink>(
        ReadOnlySpan<byte> frame,
        Instant now,
        ref TSink sink,
        ulong remoteEndpoint = 0)
        where TSink : ILinkServiceSink, allows ref struct
    {
        _context.Counters.InFrames++;
        _context.Counters.InOctets += (ulong)frame.Length;
        if (!frame.IsEmpty && frame[0] is (byte)TlvType.Interest or (byte)TlvType.Data)
        {
            return DeliverBare(frame, ref sink);
        }

        TlvStatus status = LpPacketView.TryDecode(frame, out LpPacketView view);
        if (status != TlvStatus.Ok)
        {
            _context.Counters.InvalidFrames++;
            return status;
        }

        if (Options.EnableReliability && !HandleReliability(view, now))
        {
            _context.Counters.DuplicateSequences++;
            return TlvStatus.Ok;
        }

        if (!view.HasFragment)
        {
            _context.Counters.InIdle++;
            return TlvStatus.Ok;
        }

        if (view.FragIndex == 0 && view.FragCount == 1)
        {
            ReceivedHeaders headers = ReceivedHeaders.From(view, Options);
            return Deliver(ref headers, view.Fragment, ref sink);
        }

        return HandleFragment(view, now, ref sink, remoteEndpoint);
    }

    /// <summary>Reads acknowledgements and notes what must be acknowledged; false for a repetition.</summary>
    private bool HandleReliability(in LpPacketView view, Instant now)
    {
        foreach (ulong ack in view.Acks)
        {
            Sender.HandleAck(ack, now);
        }

        if (!view.HasFragment || view.TxSequence is not ulong txSequence)
        {
            return true;
        }

        Receiver.QueueAck(txSequence, now);
        if (Receiver.AcksWaiting >= Options.AckQueueMax)
        {
            _output.FlushAcks();
        }

        return view.Sequence is not ulong sequence || Receiver.IsFirst(sequence, Sender.TimeoutNs, now);
    }

    private TlvStatus HandleFragment<TSink>(
        in LpPacketView view,
        Instant now,
        ref TSink sink,
        ulong remoteEndpoint)
        where TSink : ILinkServiceSink, allows ref struct
    {
        if (!Options.AllowReassembly || view.Fragment.IsEmpty)
        {
            _context.Counters.RefusedFragments++;
            return TlvStatus.Ok;
        }

        // A fragment that was acknowledged will not come again: it must wait for its fellows' last retransmission.
        bool isReliable = Options.EnableReliability && view.TxSequence is not null;
        TimeSpan timeout = isReliable
            ? TimeSpan.FromTicks(Math.Max(Options.ReassemblyTimeout.Ticks, RetransmissionTicks()))
            : Options.ReassemblyTimeout;
        FrameLease? packet = Reassembler.Add(view, remoteEndpoint, timeout, now, out ReceivedHeaders headers);
        if (packet is null)
        {
            return TlvStatus.Ok;
        }

        try
        {
            return Deliver(ref headers, packet.Span, ref sink);
        }
        finally
        {
            packet.Dispose();
        }
    }

    private long RetransmissionTicks() => (Options.RetransmissionsMax + 1) * Sender.TimeoutNs / 100;

    private TlvStatus DeliverBare<TSink>(ReadOnlySpan<byte> packet, ref TSink sink)
        where TSink : ILinkServiceSink, allows ref struct
    {
        TlvStatus status = CheckPacket(packet, out uint type);
        if (status != TlvStatus.Ok)
        {
            _context.Counters.InvalidFrames++;
            return status;
        }

        LpHeaders none = default;
        if (type == TlvType.Interest)
        {
            _context.Counters.InInterests++;
            sink.OnInterest(none, packet);
        }
        else
        {
            _context.Counters.InData++;
            sink.OnData(none, packet);
        }

        return TlvStatus.Ok;
    }

    private TlvStatus Deliver<TSink>(ref ReceivedHeaders received, ReadOnlySpan<byte> packet, ref TSink sink)
        where TSink : ILinkServiceSink, allows ref struct
    {
        TlvStatus status = CheckPacket(packet, out uint type);
        if (status != TlvStatus.Ok)
        {
            _context.Counters.InvalidPackets++;
            return status;
        }

        bool isNack = received.Headers.IsNack;
        if (type == TlvType.Data && received.IsLegalOnData(Options))
        {
            _context.Counters.InData++;
            sink.OnData(received.Headers, packet);
        }
        else if (type == TlvType.Interest && !isNack && received.IsLegalOnInterest(Options))
        {
            _context.Counters.InInterests++;
            sink.OnInterest(received.Headers, packet);
        }
        else if (type == TlvType.Interest && isNack && received.IsLegalOnNack(Options))
        {
            _context.Counters.InNacks++;
            sink.OnNack(received.Headers, packet);
        }
        else
        {
            _context.Counters.IllegalHeaders++;
        }

        return TlvStatus.Ok;
    }

    /// <summary>Whether the octets are exactly one Interest or one Data, on the outside.</summary>
    private static TlvStatus CheckPacket(ReadOnlySpan<byte> packet, out uint type)
    {
        var reader = new TlvReader(packet);
        TlvStatus status = reader.TryRead(out TlvElement element);
        type = element.Type;
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (type is not (TlvType.Interest or TlvType.Data))
        {
            return TlvStatus.NotAPacket;
        }

        if (!reader.IsAtEnd)
        {
            return TlvStatus.TrailingOctets;
        }

        return packet.Length > PacketLimits.MaxPacketOctets ? TlvStatus.TooLarge : TlvStatus.Ok;
    }
}
