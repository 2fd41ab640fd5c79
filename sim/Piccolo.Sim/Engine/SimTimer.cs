using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Engine;

/// <summary>A timer of a node, in virtual time; set again and again without allocating.</summary>
/// <remarks>Ends with the node: after a crash it never fires.</remarks>
public sealed class SimTimer : IEventTarget
{
    private readonly SimNode _node;
    private readonly Action _action;
    private readonly int _life;
    private EventHandle _event;
    private SimTimer? _before;
    private SimTimer? _after;

    internal SimTimer(SimNode node, Action action)
    {
        _node = node;
        _action = action;
        _life = node.Life;
    }

    /// <summary>Whether it will fire.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Lets it fire once, so long from now; an earlier setting is forgotten.</summary>
    /// <param name="delayNs">Nanoseconds of virtual time, not below 0; what leads beyond the end of time never comes.</param>
    public void Set(long delayNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delayNs);
        Cancel();
        if (_life == _node.Life)
        {
            IsSet = true;
            Join();
            _event = _node.Post(VirtualTimes.Later(_node.NowNs, delayNs), this, 0, null);
        }
    }

    /// <summary>Lets it fire no more.</summary>
    public void Cancel()
    {
        if (IsSet)
        {
            IsSet = false;
            Leave();
            _node.Partition.Cancel(_event);
        }
    }

    /// <summary>Ends all timers of a node that are set: nothing of a life that is over stays in memory until it would be due.</summary>
    internal static void CancelAll(SimNode node)
    {
        while (node.SetTimers is SimTimer timer)
        {
            timer.Cancel();
        }
    }

    /// <inheritdoc/>
    void IEventTarget.Fire(Partition partition, long argument, object? payload)
    {
        IsSet = false;
        Leave();
        if (_life == _node.Life)
        {
            _node.Run(_action);
        }
    }

    /// <summary>Becomes the first of the node's timers that are set; they are a list through themselves.</summary>
    private void Join()
    {
        _after = _node.SetTimers;
        _after?._before = this;
        _node.SetTimers = this;
    }

    private void Leave()
    {
        _after?._before = _before;
        if (_before is null)
        {
            _node.SetTimers = _after;
        }
        else
        {
            _before._after = _after;
        }

        _before = null;
        _after = null;
    }
}
