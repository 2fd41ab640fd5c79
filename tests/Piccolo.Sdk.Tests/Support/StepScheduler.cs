using System.Collections.Concurrent;

namespace Piccolo.Sdk.Tests.Support;

/// <summary>Runs work when the test says so, on the thread of the test.</summary>
internal sealed class StepScheduler : TaskScheduler
{
    private readonly ConcurrentQueue<Task> _tasks = new();

    /// <summary>How many pieces of work ran.</summary>
    public int RunCount { get; private set; }

    /// <summary>Runs everything that was queued, and what that queues.</summary>
    public void RunAll()
    {
        while (_tasks.TryDequeue(out Task? task))
        {
            RunCount++;
            TryExecuteTask(task);
        }
    }

    protected override void QueueTask(Task task) => _tasks.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
}
