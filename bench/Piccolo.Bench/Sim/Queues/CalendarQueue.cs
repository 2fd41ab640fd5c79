using System.Numerics;

namespace Piccolo.Bench.Sim.Queues;

/// <summary>
/// A year of sorted days: an event goes to the day of its time, whichever year; taking walks through the days of this year.
/// </summary>
/// <remarks>
/// Days are doubled when there are two events for each, halved when there is one for two, and then their length is estimated again from the
/// gaps between the first events. Lengths are powers of two, so that finding the day is a shift.
/// Source: Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem", 1988.
/// </remarks>
internal sealed class CalendarQueue : IPendingEvents
{
    private const int DaysMin = 2;
    private const int SampleMax = 25;

    private readonly EventChains _chains = new();
    private int[] _days = [EventChains.None, EventChains.None];
    private int _dayShift = 20;
    private long _today;

    public int Count { get; private set; }

    public void Add(PendingEvent item)
    {
        Insert(_chains.Rent(item, EventChains.None));
        if (++Count > 2 * _days.Length)
        {
            Resize(2 * _days.Length);
        }
    }

    public bool TryTake(out PendingEvent item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        int day = FindFirst();
        int node = _days[day];
        item = _chains[node];
        _days[day] = _chains.Return(node);
        _today = item.TimeNs >> _dayShift;
        if (--Count < _days.Length / 2 && _days.Length > DaysMin)
        {
            Resize(_days.Length / 2);
        }

        return true;
    }

    private void Insert(int node)
    {
        ref readonly PendingEvent item = ref _chains[node];
        ref int head = ref _days[(int)(item.TimeNs >> _dayShift) & (_days.Length - 1)];
        if (head == EventChains.None || item.IsBefore(_chains[head]))
        {
            _chains.Link(node, head);
            head = node;
            return;
        }

        int before = head;
        for (int next = _chains.Next(before); next != EventChains.None && _chains[next].IsBefore(item); next = _chains.Next(before))
        {
            before = next;
        }

        _chains.Link(node, _chains.Next(before));
        _chains.Link(before, node);
    }

    /// <summary>The day whose head is the first event: within a year from today, or else by comparing all heads.</summary>
    private int FindFirst()
    {
        int mask = _days.Length - 1;
        for (long number = _today; number < _today + _days.Length; number++)
        {
            int head = _days[(int)number & mask];
            if (head != EventChains.None && _chains[head].TimeNs >> _dayShift == number)
            {
                return (int)number & mask;
            }
        }

        int first = -1;
        for (int day = 0; day < _days.Length; day++)
        {
            if (_days[day] != EventChains.None && (first < 0 || _chains[_days[day]].IsBefore(_chains[_days[first]])))
            {
                first = day;
            }
        }

        return first;
    }

    private void Resize(int days)
    {
        long startNs = _today << _dayShift;
        int[] old = _days;
        int shift = EstimateShift();
        _days = new int[days];
        Array.Fill(_days, EventChains.None);
        _dayShift = shift;
        _today = startNs >> shift;
        foreach (int head in old)
        {
            for (int node = head; node != EventChains.None;)
            {
                int next = _chains.Next(node);
                Insert(node);
                node = next;
            }
        }
    }

    /// <summary>Three times the mean gap between the first events, gaps of twice the mean left out, as a power of two.</summary>
    private int EstimateShift()
    {
        int wanted = Math.Min(SampleMax, Count);
        if (wanted < 2)
        {
            return _dayShift;
        }

        Span<PendingEvent> sample = stackalloc PendingEvent[SampleMax];
        long today = _today;
        for (int i = 0; i < wanted; i++)
        {
            int day = FindFirst();
            sample[i] = _chains[_days[day]];
            _days[day] = _chains.Return(_days[day]);
            _today = sample[i].TimeNs >> _dayShift;
        }

        _today = today;
        for (int i = 0; i < wanted; i++)
        {
            Insert(_chains.Rent(sample[i], EventChains.None));
        }

        long mean = (sample[wanted - 1].TimeNs - sample[0].TimeNs) / (wanted - 1);
        long sum = 0;
        int gaps = 0;
        for (int i = 1; i < wanted; i++)
        {
            long gap = sample[i].TimeNs - sample[i - 1].TimeNs;
            if (gap <= 2 * mean)
            {
                sum += gap;
                gaps++;
            }
        }

        ulong length = (ulong)Math.Max(1, 3 * sum / Math.Max(1, gaps));
        return Math.Min(BitOperations.Log2(length + (length >> 1)), 62);
    }
}
