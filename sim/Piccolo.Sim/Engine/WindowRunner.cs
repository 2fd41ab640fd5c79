using System.Runtime.ExceptionServices;

namespace Piccolo.Sim.Engine;

/// <summary>Runs partitions side by side, in windows so short that nothing posted in one reaches another partition in the same.</summary>
/// <remarks>
/// Conservative: a window begins at the earliest event of all and ends a lookahead later, which is the least delay of a link between
/// partitions. The calling thread runs partition 0, a thread of its own each other.
/// Source: K. M. Chandy, J. Misra, "Asynchronous distributed simulation via a sequence of parallel computations" (1981), in the
/// form with barriers.
/// </remarks>
internal sealed class ParallelRunner : IDisposable
{
    private const int HeavyEventsMin = 256;
    private const int LightEventsMax = 64;

    private readonly Partition[] _partitions;
    private readonly Thread[] _threads;
    private readonly SpinBarrier _begin;
    private readonly SpinBarrier _merged;
    private readonly SpinBarrier _done;
    private readonly Exception?[] _errors;
    private readonly SemaphoreSlim[] _wakeUps;
    private long _horizonNs;
    private volatile bool _isRunning;
    private volatile bool _isEnded;

    /// <summary>Starts the threads; they wait.</summary>
    public ParallelRunner(Partition[] partitions)
    {
        _partitions = partitions;
        _errors = new Exception?[partitions.Length];
        _begin = new SpinBarrier(partitions.Length);
        _merged = new SpinBarrier(partitions.Length);
        _done = new SpinBarrier(partitions.Length);
        _threads = new Thread[partitions.Length];
        _wakeUps = new SemaphoreSlim[partitions.Length];
        for (int i = 1; i < partitions.Length; i++)
        {
            int index = i;
            _wakeUps[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Serve(index)) { IsBackground = true, Name = $"partition {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Runs what is due before a time in all partitions.</summary>
    /// <remarks>
    /// A window with few events is cheaper on one thread than a barrier is on several, all the more on a busy machine: the threads
    /// are woken when windows become heavy and sent back to sleep when they become light. Who runs a window changes nothing in it.
    /// </remarks>
    public void RunBefore(long limitNs, long lookaheadNs)
    {
        while (RunLightWindows(limitNs, lookaheadNs) && RunHeavyWindows(limitNs, lookaheadNs))
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

    private void Serve(int index)
    {
        while (true)
        {
            _wakeUps[index].Wait();
            if (_isEnded)
            {
                return;
            }

            while (true)
            {
                _begin.Arrive();
                Merge(index);
                _merged.Arrive();
                _done.Arrive();
                if (!_isRunning)
                {
                    break;
                }

                RunOne(index, Volatile.Read(ref _horizonNs));
            }
        }
    }

    /// <summary>Runs windows on the calling thread.</summary>
    /// <returns>True when a window was heavy, false when nothing is left before the limit.</returns>
    private bool RunLightWindows(long limitNs, long lookaheadNs)
    {
        while (true)
        {
            for (int i = 0; i < _partitions.Length; i++)
            {
                Merge(i);
            }

            if (!TryPlan(limitNs, lookaheadNs, out long horizonNs))
            {
                return false;
            }

            long before = CountEvents();
            for (int i = 0; i < _partitions.Length; i++)
            {
                RunOne(i, horizonNs);
            }

            if (CountEvents() - before >= HeavyEventsMin)
            {
                return true;
            }
        }
    }

    /// <summary>Runs windows on all threads.</summary>
    /// <returns>True when a window was light, false when nothing is left before the limit.</returns>
    private bool RunHeavyWindows(long limitNs, long lookaheadNs)
    {
        // The flag is only written between two barriers: a thread that is late to read the end of the last call must not see the
        // beginning of this one.
        for (int i = 1; i < _threads.Length; i++)
        {
            _wakeUps[i].Release();
        }

        long before = CountEvents();
        bool isLight = false;
        bool isFirst = true;
        while (true)
        {
            // Everybody takes what the others posted, so that each knows its earliest event.
            _begin.Arrive();
            Merge(0);
            _merged.Arrive();
            bool isMore = TryPlan(limitNs, lookaheadNs, out long horizonNs);
            long count = CountEvents();
            isLight = !isFirst && count - before < LightEventsMax;
            isFirst = false;
            before = count;
            Volatile.Write(ref _horizonNs, horizonNs);
            _isRunning = isMore && !isLight;
            _done.Arrive();
            if (!isMore || isLight)
            {
                return isMore;
            }

            RunOne(0, horizonNs);
        }
    }

    /// <summary>How far the next window goes; false when there is none before the limit, or a partition failed.</summary>
    private bool TryPlan(long limitNs, long lookaheadNs, out long horizonNs)
    {
        long earliestNs = long.MaxValue;
        bool isBroken = false;
        for (int i = 0; i < _partitions.Length; i++)
        {
            earliestNs = Math.Min(earliestNs, _partitions[i].NextTimeNs);
            isBroken |= _errors[i] is not null;
        }

        horizonNs = earliestNs > long.MaxValue - lookaheadNs ? limitNs : Math.Min(limitNs, earliestNs + lookaheadNs);
        return !isBroken && earliestNs < limitNs;
    }

    private long CountEvents()
    {
        long count = 0;
        foreach (Partition partition in _partitions)
        {
            count += partition.EventCount;
        }

        return count;
    }

    private void Merge(int index)
    {
        _partitions[index].TakeOwnership();
        foreach (Partition other in _partitions)
        {
            _partitions[index].TakeFrom(other);
        }
    }

    private void RunOne(int index, long horizonNs) => _errors[index] = FirstFault.Run(_partitions[index], horizonNs);

    /// <summary>Of several faults the first, not that of whoever was quicker.</summary>
    private void ThrowFirst()
    {
        Exception? first = null;
        foreach (Exception? error in _errors)
        {
            first = FirstFault.Of(first, error);
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
