using Piccolo.Ndn.Buffers;

namespace Piccolo.Sim.Engine;

/// <summary>Some of a network's nodes, with the events that are for them; one thread at a time runs it, that of its lane.</summary>
/// <remarks>
/// Events run in the order of (time, who posted, which of the poster's events it is). That order depends on no partition, so the same
/// nodes see the same events however the network is cut.
/// </remarks>
internal sealed class Partition
{
    private const long InstantEventsMax = 20_000_000;
    private const int TargetLines = 4;
    private const int PayloadLines = 3;
    private const int NoThread = -1;

    [ThreadStatic]
    private static Partition? _running;

    private readonly EventQueue _queue = new();
    private readonly List<Crossing>[][] _outboxes;
    private int _openSide;
    private long _postedNs = long.MaxValue;
    private Record[] _records = new Record[64];
    private int _used;
    private int _freeHead = -1;
    private int _cancelled;
    private long _instantBegan;
    private int _thread = Environment.CurrentManagedThreadId;

    /// <summary>An empty partition.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="lanes">How many threads there are.</param>
    public Partition(int index, int lanes)
    {
        Index = index;
        _outboxes = [NewOutboxes(lanes), NewOutboxes(lanes)];
    }

    /// <summary>Its number.</summary>
    public int Index { get; }

    /// <summary>The number of the thread that runs it, together with others.</summary>
    public int Lane { get; private set; }

    /// <summary>The time of the event that runs, or how far the partition has run.</summary>
    public long NowNs { get; private set; }

    /// <summary>Whether the caller is on the thread that may use the partition.</summary>
    public bool IsOwnThread => _thread == Environment.CurrentManagedThreadId;

    /// <summary>The node whose event runs on the calling thread by <see cref="RunAlone"/>; null when there is none.</summary>
    public static Nodes.SimNode? RunningNodeOfThread => _running?.RunningNode;

    /// <summary>The node whose event runs; null between events.</summary>
    public Nodes.SimNode? RunningNode { get; set; }

    /// <summary>Events that ran.</summary>
    public long EventCount { get; private set; }

    /// <summary>When its next event is due.</summary>
    public long NextTimeNs => _queue.NextTimeNs;

    /// <summary>Events that wait, here or to be handed over.</summary>
    public int PendingCount => _queue.Count - _cancelled + _outboxes.Sum(static side => side.Sum(static outbox => outbox.Count));

    /// <summary>Frames of its forwarders and applications.</summary>
    public FramePool Frames { get; } = new(FramePool.DefaultFrameSize, 64, isShared: false);

    /// <summary>Arrays for frames on their way, the same for all partitions of a lane.</summary>
    public OctetBuffers Buffers { get; private set; } = new();

    /// <summary>Posts an event for something of this partition.</summary>
    public EventHandle Post(long timeNs, ulong order, IEventTarget target, long argument, object? payload)
    {
        int slot = _freeHead;
        if (slot >= 0)
        {
            _freeHead = _records[slot].NextFree;
        }
        else
        {
            slot = _used++;
            if (slot == _records.Length)
            {
                Array.Resize(ref _records, slot * 2);
            }
        }

        ref Record record = ref _records[slot];
        record.Target = target;
        record.Payload = payload;
        record.Argument = argument;
        uint generation = ++record.Generation;
        _queue.Push(timeNs, order, slot);
        return new EventHandle(slot, generation);
    }

    /// <summary>Posts an event for something of another partition; to another lane it is handed over between two windows.</summary>
    public void PostAcross(Partition to, long timeNs, ulong order, IEventTarget target, long argument, object? payload)
    {
        if (to.Lane == Lane)
        {
            to.Post(timeNs, order, target, argument, payload);
            return;
        }

        _outboxes[_openSide][to.Lane].Add(new Crossing(to, timeNs, order, target, argument, payload));
        _postedNs = Math.Min(_postedNs, timeNs);
    }

    /// <summary>Takes back an event that has not run; harmless otherwise.</summary>
    public void Cancel(EventHandle handle)
    {
        if (handle.Generation == 0 || _records[handle.Slot].Generation != handle.Generation || _records[handle.Slot].Target is null)
        {
            return;
        }

        ref Record record = ref _records[handle.Slot];
        record.Target = null;
        record.Payload = null;
        _cancelled++;
        if (_cancelled > 1024 && _cancelled > _queue.Count / 2)
        {
            _queue.RemoveWhere(IsGone);
            _cancelled = 0;
        }
    }

