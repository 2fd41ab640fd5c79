namespace Piccolo.Sdk.Connection;

/// <summary>Work that must not hold up a connection: signing, verifying, running functions.</summary>
/// <remarks>
/// A scheduler of the host's own may say when a task's effects are due: the simulator's lets work take virtual time, and runs what is
/// queued after the work when that time is over. So the outcome goes to such a scheduler as a task of its own. The thread pool has no
/// such idea, and is spared the second task.
/// </remarks>
internal static class SlowWork
{
    /// <summary>Does work on the scheduler, and then what follows from it.</summary>
    /// <param name="scheduler">What runs both.</param>
    /// <param name="work">The work; must not throw.</param>
    /// <param name="afterwards">Takes its outcome.</param>
    public static void Start<TOutcome>(TaskScheduler scheduler, Func<TOutcome> work, Action<TOutcome> afterwards) => Queue(scheduler, () =>
    {
        TOutcome outcome = work();
        HandOver(scheduler, () => afterwards(outcome));
    });

    /// <summary>Does what follows from work that the running task did.</summary>
    public static void HandOver(TaskScheduler scheduler, Action afterwards)
    {
        if (scheduler == TaskScheduler.Default)
        {
            afterwards();
        }
        else
        {
            Queue(scheduler, afterwards);
        }
    }

    private static void Queue(TaskScheduler scheduler, Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
}
