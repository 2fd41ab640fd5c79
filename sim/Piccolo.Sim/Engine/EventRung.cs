using System.Numerics;

namespace Piccolo.Sim.Engine;

/// <summary>A stretch of time cut into buckets of one length, a power of two, so that finding a bucket is a shift.</summary>
/// <remarks>Holds the heads of lists that the queue's nodes form. Bound: as many buckets as it began with events.</remarks>
internal sealed class EventRung
{
    private int[] _heads = [];
    private long _startNs;
    private int _shift;
    private int _current;
    private int _buckets;

    /// <summary>How many events are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Where the buckets begin that were not taken yet: what is earlier does not belong here.</summary>
    public long CurrentNs { get; private set; }

    /// <summary>Begins anew, for so many events of a stretch of time.</summary>
    /// <param name="firstNs">The earliest time.</param>
    /// <param name="lastNs">The latest time, itself included.</param>
    /// <param name="count">Events that are about to be added.</param>
    public void Start(long firstNs, long lastNs, int count)
    {
        long spanNs = lastNs - firstNs;
        _shift = 64 - BitOperations.LeadingZeroCount((ulong)(spanNs / count));
        _startNs = firstNs;
        CurrentNs = firstNs;
        _current = 0;
        _buckets = (int)(spanNs >> _shift) + 1;
        if (_heads.Length < _buckets)
        {
            _heads = new int[BitOperations.RoundUpToPowerOf2((uint)_buckets)];
        }

        _heads.AsSpan(0, _buckets).Fill(EventQueue.None);
    }

    /// <summary>The head of the list that an event belongs to; the caller puts it there.</summary>
    /// <param name="timeNs">The event's time, not before <see cref="CurrentNs"/> and not after the stretch.</param>
    public ref int HeadFor(long timeNs)
    {
        Count++;
        return ref _heads[(int)((timeNs - _startNs) >> _shift)];
    }

    /// <summary>Takes the next bucket that has events; only when there is one.</summary>
    /// <param name="firstNs">The bucket's first moment.</param>
    /// <param name="lastNs">Its last.</param>
    /// <returns>The first of its nodes.</returns>
    public int TakeBucket(out long firstNs, out long lastNs)
    {
        int bucket = _current;
        while (_heads[bucket] == EventQueue.None)
        {
            bucket++;
        }

        int head = _heads[bucket];
        _heads[bucket] = EventQueue.None;
        _current = bucket + 1;
        firstNs = _startNs + ((long)bucket << _shift);
        lastNs = firstNs + ((1L << _shift) - 1);
        if (lastNs < firstNs)
        {
            lastNs = EventQueue.LastNs;
        }

        CurrentNs = lastNs + 1;
        return head;
    }

    /// <summary>Notes that nodes are no longer in it.</summary>
    public void Subtract(int count) => Count -= count;

    /// <summary>The heads of the buckets that were not taken yet.</summary>
    public Span<int> Heads => _heads.AsSpan(_current, _buckets - _current);
}
