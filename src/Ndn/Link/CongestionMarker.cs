namespace Piccolo.Ndn.Link;

/// <summary>Decides which packets to mark while the send queue is long, ever more often until it shrinks.</summary>
/// <remarks>
/// Integers only, so that a simulation decides alike on every machine.
/// Source: NFD's adaptation of CoDel: mark after one interval over the threshold, then after
/// interval / sqrt(marks + 1).
/// </remarks>
internal struct CongestionMarker
{
    private bool _isCongested;
    private Instant _nextMark;
    private uint _marks;

    internal bool ShouldMark(long sendQueueOctets, LinkServiceOptions options, Instant now)
    {
        if (sendQueueOctets <= 0 || (ulong)sendQueueOctets <= options.DefaultCongestionThreshold)
        {
            _isCongested = false;
            _marks = 0;
            return false;
        }

        long interval = Math.Max(1, options.BaseCongestionMarkingInterval.Ticks) * 100;
        if (!_isCongested)
        {
            _isCongested = true;
            _nextMark = now.AddNanoseconds(interval);
            return false;
        }

        if (now < _nextMark)
        {
            return false;
        }

        _marks++;
        _nextMark = _nextMark.AddNanoseconds(DividedByRoot(interval, _marks + 1));
        return true;
    }

    /// <summary>floor(value / sqrt(divisor)).</summary>
    private static long DividedByRoot(long value, uint divisor)
    {
        UInt128 square = (UInt128)(ulong)value * (ulong)value / divisor;
        ulong root = 0;
        for (int bit = 62; bit >= 0; bit--)
        {
            ulong candidate = root | (1UL << bit);
            if ((UInt128)candidate * candidate <= square)
            {
                root = candidate;
            }
        }

        return (long)root;
    }
}
