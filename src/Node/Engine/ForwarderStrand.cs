using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Piccolo.Drivers;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Management;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Node.Engine;

/// <summary>One forwarder engine and its inbox, run by one thread at a time: whoever brings work while nobody runs it.</summary>
/// <remarks>
/// docs/adr/0003 says why. Thread-safe. A thread that finds the engine busy leaves its work in the inbox and returns.
/// Bound: <see cref="QueuedFramesMax"/> frames wait at most; more are dropped and counted.
/// Owns: every lease posted to it, until the engine has read it.
/// </remarks>
internal sealed partial class ForwarderStrand : IDisposable
{
    /// <summary>How many received frames may wait for the engine.</summary>
    public const int QueuedFramesMax = 65_536;

    private const int ItemsPerTurn = 64;
    private const int BatchMax = 64;

    private readonly ForwarderCore _core;
    private readonly ForwarderManagement _management;
    private readonly HostClock _clock;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<WorkItem> _inbox = new();
    private readonly Dictionary<FaceId, LinkPort> _ports = [];
    private readonly FrameLease[] _batch = new FrameLease[BatchMax];
    private readonly Timer _timer;
    private int _owner;
    private int _queuedFrames;
    private long _droppedFrames;
    private long _faults;
    private long _armedFor = long.MaxValue;
    private volatile bool _stopped;

