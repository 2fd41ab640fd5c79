using Piccolo.Ndn;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Controlled delay: drops from the head while even the least wait of an interval is above the target.</summary>
/// <remarks>
/// The pseudo code of the RFC takes as many frames from the queue as it drops, and one more; here each of these is a call of its own, so
/// what the code does after a drop is done at the beginning of the next call. The queue never runs empty by a drop, because a frame
/// with nothing behind it is not dropped. The spacing of drops is the interval over the square root of their count, exact to the
/// nanosecond.
/// Source: RFC 8289, sections 5.3 to 5.6.
/// </remarks>
internal sealed class CoDelQueue(QueueSettings settings) : QueueDiscipline
{
    /// <summary>A count of drops is taken up again when the last of them is no longer ago than this many intervals.</summary>
    private const int MemoryIntervals = 16;

    private readonly DropTailQueue _limit = new(settings);
    private readonly long _targetNs = settings.CoDelTargetNs;
    private readonly long _intervalNs = settings.CoDelIntervalNs;
    private readonly long _minOctets = settings.CoDelMinOctets;

    private long _firstAboveNs = -1;
    private long _dropNextNs;
    private uint _count;
    private uint _lastCount;
    private bool _isDropping;
    private AfterDrop _afterDrop;

    private enum AfterDrop : byte
    {
        Nothing,
        Sends,
        Continues,
    }

    /// <inheritdoc/>
    public override bool DecidesAtDeparture => true;

    /// <inheritdoc/>
    public override QueueVerdict OnArrival(long nowNs, int queuedPackets, long queuedOctets, int octets, IRandomSource random) =>
        _limit.OnArrival(nowNs, queuedPackets, queuedOctets, octets, random);

    /// <inheritdoc/>
    public override QueueVerdict OnDeparture(long nowNs, long sojournNs, int queuedPackets, long queuedOctets)
    {
        bool mayDrop = MayDrop(nowNs, sojournNs, queuedOctets);
        AfterDrop afterDrop = _afterDrop;
        _afterDrop = AfterDrop.Nothing;
        if (afterDrop == AfterDrop.Sends)
        {
            return QueueVerdict.Forward;
        }

        if (!_isDropping)
        {
            return mayDrop ? StartDropping(nowNs) : QueueVerdict.Forward;
        }

        if (!mayDrop)
        {
            _isDropping = false;
            return QueueVerdict.Forward;
        }

        if (afterDrop == AfterDrop.Continues)
        {
            _dropNextNs += Spacing(_intervalNs, _count);
        }

        if (nowNs < _dropNextNs)
        {
            return QueueVerdict.Forward;
        }

        _count++;
        _afterDrop = AfterDrop.Continues;
        return QueueVerdict.Drop;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _firstAboveNs = -1;
        _dropNextNs = 0;
        _count = 0;
        _lastCount = 0;
        _isDropping = false;
        _afterDrop = AfterDrop.Nothing;
    }

    /// <summary>The interval over the square root of a count, rounded down.</summary>
    /// <remarks>Bound: Newton's iteration from above, which falls until it is done; some 20 rounds for any interval allowed.</remarks>
    internal static long Spacing(long intervalNs, uint count)
    {
        UInt128 square = (UInt128)intervalNs * (ulong)intervalNs / count;
        UInt128 root = (ulong)intervalNs;
        while (true)
        {
            UInt128 next = (root + (square / root)) >> 1;
            if (next >= root)
            {
                return (long)(ulong)root;
            }

            root = next;
            if (root == 0)
            {
                return 0;
            }
        }
    }

    private bool MayDrop(long nowNs, long sojournNs, long queuedOctets)
    {
        if (sojournNs < _targetNs || queuedOctets <= _minOctets)
        {
            _firstAboveNs = -1;
            return false;
        }

        if (_firstAboveNs < 0)
        {
            _firstAboveNs = nowNs + _intervalNs;
            return false;
        }

        return nowNs >= _firstAboveNs;
    }

    private QueueVerdict StartDropping(long nowNs)
    {
        _isDropping = true;
        uint delta = _count - _lastCount;
        _count = delta > 1 && nowNs - _dropNextNs < MemoryIntervals * _intervalNs ? delta : 1;
        _dropNextNs = nowNs + Spacing(_intervalNs, _count);
        _lastCount = _count;
        _afterDrop = AfterDrop.Sends;
        return QueueVerdict.Drop;
    }
}
