namespace Piccolo.Sim.Applications;

/// <summary>A consumer's deadlines, the next one first.</summary>
/// <remarks>
/// Mostly each is later than the one before, and a plain queue does. After a time-out was doubled, or shrank, some are earlier: those
/// go to a heap, so that a long wait for one Interest never hides that another one was lost.
/// </remarks>
internal sealed class DeadlineQueue
{
    private readonly Queue<Deadline> _rising = new();
    private readonly PriorityQueue<Deadline, (long DueNs, long Number)> _early = new();
    private long _lastNs;
    private long _number;

    /// <summary>Adds one.</summary>
    public void Add(Deadline deadline)
    {
        if (_rising.Count == 0 || deadline.DueNs >= _lastNs)
        {
            _rising.Enqueue(deadline);
            _lastNs = deadline.DueNs;
        }
        else
        {
            _early.Enqueue(deadline, (deadline.DueNs, _number++));
        }
    }

    /// <summary>The next one; false when there is none.</summary>
    public bool TryPeek(out Deadline next) => IsEarlyNext() ? _early.TryPeek(out next, out _) : _rising.TryPeek(out next);

    /// <summary>Removes the next one.</summary>
    public void Remove()
    {
        if (IsEarlyNext())
        {
            _early.Dequeue();
        }
        else
        {
            _rising.Dequeue();
        }
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _rising.Clear();
        _early.Clear();
    }

    private bool IsEarlyNext() =>
        _early.TryPeek(out Deadline early, out _) && (!_rising.TryPeek(out Deadline rising) || early.DueNs < rising.DueNs);
}
