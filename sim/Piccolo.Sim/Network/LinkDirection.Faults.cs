using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Sim.Network;

/// <content>What goes wrong on the way, and queues that decide at departure.</content>
public sealed partial class LinkDirection
{
    private FrameFaults? _faults;
    private LossProcess? _loss;
    private DepartureQueue? _evented;
    private long _queuedNow;
    private long _onTheWayPosted;
    private long _onTheWayEnded;
    private bool _isTransmitting;
    private bool _tracksHops;

    /// <summary>From here on nothing goes wrong with frames on the way; queues and rates stay.</summary>
    internal void StopFaults()
    {
        _faults = null;
        _loss = null;
        _isPlain = !_tracksHops;
    }

    /// <summary>From here on frames are told, beside their octets, over how many links their Data came.</summary>
    internal void TrackHops()
    {
        _tracksHops = true;
        _isPlain = false;
    }

    private void InitializeFaults()
    {
        _faults = FrameFaults.Create(_settings.Faults);
        _loss = LossProcess.Create(_settings.Faults.Loss);
        _evented = _discipline.DecidesAtDeparture ? new DepartureQueue() : null;
    }

    /// <summary>A lost frame was transmitted all the same, so it held up those behind it.</summary>
    private void LaunchWithFaults(ReadOnlySpan<byte> frame, long departureNs)
    {
        if (_loss is not null && _loss.IsLost(departureNs, frame.Length, Random))
        {
            _droppedLoss++;
            NoteCopies(departureNs, -1);
            return;
        }

        long arrivalNs = departureNs + _settings.DelayNs;
        long hops = _tracksHops ? HopsOf(frame) : 0;
        if (_faults is null)
        {
            PostArrival(frame, arrivalNs, hops);
            return;
        }

        FrameFate fate = _faults.Decide(frame.Length, Random);
        byte[] buffer = From.Partition.Buffers.Rent(frame.Length);
        frame.CopyTo(buffer);
        fate.Corrupt(buffer.AsSpan(0, frame.Length));
        long flags = hops | (fate.IsCorrupted ? CorruptedFlag : 0);
        if (fate.IsDuplicated)
        {
            _duplicated++;
            NoteCopies(departureNs, 1);
            PostArrival(buffer.AsSpan(0, frame.Length), arrivalNs, flags);
        }

        flags |= fate.ExtraDelayNs > 0 ? LateFlag : 0;
        PostArrival(buffer, frame.Length, arrivalNs + fate.ExtraDelayNs, flags);
    }

    private void ReceiveMarked(ReadOnlySpan<byte> frame, long argument)
    {
        _corrupted += (argument & CorruptedFlag) == 0 ? 0 : 1;
        To.Hops = (int)((argument & HopMask) >> HopShift);
        To.Receive(ToFace!, frame);
        To.Hops = 0;
    }

    /// <summary>One more than the Data that the sender handles had come over; an Interest begins a way, so it has none.</summary>
    private long HopsOf(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> packet = frame;
        if (frame.Length > 0 && frame[0] == (byte)TlvType.LpPacket && LpPacketView.TryDecode(frame, out LpPacketView lp) == TlvStatus.Ok)
        {
            packet = lp.HasFragment ? lp.Fragment : default;
        }

        bool isInterest = packet.Length > 0 && packet[0] == (byte)TlvType.Interest;
        return isInterest ? 0 : Math.Min((long)(From.Hops + 1) << HopShift, HopMask);
    }

    private void Enqueue(ReadOnlySpan<byte> frame, long nowNs)
    {
        byte[] buffer = From.Partition.Buffers.Rent(frame.Length);
        frame.CopyTo(buffer);
        _evented!.Enqueue(buffer, frame.Length, nowNs);
        _queuedNow++;
        if (!_isTransmitting)
        {
            TransmitNext(nowNs);
        }
    }

    private void HandleDeparture(long epoch)
    {
        if (epoch != _epoch)
        {
            return;
        }

        _isTransmitting = false;
        TransmitNext(NowNs);
    }

    private void TransmitNext(long nowNs)
    {
        while (_evented!.TryDequeue(out byte[] buffer, out int length, out long sinceNs))
        {
            _queuedNow--;
            if (_discipline.OnDeparture(nowNs, nowNs - sinceNs, _evented.Count, _evented.Octets) == QueueVerdict.Drop)
            {
                _droppedQueue++;
                _droppedQueueOctets += length;
            }
            else
            {
                long departureNs = DepartureNs(nowNs, length);
                _busyNs += departureNs - nowNs;
                _freeNs = departureNs;
                _isTransmitting = true;
                Launch(buffer.AsSpan(0, length), departureNs);
                From.Partition.Post(departureNs, From.NextOrder(), this, _epoch, null);
            }

            From.Partition.Buffers.Return(buffer);
            if (_isTransmitting)
            {
                return;
            }
        }
    }
}
