using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests;

/// <summary>Keeps copies of what a link delivers, and lets a test await a number of frames or the end.</summary>
internal sealed class RecordingReceiver : ILinkReceiver
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<(LinkCloseReason, string)> _closed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte[]> _frames = [];
    private readonly List<Instant> _arrivals = [];
    private readonly List<int> _batches = [];
    private TaskCompletionSource? _waiter;
    private int _wanted;
    private int _closeCount;
    private int _inside;
    private bool _overlapped;

    /// <summary>Runs for each batch, before the leases are given back.</summary>
    internal Action<ILink>? OnBatch { get; set; }

    internal List<byte[]> Frames
    {
        get
        {
            lock (_gate)
            {
                return [.. _frames];
            }
        }
    }

    internal List<Instant> Arrivals
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrivals];
            }
        }
    }

    internal List<int> Batches
    {
        get
        {
            lock (_gate)
            {
                return [.. _batches];
            }
        }
    }

    internal int CloseCount => Volatile.Read(ref _closeCount);

    internal bool Overlapped => Volatile.Read(ref _overlapped);

    internal bool GotFramesAfterClose { get; private set; }

    public void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames)
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            Volatile.Write(ref _overlapped, true);
        }

        OnBatch?.Invoke(link);
        lock (_gate)
        {
            GotFramesAfterClose |= _closeCount > 0;
            _batches.Add(frames.Length);
            foreach (FrameLease frame in frames)
            {
                _frames.Add(frame.Span.ToArray());
                _arrivals.Add(frame.Arrival);
                frame.Dispose();
            }

            if (_waiter is not null && _frames.Count >= _wanted)
            {
                _waiter.TrySetResult();
            }
        }

        Interlocked.Decrement(ref _inside);
    }

    public void OnClosed(ILink link, LinkCloseReason reason, string detail)
    {
        Interlocked.Increment(ref _closeCount);
        _closed.TrySetResult((reason, detail));
    }

    internal async Task<List<byte[]>> ReceiveAsync(int count)
    {
        Task waiting;
        lock (_gate)
        {
            if (_frames.Count >= count)
            {
                return [.. _frames];
            }

            _wanted = count;
            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _waiter.Task;
        }

        await waiting.WaitAsync(Patience);
        return Frames;
    }

    internal async Task<LinkCloseReason> ClosedAsync() => (await _closed.Task.WaitAsync(Patience)).Item1;

    internal async Task<string> ClosedDetailAsync() => (await _closed.Task.WaitAsync(Patience)).Item2;
}
