using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Engine;

/// <summary>Sees when code of an application runs on a thread of the machine instead of its node's scheduler.</summary>
/// <remarks>
/// The execution context of an application's task carries its node. It follows the code to the thread pool, and the runtime tells
/// when a thread takes it over. So <c>ConfigureAwait(false)</c> and <c>Task.Run</c> are noticed when the code begins to run there, and
/// not only when it next uses the node. A continuation that still waits for a thread when <see cref="SimNetwork.RunUntil"/> returns would
/// be missed: if the pool did anything meanwhile, what it has queued is let begin first.
/// </remarks>
internal sealed class EscapeWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly AsyncLocal<SimNode?> _home = new(OnChanged);
    private long _completed;

    /// <summary>Starts something whose code must stay on a node's scheduler.</summary>
    public void Start(SimNode node, Action start)
    {
        _home.Value = node;
        try
        {
            start();
        }
        finally
        {
            _home.Value = null;
        }
    }

    /// <summary>A run begins.</summary>
    public void Begin() => _completed = ThreadPool.CompletedWorkItemCount;

    /// <summary>A run ends.</summary>
    public void End()
    {
        if (ThreadPool.PendingWorkItemCount == 0 && ThreadPool.CompletedWorkItemCount == _completed)
        {
            return;
        }

        var begun = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Set(), begun, preferLocal: false);
        begun.Wait(Patience);
    }

    private static void OnChanged(AsyncLocalValueChangedArgs<SimNode?> change)
    {
        // What is thrown here would end the process.
        if (change.ThreadContextChanged && change.CurrentValue is SimNode node && !node.Partition.IsOwnThread)
        {
            node.Network.ReportFault(node, node.Escape());
        }
    }
}
