using Piccolo.Ndn.Naming;

namespace Piccolo.Sdk.Functions;

/// <summary>A call that waits or runs, and how it is stopped.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RunningCall : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>A call that nobody has stopped.</summary>
    public RunningCall(Name function, Action<ulong>? fuelCharged) =>
        Context = new FunctionContext(function, _cancellation.Token, fuelCharged);

    /// <summary>What the function sees.</summary>
    public FunctionContext Context { get; }

    /// <summary>Stops the call: at once for who charges fuel, through its token when the scheduler gets to it.</summary>
    /// <remarks>What the function registered with its token runs on the scheduler, not on the thread that stops it.</remarks>
    public void Stop(TaskScheduler scheduler)
    {
        Context.Stop();
        if (scheduler == TaskScheduler.Default)
        {
            // The framework's own way to the thread pool, which it takes only if something is registered.
            _ = _cancellation.CancelAsync();
        }
        else
        {
            Task.Factory.StartNew(Cancel, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended before the scheduler came to this.
            return;
        }
    }
}
