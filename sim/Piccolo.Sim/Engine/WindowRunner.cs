using System.Runtime.ExceptionServices;

namespace Piccolo.Sim.Engine;

/// <summary>Runs partitions, side by side or in turn, in windows: nothing posted in one reaches another partition in the same.</summary>
/// <remarks>
/// Conservative: a window begins at the earliest event of all and ends a lookahead later, which is the least delay of a link between
/// partitions. Each lane runs several partitions, one after the other: the calling thread lane 0, a thread of its own each other. One
/// barrier ends a window: before it each lane says when its next event is due, what it posted to others included; after it each thread
/// computes the same next window from what all said, and takes what the others posted. All partitions close and open the same sides,
/// so that what is said and posted in a window is kept apart from that of the next one.
/// Source: K. M. Chandy, J. Misra, "Asynchronous distributed simulation via a sequence of parallel computations" (1981), in the
/// form with barriers.
/// </remarks>
internal sealed class WindowRunner : IDisposable
{
    private const int HeavyEventsMin = 48;
    private const int LightEventsMax = 12;
    private const int FirstBalanceWindows = 16;
    private const int BalanceWindowsMax = 4096;

    private readonly Partition[] _partitions;
    private readonly LaneBalance _balance;
    private readonly Thread[] _threads;
    private readonly SpinBarrier _windowEnd;
    private readonly SpinBarrier _allEnd;
    private readonly SemaphoreSlim[] _wakeUps;
    private readonly LaneReport[][] _reports;
    private readonly Exception?[] _errors;
    private readonly Exception?[] _laneErrors;
    private readonly LaneLoad[] _loads;
    private int _balanceWindows = FirstBalanceWindows;
    private int _side;
    private Window _first;
    private long _limitNs;
    private long _lookaheadNs;
    private volatile bool _isEnded;

