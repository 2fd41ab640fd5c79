using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <summary>Writes frames into leases and queues them; fills their spare room with acknowledgements.</summary>
internal sealed class LinkOutput(LinkContext context)
{
    private const int AcksPerFrameMax = PacketLimits.MaxPacketOctets / LpAcks.ElementOctets;

    // An LpPacket's LENGTH may grow from 1 octet to 3 when acknowledgements are added.
    private const int LengthGrowth = 2;

    private readonly LinkQueue<FrameLease> _queue = new();
    private ulong[] _ackScratch = [];

    /// <summary>Whose acknowledgements go along; null while there can be none.</summary>
    internal ReliableReceiver? Receiver { get; set; }

    internal bool TryTake(out FrameLease? frame)
    {
        frame = _queue.Count > 0 ? _queue.Take() : null;
        return frame is not null;
    }

    /// <summary>Queues a frame as it is.</summary>
    internal void TransmitBare(ReadOnlySpan<byte> packet) => Enqueue(context.Pool.Rent(packet));

    /// <summary>Queues a frame with a link header, and the acknowledgements that fit.</summary>
    internal void Transmit(ref LpPacket packet)
    {
        int length = packet.EncodedLength;
        if (Receiver?.AcksWaiting > 0)
        {
            packet.Acks = TakeAcks(Receiver, context.FrameLimit - LengthGrowth - length);
            length = packet.EncodedLength;
        }

        if (length > context.FrameLimit)
        {
            context.Counters.OutOverMtu++;
            return;
        }

        FrameLease frame = context.Pool.Rent();
        frame.Length = length;
        packet.Encode(frame.Span);
        Enqueue(frame);
    }

    /// <summary>Sends every waiting acknowledgement, in frames of their own.</summary>
    internal void FlushAcks()
    {
        while (Receiver is ReliableReceiver receiver && receiver.AcksWaiting > 0)
        {
            int before = receiver.AcksWaiting;
            var idle = default(LpPacket);
            if (context.FrameLimit >= idle.EncodedLength + LengthGrowth + LpAcks.ElementOctets)
            {
                Transmit(ref idle);
            }

            if (receiver.AcksWaiting == before)
            {
                context.Counters.AcksDropped += (ulong)before;
                receiver.ClearAcks();
            }
        }
    }

    internal void Clear()
    {
        while (TryTake(out FrameLease? frame))
        {
            frame!.Dispose();
        }
    }

    private ReadOnlySpan<ulong> TakeAcks(ReliableReceiver receiver, int roomOctets)
    {
        if (roomOctets < LpAcks.ElementOctets)
        {
            return [];
        }

        if (_ackScratch.Length == 0)
        {
            _ackScratch = new ulong[AcksPerFrameMax];
        }

        int count = Math.Min(Math.Min(roomOctets / LpAcks.ElementOctets, AcksPerFrameMax), receiver.AcksWaiting);
        for (int i = 0; i < count; i++)
        {
            _ackScratch[i] = receiver.TakeAck();
        }

        return _ackScratch.AsSpan(0, count);
    }

    private void Enqueue(FrameLease frame)
    {
        if (_queue.Count >= context.Options.TransmitQueueMax)
        {
            context.Counters.TransmitQueueFull++;
            frame.Dispose();
            return;
        }

        context.Counters.OutFrames++;
        context.Counters.OutOctets += (ulong)frame.Length;
        _queue.Add(frame);
    }
}
