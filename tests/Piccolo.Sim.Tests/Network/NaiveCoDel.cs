namespace Piccolo.Sim.Tests.Network;

/// <summary>
/// CoDel with its own queue, in the shape of the pseudo code of RFC 8289, section 5: what the discipline is compared with.
/// </summary>
internal sealed class NaiveCoDel(long target, long interval, int maxPacket)
{
    private readonly Queue<(int Id, long Stamp, int Octets)> _queue = new();
    private long _octets;
    private long _firstAboveTime;
    private long _dropNext;
    private uint _count;
    private uint _lastCount;
    private bool _isDropping;

    public List<int> Dropped { get; } = [];

    public bool IsEmpty => _queue.Count == 0;

    public void Enqueue(int id, long now, int octets)
    {
        _queue.Enqueue((id, now, octets));
        _octets += octets;
    }

    public (int Id, int Octets)? Dequeue(long now)
    {
        (var packet, bool okToDrop) = DoDequeue(now);
        if (_isDropping)
        {
            _isDropping = okToDrop;
            while (now >= _dropNext && _isDropping)
            {
                Dropped.Add(packet!.Value.Id);
                _count++;
                (packet, okToDrop) = DoDequeue(now);
                if (!okToDrop)
                {
                    _isDropping = false;
                }
                else
                {
                    _dropNext = ControlLaw(_dropNext, _count);
                }
            }
        }
        else if (okToDrop)
        {
            Dropped.Add(packet!.Value.Id);
            (packet, _) = DoDequeue(now);
            _isDropping = true;
            uint delta = _count - _lastCount;
            _count = 1;
            if (delta > 1 && now - _dropNext < 16 * interval)
            {
                _count = delta;
            }

            _dropNext = ControlLaw(now, _count);
            _lastCount = _count;
        }

        return packet is { } sent ? (sent.Id, sent.Octets) : null;
    }

    private ((int Id, long Stamp, int Octets)? Packet, bool OkToDrop) DoDequeue(long now)
    {
        if (!_queue.TryDequeue(out var packet))
        {
            _firstAboveTime = 0;
            return (null, false);
        }

        _octets -= packet.Octets;
        bool okToDrop = false;
        if (now - packet.Stamp < target || _octets <= maxPacket)
        {
            _firstAboveTime = 0;
        }
        else if (_firstAboveTime == 0)
        {
            _firstAboveTime = now + interval;
        }
        else
        {
            okToDrop = now >= _firstAboveTime;
        }

        return (packet, okToDrop);
    }

    private long ControlLaw(long time, uint count) => time + (long)Math.Floor((decimal)interval / Root(count));

    /// <summary>A square root to 28 digits.</summary>
    private static decimal Root(uint count)
    {
        decimal root = (decimal)Math.Sqrt(count);
        return (root + (count / root)) / 2;
    }
}