    /// <summary>Starts the threads; they wait.</summary>
    /// <param name="partitions">What to run.</param>
    /// <param name="lanes">On how many threads.</param>
    public WindowRunner(Partition[] partitions, int lanes)
    {
        _partitions = partitions;
        _balance = new LaneBalance(partitions, lanes);
        _errors = new Exception?[partitions.Length];
        _laneErrors = new Exception?[lanes];
        _loads = [.. Enumerable.Range(0, lanes).Select(_ => new LaneLoad(lanes))];
        _windowEnd = new SpinBarrier(lanes);
        _allEnd = new SpinBarrier(lanes);
        _reports = [NewReports(lanes), NewReports(lanes)];
        _threads = new Thread[lanes];
        _wakeUps = new SemaphoreSlim[lanes];
        for (int i = 1; i < lanes; i++)
        {
            int lane = i;
            _wakeUps[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Serve(lane)) { IsBackground = true, Name = $"lane {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Runs what is due before a time in all partitions.</summary>
    /// <remarks>
    /// A window with few events is cheaper on one thread than a barrier is on several, all the more on a busy machine: the threads
    /// are woken when windows become heavy and sent back to sleep when they become light, and when one has more to do than the others.
    /// Who runs a window changes nothing in it.
    /// </remarks>
    public void RunBefore(long limitNs, long lookaheadNs)
    {
        _limitNs = limitNs;
        _lookaheadNs = lookaheadNs;
        foreach (Partition partition in _partitions)
        {
            partition.EndOwnership();
        }

        while (RunLightWindows() && RunHeavyWindows())
        {
            // By turns, until everything before the limit ran.
        }

        ThrowFirst();
        foreach (Partition partition in _partitions)
        {
            partition.AdvanceTo(limitNs);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _isEnded = true;
        for (int i = 1; i < _threads.Length; i++)
        {
            _wakeUps[i].Release();
            _threads[i].Join();
            _wakeUps[i].Dispose();
        }
    }

    private static LaneReport[] NewReports(int count) => [.. Enumerable.Range(0, count).Select(static _ => new LaneReport())];

    private void Serve(int lane)
    {
        while (true)
        {
            _wakeUps[lane].Wait();
            if (_isEnded)
            {
                return;
            }

            RunHeavyWindows(lane);
        }
    }

    /// <summary>Runs windows on the calling thread.</summary>
    /// <returns>True when a window was heavy and another is planned, false when nothing is left before the limit.</returns>
    private bool RunLightWindows()
    {
        long events = 0;
        while (true)
        {
            long earliestNs = long.MaxValue;
            TakeAllCrossings();
            bool isBroken = Array.Exists(_laneErrors, static error => error is not null);
            foreach (Partition partition in _partitions)
            {
                earliestNs = Math.Min(earliestNs, partition.NextTimeNs);
                isBroken |= _errors[partition.Index] is not null;
            }

            _first = Plan(earliestNs);
            if (isBroken || !_first.IsBefore(_limitNs))
            {
                return false;
            }

            if (events >= HeavyEventsMin && _threads.Length > 1)
            {
                return true;
            }

            events = 0;
            foreach (Partition partition in _partitions)
            {
                events += RunOne(partition, _first.EndNs);
            }
        }
    }

    /// <summary>Runs windows on all threads, the first of them as <see cref="RunLightWindows"/> planned it.</summary>
    /// <returns>True when windows may be left, false when nothing is before the limit.</returns>
    private bool RunHeavyWindows()
    {
        for (int i = 1; i < _threads.Length; i++)
        {
            _wakeUps[i].Release();
        }

        Ending ending = RunHeavyWindows(0);
        if (ending == Ending.Uneven)
        {
            _balanceWindows = _balance.TryImprove() ? FirstBalanceWindows : Math.Min(_balanceWindows * 2, BalanceWindowsMax);
        }

        return ending != Ending.Done;
    }

    /// <summary>What each thread does; all of them leave after the same window.</summary>
    private Ending RunHeavyWindows(int lane)
    {
        Window window = _first;
        LaneLoad load = _loads[lane];
        int side = _side;
        Ending ending;
        do
        {
            RunLane(lane, window, _reports[side][lane]);
            _windowEnd.Arrive();

            long earliestNs = long.MaxValue;
            long events = 0;
            bool isBroken = false;
            LaneReport[] reports = _reports[side];
            for (int i = 0; i < reports.Length; i++)
            {
                earliestNs = Math.Min(earliestNs, reports[i].NextNs);
                events += reports[i].Events;
                isBroken |= reports[i].IsBroken;
                load.Add(i, reports[i].Events);
            }

            TakeCrossings(lane, side);
            window = Plan(earliestNs);
            ending = isBroken || !window.IsBefore(_limitNs) ? Ending.Done
                : events < LightEventsMax ? Ending.Light
                : load.IsUneven(_balanceWindows) ? Ending.Uneven
                : Ending.None;
            side = 1 - side;
        }
        while (ending == Ending.None);

        // Nobody goes on before all have taken what was posted to them.
        _allEnd.Arrive();
        if (lane == 0)
        {
            _side = side;
        }

        return ending;
    }

    private void RunLane(int lane, Window window, LaneReport report)
    {
        long events = 0;
        long nextNs = long.MaxValue;
        bool isBroken = _laneErrors[lane] is not null;
        foreach (Partition partition in _balance.PartitionsOf(lane))
        {
            events += RunOne(partition, window.EndNs);
            isBroken |= _errors[partition.Index] is not null;
        }

        foreach (Partition partition in _balance.PartitionsOf(lane))
        {
            nextNs = Math.Min(nextNs, Math.Min(partition.NextTimeNs, partition.CloseSide()));
        }

        report.NextNs = nextNs;
        report.Events = events;
        report.IsBroken = isBroken;
    }

    /// <summary>Runs a window of a partition.</summary>
    /// <returns>How many events there were.</returns>
    private long RunOne(Partition partition, long endNs)
    {
        if (partition.NextTimeNs >= endNs)
        {
            return 0;
        }

        long before = partition.EventCount;
        _errors[partition.Index] = partition.RunAlone(endNs);
        return partition.EventCount - before;
    }

    /// <summary>The window that begins with an event.</summary>
    private Window Plan(long earliestNs) => new(
        earliestNs, earliestNs > long.MaxValue - _lookaheadNs ? _limitNs : Math.Min(_limitNs, earliestNs + _lookaheadNs));

    /// <summary>On the calling thread, for all lanes; a single one has none.</summary>
    private void TakeAllCrossings()
    {
        if (_threads.Length == 1)
        {
            return;
        }

        CloseSide();
        for (int lane = 0; lane < _threads.Length; lane++)
        {
            TakeCrossings(lane, 1 - _side);
        }
    }

    private void CloseSide()
    {
        foreach (Partition partition in _partitions)
        {
            partition.CloseSide();
        }

        _side = 1 - _side;
    }

    /// <summary>Never fails: a thread that did not come to the next barrier would be waited for without end.</summary>
    private void TakeCrossings(int lane, int side)
    {
        try
        {
            foreach (Partition partition in _partitions)
            {
                partition.HandOver(lane, side);
            }
        }
        catch (OutOfMemoryException error)
        {
            _laneErrors[lane] = error;
        }
    }

    /// <summary>Of several faults the first, not that of whoever was quicker.</summary>
    private void ThrowFirst()
    {
        Exception? first = null;
        foreach (Exception? error in _errors.Concat(_laneErrors))
        {
            first = FirstFault.Of(first, error);
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>Why the threads stop for now.</summary>
    private enum Ending
    {
        None,
        Done,
        Light,
        Uneven,
    }

    /// <summary>What runs between two barriers.</summary>
    /// <param name="BeginNs">When its first event is due.</param>
    /// <param name="EndNs">What is due from then on does not run in it.</param>
    private readonly record struct Window(long BeginNs, long EndNs)
    {
        public bool IsBefore(long limitNs) => BeginNs < limitNs;
    }

    /// <summary>What a lane says at the end of a window.</summary>
    /// <remarks>Larger than a cache line, because each thread writes its own.</remarks>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 128)]
    private sealed class LaneReport
    {
        [System.Runtime.InteropServices.FieldOffset(0)]
        public long NextNs;

        [System.Runtime.InteropServices.FieldOffset(8)]
        public long Events;

        [System.Runtime.InteropServices.FieldOffset(16)]
        public bool IsBroken;
    }
}