    /// <summary>Runs what is due before a time.</summary>
    /// <remarks>Bound: so many events at one instant, then it is a fault; nothing that works posts as many without time passing.</remarks>
    public void RunBefore(long endNs)
    {
        while (_queue.NextTimeNs < endNs)
        {
            int slot = _queue.Pop(out long timeNs);
            ref Record record = ref _records[slot];
            IEventTarget? target = record.Target;
            object? payload = record.Payload;
            long argument = record.Argument;
            record.Target = null;
            record.Payload = null;
            record.NextFree = _freeHead;
            _freeHead = slot;
            if (target is null)
            {
                _cancelled--;
                continue;
            }

            if (timeNs != NowNs)
            {
                NowNs = timeNs;
                _instantBegan = EventCount;
            }
            else if (EventCount - _instantBegan > InstantEventsMax)
            {
                throw new StandstillException(timeNs, InstantEventsMax);
            }

            EventCount++;
            ExpectNext();
            target.Fire(this, argument, payload);
        }
    }

    /// <summary>
    /// In the midst of an event: the next one's target has come near since the event began, and says what else will be touched.
    /// </summary>
    /// <remarks>
    /// A node's tables are cold when its turn comes, and each is found by another; so they are fetched while the node before works. It
    /// gains where the tables of all nodes are larger than the caches, and nothing where they fit.
    /// </remarks>
    public void ExpectMore()
    {
        if (_queue.NextTimeNs != long.MaxValue)
        {
            _records[_queue.NextSlot].Target?.Expect(isAtOnce: false);
        }
    }

    /// <summary>At the end of an event: the next one comes at once.</summary>
    public void ExpectAtOnce()
    {
        if (_queue.NextTimeNs != long.MaxValue)
        {
            _records[_queue.NextSlot].Target?.Expect(isAtOnce: true);
        }
    }

    /// <summary>From here on the calling thread uses the partition.</summary>
    public void TakeOwnership() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Runs what is due before a time, on the calling thread and with no other partition beside it there.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public Exception? RunAlone(long endNs)
    {
        // An event of one network may run another one.
        Partition? outer = _running;
        TakeOwnership();
        _running = this;
        Exception? error = FirstFault.Run(this, endNs);
        _running = outer;
        EndOwnership();
        return error;
    }

    /// <summary>From here on no thread uses the partition.</summary>
    public void EndOwnership() => _thread = NoThread;

    /// <summary>Becomes one of a lane's; nothing may wait to be handed over.</summary>
    public void Join(int lane, OctetBuffers buffers)
    {
        Lane = lane;
        Buffers = buffers;
    }

    /// <summary>Lets time pass without events.</summary>
    public void AdvanceTo(long nowNs) => NowNs = Math.Max(NowNs, nowNs);

    /// <summary>What is posted across from here on is collected on the other side, so that others can take what was until now.</summary>
    /// <remarks>A side is 0 or 1; 0 is the first.</remarks>
    /// <returns>When the earliest of those events is due; <see cref="long.MaxValue"/> when there are none.</returns>
    public long CloseSide()
    {
        _openSide = 1 - _openSide;
        long earliestNs = _postedNs;
        _postedNs = long.MaxValue;
        return earliestNs;
    }

    /// <summary>Gives a lane's partitions what was posted for them; called on the thread of that lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="side">The side that it was collected on; nothing may be posted on it meanwhile.</param>
    public void HandOver(int lane, int side)
    {
        List<Crossing> outbox = _outboxes[side][lane];
        foreach (Crossing crossing in outbox)
        {
            crossing.To.Post(crossing.TimeNs, crossing.Order, crossing.Target, crossing.Argument, crossing.Payload);
        }

        outbox.Clear();
    }

    private static List<Crossing>[] NewOutboxes(int lanes)
    {
        var outboxes = new List<Crossing>[lanes];
        for (int i = 0; i < lanes; i++)
        {
            outboxes[i] = [];
        }

        return outboxes;
    }

    private void ExpectNext()
    {
        if (_queue.NextTimeNs != long.MaxValue)
        {
            ref Record next = ref _records[_queue.NextSlot];
            CacheHint.Object(next.Target, TargetLines);
            CacheHint.Object(next.Payload, PayloadLines);
        }
    }

    private bool IsGone(int slot)
    {
        ref Record record = ref _records[slot];
        if (record.Target is not null)
        {
            return false;
        }

        record.NextFree = _freeHead;
        _freeHead = slot;
        return true;
    }

    private readonly record struct Crossing(
        Partition To, long TimeNs, ulong Order, IEventTarget Target, long Argument, object? Payload);

    private struct Record
    {
        public IEventTarget? Target;
        public object? Payload;
        public long Argument;
        public uint Generation;
        public int NextFree;
    }
}
