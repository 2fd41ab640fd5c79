namespace Piccolo.Bench.Sim.Queues;

/// <summary>
/// Sorts as late as possible: far events lie unsorted, nearer ones in buckets of ever finer rungs, and only some fifty in order.
/// </summary>
/// <remarks>Source: Tang, Goh and Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete event simulation",
/// 2005.</remarks>
internal sealed class LadderQueue : IPendingEvents
{
    private const int SortedMax = 50;
    private const int RungsMax = 8;

    private readonly EventChains _chains = new();
    private readonly LadderRung[] _rungs = [.. Enumerable.Range(0, RungsMax).Select(static _ => new LadderRung())];
    private PendingEvent[] _top = new PendingEvent[16];
    private int _topCount;
    private long _topStartNs = long.MinValue;
    private long _topMinNs = long.MaxValue;
    private long _topMaxNs = long.MinValue;
    private int _rungCount;

    /// <summary>The nearest events, the last first.</summary>
    private PendingEvent[] _bottom = new PendingEvent[2 * SortedMax];
    private int _bottomCount;

    public int Count { get; private set; }

    public void Add(PendingEvent item)
    {
        Count++;
        if (item.TimeNs >= _topStartNs)
        {
            AddToTop(item);
            return;
        }

        for (int i = 0; i < _rungCount; i++)
        {
            if (item.TimeNs >= _rungs[i].CurrentNs)
            {
                _rungs[i].Add(_chains, item);
                return;
            }
        }

        if (_bottomCount >= SortedMax)
        {
            SpreadBottom();
            if (_rungCount > 0 && item.TimeNs >= _rungs[_rungCount - 1].CurrentNs)
            {
                _rungs[_rungCount - 1].Add(_chains, item);
                return;
            }
        }

        AddToBottom(item);
    }

    public bool TryTake(out PendingEvent item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        while (_bottomCount == 0)
        {
            if (_rungCount == 0)
            {
                EmptyTop();
            }
            else if (_rungs[_rungCount - 1].TryTakeBucket(out int head, out int count, out long startNs))
            {
                EmptyBucket(head, count, startNs);
            }
            else
            {
                _rungCount--;
            }
        }

        Count--;
        item = _bottom[--_bottomCount];
        return true;
    }

    private void AddToTop(in PendingEvent item)
    {
        if (_topCount == _top.Length)
        {
            Array.Resize(ref _top, 2 * _topCount);
        }

        _top[_topCount++] = item;
        _topMinNs = Math.Min(_topMinNs, item.TimeNs);
        _topMaxNs = Math.Max(_topMaxNs, item.TimeNs);
    }

    private void AddToBottom(in PendingEvent item)
    {
        if (_bottomCount == _bottom.Length)
        {
            Array.Resize(ref _bottom, 2 * _bottomCount);
        }

        int place = _bottomCount++;
        while (place > 0 && _bottom[place - 1].IsBefore(item))
        {
            _bottom[place] = _bottom[place - 1];
            place--;
        }

        _bottom[place] = item;
    }

    /// <summary>Turns what lies in the top into the first rung, or into the bottom when it is little or of one time.</summary>
    private void EmptyTop()
    {
        long endNs = _topMaxNs + 1;
        if (_topCount > SortedMax && endNs - _topMinNs > 1)
        {
            LadderRung rung = _rungs[_rungCount++];
            rung.Start(_topMinNs, endNs, (endNs - _topMinNs + _topCount - 1) / _topCount);
            for (int i = 0; i < _topCount; i++)
            {
                rung.Add(_chains, _top[i]);
            }
        }
        else
        {
            Reserve(_topCount);
            _top.AsSpan(0, _topCount).CopyTo(_bottom);
            _bottomCount = _topCount;
            SortBottom();
        }

        _topCount = 0;
        _topStartNs = endNs;
        _topMinNs = long.MaxValue;
        _topMaxNs = long.MinValue;
    }

    /// <summary>Turns a bucket into a finer rung, or into the bottom when it has few events or cannot be divided.</summary>
    private void EmptyBucket(int head, int count, long startNs)
    {
        long widthNs = _rungs[_rungCount - 1].WidthNs;
        if (count > SortedMax && widthNs > 1 && _rungCount < RungsMax)
        {
            LadderRung rung = _rungs[_rungCount++];
            rung.Start(startNs, startNs + widthNs, (widthNs + count - 1) / count);
            for (int node = head; node != EventChains.None; node = _chains.Return(node))
            {
                rung.Add(_chains, _chains[node]);
            }

            return;
        }

        Reserve(count);
        for (int node = head; node != EventChains.None; node = _chains.Return(node))
        {
            _bottom[_bottomCount++] = _chains[node];
        }

        SortBottom();
    }

    /// <summary>Turns the bottom into a rung when it has grown too long to insert into.</summary>
    private void SpreadBottom()
    {
        long startNs = _bottom[_bottomCount - 1].TimeNs;
        long endNs = _rungCount > 0 ? _rungs[_rungCount - 1].CurrentNs : _topStartNs;
        long widthNs = (endNs - startNs + _bottomCount - 1) / _bottomCount;
        if (_rungCount == RungsMax || _bottom[0].TimeNs == startNs)
        {
            return;
        }

        LadderRung rung = _rungs[_rungCount++];
        rung.Start(startNs, endNs, widthNs);
        for (int i = 0; i < _bottomCount; i++)
        {
            rung.Add(_chains, _bottom[i]);
        }

        _bottomCount = 0;
    }

    private void Reserve(int count)
    {
        if (_bottom.Length < count)
        {
            Array.Resize(ref _bottom, 2 * count);
        }
    }

    private void SortBottom()
    {
        Span<PendingEvent> bottom = _bottom.AsSpan(0, _bottomCount);
        bottom.Sort();
        bottom.Reverse();
    }
}