    /// <summary>Makes a strand around an engine that nobody else touches from here on.</summary>
    public ForwarderStrand(ForwarderCore core, ForwarderManagement management, HostClock clock, ILogger log)
    {
        _core = core;
        _management = management;
        _clock = clock;
        _log = log;
        _timer = new Timer(static state => ((ForwarderStrand)state!).OnTimer(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Gets each face that management asks for, with the id to complete the request with; must not block.</summary>
    public Action<ulong, FaceCreationRequest>? FaceRequested { get; set; }

    /// <summary>Frames dropped because <see cref="QueuedFramesMax"/> were waiting.</summary>
    public long DroppedFrames => Interlocked.Read(ref _droppedFrames);

    /// <summary>Faults of the engine that were survived; each is logged.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Runs something on the engine, soon, in order with the frames.</summary>
    /// <param name="action">Gets the engine and the time; must not block.</param>
    public void Post(Action<ForwarderCore, Instant> action)
    {
        _inbox.Enqueue(new WorkItem(null, null, action));
        Run();
    }

    /// <summary>Runs something on the engine and hands back what it returned.</summary>
    public Task<T> CallAsync<T>(Func<ForwarderCore, Instant, T> function)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post((core, now) =>
        {
            try
            {
                completion.SetResult(function(core, now));
            }
            catch (Exception error)
            {
                completion.SetException(error);
                throw;
            }
        });
        return completion.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped = true;
        _timer.Dispose();
    }

    /// <summary>Takes frames of a link: straight to the engine while nobody runs it and nothing waits, else to the inbox.</summary>
    internal void PostFrames(LinkPort port, ReadOnlySpan<FrameLease> frames)
    {
        if (_inbox.IsEmpty && !_stopped && Interlocked.CompareExchange(ref _owner, 1, 0) == 0)
        {
            try
            {
                RunFrames(port, frames);
            }
            finally
            {
                Volatile.Write(ref _owner, 0);
            }

            Interlocked.MemoryBarrier();
            Run();
            return;
        }

        foreach (FrameLease frame in frames)
        {
            if (_stopped || Interlocked.Increment(ref _queuedFrames) > QueuedFramesMax)
            {
                Interlocked.Decrement(ref _queuedFrames);
                Interlocked.Increment(ref _droppedFrames);
                frame.Dispose();
                continue;
            }

            _inbox.Enqueue(new WorkItem(port, frame, null));
        }

        Run();
    }

    private void OnTimer()
    {
        Volatile.Write(ref _armedFor, long.MaxValue);
        Post(static (_, _) => { });
    }

    /// <summary>Runs the engine unless somebody does; that somebody looks at the inbox once more before leaving.</summary>
    private void Run()
    {
        while (!_inbox.IsEmpty)
        {
            if (Interlocked.CompareExchange(ref _owner, 1, 0) != 0)
            {
                return;
            }

            try
            {
                RunTurns();
            }
            finally
            {
                Volatile.Write(ref _owner, 0);
            }

            Interlocked.MemoryBarrier();
        }
    }

    private void RunFrames(LinkPort port, ReadOnlySpan<FrameLease> frames)
    {
        Instant now = _clock.Now;
        foreach (FrameLease frame in frames)
        {
            RunFrame(port, frame, now);
        }

        FinishTurn(now);
        RunTurns();
    }

    private void RunTurns()
    {
        while (!_inbox.IsEmpty)
        {
            Instant now = _clock.Now;
            for (int i = 0; i < ItemsPerTurn && _inbox.TryDequeue(out WorkItem item); i++)
            {
                RunItem(in item, now);
            }

            FinishTurn(now);
        }

        ArmTimer();
    }

    private void FinishTurn(Instant now)
    {
        if (_core.NextTimeout <= now)
        {
            Guarded(now, static (core, at) => core.HandleTimeout(at));
        }

        SendAll();
        while (_core.TryTakeEvent(out ForwarderEvent e))
        {
            try
            {
                OnEvent(e);
            }
            catch (Exception error)
            {
                OnFault(error);
            }
        }
    }

    private void RunItem(in WorkItem item, Instant now)
    {
        if (item.Frame is null)
        {
            Guarded(now, item.Action!);
            return;
        }

        Interlocked.Decrement(ref _queuedFrames);
        RunFrame(item.Port!, item.Frame, now);
    }

    private void RunFrame(LinkPort port, FrameLease frame, Instant now)
    {
        try
        {
            if (!port.IsClosed)
            {
                _core.HandleFrame(port.Face, frame.Span, now);
            }
        }
        catch (Exception error)
        {
            OnFault(error);
        }
        finally
        {
            frame.Dispose();
        }
    }

    private void Guarded(Instant now, Action<ForwarderCore, Instant> action)
    {
        try
        {
            action(_core, now);
        }
        catch (Exception error)
        {
            OnFault(error);
        }
    }

    private void OnFault(Exception error)
    {
        Interlocked.Increment(ref _faults);
        LogFault(error);
    }

    private void SendAll()
    {
        int count = 0;
        FaceId face = default;
        while (_core.TryTakeTransmit(out Transmit transmit))
        {
            if (count == BatchMax || (count > 0 && transmit.Face != face))
            {
                SendBatch(face, count);
                count = 0;
            }

            face = transmit.Face;
            _batch[count++] = transmit.Frame;
        }

        if (count > 0)
        {
            SendBatch(face, count);
        }
    }

    private void SendBatch(FaceId face, int count)
    {
        ReadOnlySpan<FrameLease> frames = _batch.AsSpan(0, count);
        if (_ports.TryGetValue(face, out LinkPort? port))
        {
            Send(face, port.Link, frames);
            return;
        }

        foreach (FrameLease frame in frames)
        {
            frame.Dispose();
        }
    }

    private void Send(FaceId face, ILink link, ReadOnlySpan<FrameLease> frames)
    {
        try
        {
            link.Send(frames);
            if (link.Capabilities.ReportsSendQueue)
            {
                _core.HandleSendQueue(face, link.SendQueueOctets);
            }
        }
        catch (Exception error)
        {
            OnFault(error);
        }
    }

    private void ArmTimer()
    {
        Instant next = _core.NextTimeout;
        if (next == Instant.Never || _stopped || next.Nanoseconds >= Volatile.Read(ref _armedFor))
        {
            return;
        }

        Volatile.Write(ref _armedFor, next.Nanoseconds);
        double milliseconds = Math.Ceiling((next - _clock.Now).TotalMilliseconds);
        try
        {
            _timer.Change((long)Math.Clamp(milliseconds, 1, uint.MaxValue - 2), Timeout.Infinite);
        }
        catch (ObjectDisposedException) when (_stopped)
        {
            Volatile.Write(ref _armedFor, long.MaxValue);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The forwarding engine failed on one input and goes on")]
    private partial void LogFault(Exception error);

    private readonly record struct WorkItem(LinkPort? Port, FrameLease? Frame, Action<ForwarderCore, Instant>? Action);
}
