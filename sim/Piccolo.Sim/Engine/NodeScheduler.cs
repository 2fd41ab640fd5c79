using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Engine;

/// <summary>Runs a node's tasks in virtual time, one after the other, on whatever thread runs the node's partition.</summary>
/// <remarks>
/// A task is run before the event that queued it ends; one that is queued after its event charged the node's processor is run when
/// the processor is done. Continuations of <c>await</c> come back here as long as nobody wrote <c>ConfigureAwait(false)</c>.
/// </remarks>
internal sealed class NodeScheduler(SimNode node) : TaskScheduler, IEventTarget
{
    private readonly Queue<Task> _ready = new();

    /// <summary>How many tasks can take virtual time side by side: one for each core. One runs at a time.</summary>
    public override int MaximumConcurrencyLevel => node.Cpu.Settings.Cores;

    /// <summary>Runs a task that is ready.</summary>
    /// <returns>False when there is none.</returns>
    public bool RunNext()
    {
        if (!_ready.TryDequeue(out Task? task))
        {
            return false;
        }

        TryExecuteTask(task);
        return true;
    }

    /// <summary>Forgets what waits; the node crashed.</summary>
    public void Clear() => _ready.Clear();

    /// <inheritdoc/>
    void IEventTarget.Fire(Partition partition, long argument, object? payload)
    {
        if (argument == node.Life)
        {
            _ready.Enqueue((Task)payload!);
            node.Run(static () => { });
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        try
        {
            node.CheckThread();
        }
        catch (SimulationException refusal)
        {
            // The runtime hides what is thrown from here, and the task would be lost in silence.
            node.Network.ReportFault(node, refusal);
            throw;
        }

        if (node.IsRunning && node.OutputTimeNs <= node.NowNs)
        {
            _ready.Enqueue(task);
        }
        else
        {
            node.Post(node.OutputTimeNs, this, node.Life, task);
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && node.IsRunning && node.OutputTimeNs <= node.NowNs && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _ready.ToArray();
}
