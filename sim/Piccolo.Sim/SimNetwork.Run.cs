using System.Runtime.ExceptionServices;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim;

/// <content>Running: windows in which no partition can touch another, and control events between them.</content>
public sealed partial class SimNetwork
{
    private WindowRunner? _runner;
    private EscapeWatch? _escapes;
    private bool _isDisposed;
    private volatile bool _isInWindow;

    /// <summary>Runs everything that is due before a time, and the control events of that time.</summary>
    /// <param name="timeNs">Nanoseconds of virtual time, not in the past.</param>
    /// <exception cref="SimulationException">
    /// An application failed, or a check that always runs; a network that failed does not run on, but throws the same again.
    /// </exception>
    public void RunUntil(long timeNs)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        RefuseInEvents(nameof(RunUntil));
        ArgumentOutOfRangeException.ThrowIfLessThan(timeNs, NowNs);
        ThrowFault();
        _runner ??= _partitions.Length > 1 ? new WindowRunner(_partitions, PartitionCount) : null;
        foreach (Partition partition in _partitions)
        {
            partition.TakeOwnership();
        }

        // Code of applications continues on its node's scheduler, and not where whoever runs the network has its own code continue.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _escapes?.Begin();
        try
        {
            RunAll(timeNs);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        _escapes?.End();
        ThrowFault();
        CheckConservation();
    }

    /// <summary>Whether nodes run, each on the thread of its partition.</summary>
    internal bool IsInWindow => _isInWindow;

    /// <summary>Has applications in <c>async</c> code watched for what leaves their node's scheduler.</summary>
    internal EscapeWatch WatchEscapes()
    {
        lock (_faultGate)
        {
            return _escapes ??= new EscapeWatch();
        }
    }

    private void RunAll(long timeNs)
    {
        while (true)
        {
            long limitNs = timeNs;
            if (_controls.TryPeek(out _, out (long TimeNs, long Number) next))
            {
                limitNs = Math.Min(limitNs, next.TimeNs);
            }

            RunWindows(limitNs);
            NowNs = limitNs;
            bool didControl = RunControls(limitNs);
            if (limitNs == timeNs && !didControl)
            {
                break;
            }
        }
    }

    /// <summary>Ends the threads of the partitions.</summary>
    public void Dispose()
    {
        RefuseInEvents(nameof(Dispose));
        if (!_isDisposed)
        {
            _isDisposed = true;
            _runner?.Dispose();
        }
    }

    /// <summary>Refuses what would race with other partitions, or change what a window was planned by.</summary>
    internal void RefuseInEvents(string what)
    {
        if (_isInWindow)
        {
            throw new InvalidOperationException(
                $"{what} changes the network as a whole: only before the run, between runs or from a control event");
        }
    }

    private void RunWindows(long limitNs)
    {
        _isInWindow = true;
        try
        {
            if (_runner is null)
            {
                if (FirstFault.Run(_partitions[0], limitNs) is Exception error)
                {
                    ExceptionDispatchInfo.Throw(error);
                }

                _partitions[0].AdvanceTo(limitNs);
            }
            else
            {
                _runner.RunBefore(limitNs, LookaheadNs);
            }
        }
        catch (SimulationException fault)
        {
            _fault ??= fault;
            throw;
        }
        catch (StandstillException error)
        {
            _fault ??= new SimulationException(error.Message, string.Empty, error.TimeNs, Seed, error);
            throw _fault;
        }
        finally
        {
            _isInWindow = false;
        }

        ThrowFault();
    }

    private bool RunControls(long nowNs)
    {
        foreach (Partition partition in _partitions)
        {
            partition.TakeOwnership();
        }

        bool didControl = false;
        while (_controls.TryPeek(out _, out (long TimeNs, long Number) next) && next.TimeNs == nowNs)
        {
            didControl = true;
            _controls.Dequeue()();
            ThrowFault();
        }

        return didControl;
    }

    private void ThrowFault()
    {
        if (_fault is not null)
        {
            throw _fault;
        }
    }
}
