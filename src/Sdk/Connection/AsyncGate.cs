namespace Piccolo.Sdk.Connection;

/// <summary>Lets one asynchronous section at a time through, in the order in which they came.</summary>
/// <remarks>
/// Thread-safe. Whoever waits continues on the scheduler that it waits on. A semaphore of the framework does not promise
/// that: with a token it goes through the thread pool first.
/// </remarks>
internal sealed class AsyncGate
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _isTaken;

    /// <summary>Waits for the gate; who got it leaves it with <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the gate was not entered.</exception>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return;
            }

            _waiting.AddLast(wait);
        }

        using (cancellation.Register(() => GiveUp(wait, cancellation)))
        {
            await wait.Task;
        }
    }

    /// <summary>Leaves the gate to the next one.</summary>
    public void Leave()
    {
        TaskCompletionSource? next = null;
        lock (_gate)
        {
            if (_waiting.First is { } first)
            {
                next = first.Value;
                _waiting.RemoveFirst();
            }
            else
            {
                _isTaken = false;
            }
        }

        next?.TrySetResult();
    }

    /// <summary>Only who is still in the queue can give up: who was let through must enter, or nobody would leave.</summary>
    private void GiveUp(TaskCompletionSource wait, CancellationToken cancellation)
    {
        bool wasWaiting;
        lock (_gate)
        {
            wasWaiting = _waiting.Remove(wait);
        }

        if (wasWaiting)
        {
            wait.TrySetCanceled(cancellation);
        }
    }
}
