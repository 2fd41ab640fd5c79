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
            _event = _node.Post(VirtualTimes.Later(_node.NowNs, delayNs), this, 0, null);
        }
    }

    /// <summary>Lets it fire no more.</summary>
    public void Cancel()
    {
        if (IsSet)
        {
            IsSet = false;
            _node.Partition.Cancel(_event);
        }
    }

    /// <inheritdoc/>
    void IEventTarget.Fire(Partition partition, long argument, object? payload)
    {
        IsSet = false;
        if (_life == _node.Life)
        {
            _node.Run(_action);
        }
    }
}
