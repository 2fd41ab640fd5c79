using Piccolo.Sim.Engine;

namespace Piccolo.Bench.Sim.Queues;

/// <summary>The queue of the simulator's kernel, with a record for each slot as the kernel has one.</summary>
internal sealed class KernelQueue : IPendingEvents
{
    private readonly EventQueue _queue = new();
    private ulong[] _orders = new ulong[64];

    public int Count => _queue.Count;

    public void Add(PendingEvent item)
    {
        if (item.Slot >= _orders.Length)
        {
            Array.Resize(ref _orders, Math.Max(item.Slot + 1, 2 * _orders.Length));
        }

        _orders[item.Slot] = item.Order;
        _queue.Push(item.TimeNs, item.Order, item.Slot);
    }

    public bool TryTake(out PendingEvent item)
    {
        if (_queue.NextTimeNs == long.MaxValue)
        {
            item = default;
            return false;
        }

        int slot = _queue.Pop(out long timeNs);
        item = new PendingEvent(timeNs, _orders[slot], slot);
        return true;
    }
}
