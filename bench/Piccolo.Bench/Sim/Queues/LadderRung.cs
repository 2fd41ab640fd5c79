namespace Piccolo.Bench.Sim.Queues;

/// <summary>A stretch of time cut into equal buckets, not sorted inside.</summary>
internal sealed class LadderRung
{
    private int[] _heads = [];
    private int[] _counts = [];
    private long _startNs;
    private int _buckets;
    private int _current;

    /// <summary>How long a bucket is.</summary>
    public long WidthNs { get; private set; }

    /// <summary>Where the buckets begin that were not emptied yet.</summary>
    public long CurrentNs => _startNs + (_current * WidthNs);

    /// <summary>Begins anew.</summary>
    public void Start(long startNs, long endNs, long widthNs)
    {
        _startNs = startNs;
        WidthNs = widthNs;
        _current = 0;
        _buckets = (int)((endNs - startNs + widthNs - 1) / widthNs);
        if (_heads.Length < _buckets)
        {
            _heads = new int[_buckets * 2];
            _counts = new int[_buckets * 2];
        }

        _heads.AsSpan(0, _buckets).Fill(EventChains.None);
        _counts.AsSpan(0, _buckets).Clear();
    }

    /// <summary>Puts an event into its bucket.</summary>
    public void Add(EventChains chains, in PendingEvent item)
    {
        int bucket = (int)((item.TimeNs - _startNs) / WidthNs);
        _heads[bucket] = chains.Rent(item, _heads[bucket]);
        _counts[bucket]++;
    }

    /// <summary>Takes the next bucket that is not empty.</summary>
    public bool TryTakeBucket(out int head, out int count, out long startNs)
    {
        while (_current < _buckets && _counts[_current] == 0)
        {
            _current++;
        }

        if (_current == _buckets)
        {
            head = EventChains.None;
            count = 0;
            startNs = 0;
            return false;
        }

        startNs = CurrentNs;
        head = _heads[_current];
        count = _counts[_current];
        _counts[_current] = 0;
        _current++;
        return true;
    }
}
