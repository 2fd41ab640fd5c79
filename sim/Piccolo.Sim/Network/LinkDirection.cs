using Piccolo.Forwarder;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>One direction of a link: a queue, a transmitter, and the way.</summary>
/// <remarks>
/// Where the queue decides on arrival, a frame's whole way is known when it is sent, so it costs one event: its arrival. A queue that
/// decides at departure (<see cref="QueueDiscipline.DecidesAtDeparture"/>) costs a second one.
/// </remarks>
public sealed partial class LinkDirection : IEventTarget
{
    private const long BitsPerSecondScale = 8_000_000_000;

    /// <summary>
    /// Some 146 years: what waits for a link of a bit a second leaves no later, and arrives, delayed as much as settings allow, before
    /// the end of time.
    /// </summary>
    private const long DepartureMaxNs = long.MaxValue / 2;

    private const long CorruptedFlag = 1L << 31;
    private const long LateFlag = 1L << 30;
    private const int HopShift = 20;
    private const long HopMask = 0xFF << HopShift;
    private const long LengthMask = (1 << HopShift) - 1;

    private readonly SimNetwork _network;
    private readonly LinkSettings _settings;
    private readonly QueueDiscipline _discipline;
    private readonly int _number;
    private readonly bool _isDropTail;
    private bool _isPlain;
    private IRandomSource? _random;
    private long[] _departures = [];
    private int[] _lengths = [];
    private int _head;
    private int _waiting;
    private long _waitingOctets;
    private long _freeNs;
    private int _epoch;
    private long _sent;
    private long _sentOctets;
    private long _duplicated;
    private long _delivered;
    private long _deliveredOctets;
    private long _corrupted;
    private long _droppedQueue;
    private long _droppedQueueOctets;
    private long _droppedLoss;
    private long _droppedAtFrom;
    private long _droppedAtTo;
    private long _busyNs;

    internal LinkDirection(SimLink link, int number, SimNetwork network, SimNode from, SimNode to)
    {
        Link = link;
        From = from;
        To = to;
        _number = number;
        _network = network;
        _settings = link.Settings;
        _discipline = network.DisciplineFor(_settings);
        InitializeFaults();
        _isDropTail = _settings.Queue.Kind == QueueKind.DropTail;
        _isPlain = _faults is null && _loss is null;
    }

    /// <summary>The link.</summary>
    public SimLink Link { get; }

    /// <summary>Where frames come from.</summary>
    public SimNode From { get; }

    /// <summary>Where frames go.</summary>
    public SimNode To { get; }

    /// <summary>Whether it carries frames.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Listens to every frame; null for nobody.</summary>
    public ILinkTap? Tap { get; set; }

    /// <summary>What became of its frames.</summary>
    public LinkDirectionCounters Counters => new()
    {
        Sent = _sent,
        SentOctets = _sentOctets,
        Duplicated = _duplicated,
        Delivered = _delivered,
        DeliveredOctets = _deliveredOctets,
        Corrupted = _corrupted,
        DroppedQueue = _droppedQueue,
        DroppedQueueOctets = _droppedQueueOctets,
        DroppedLoss = _droppedLoss,
        DroppedDown = _droppedAtFrom + _droppedAtTo,
        Queued = _queuedNow + _onTheWayPosted - _onTheWayEnded,
        BusyNs = _busyNs - Math.Max(0, _freeNs - NowNs),
    };

    internal long SentCount => _sent;

    internal NodeFace? ToFace { get; set; }

    /// <summary>The other direction of the link.</summary>
    internal LinkDirection Opposite => this == Link.AtoB ? Link.BtoA : Link.AtoB;

    /// <summary>The forwarder of <see cref="To"/> as it last was: only for hints.</summary>
    internal ForwarderCore? ToForwarder { get; set; }

    private long NowNs => From.Partition.NowNs;

    private IRandomSource Random => _random ??= _network.Random.For("link", _number);

    /// <summary>Frames that wait for the transmitter at a time, the one being sent not counted, and their octets.</summary>
    public (int Packets, long Octets) QueueAt(long nowNs)
    {
        if (_evented is not null)
        {
            return (_evented.Count, _evented.Octets);
        }

        ForgetDeparted(nowNs);
        return _waiting == 0 ? (0, 0) : (_waiting - 1, _waitingOctets - _lengths[_head]);
    }

    internal void SetUp(bool isUp)
    {
        if (isUp == IsUp)
        {
            return;
        }

        IsUp = isUp;
        if (!isUp)
        {
            LoseAll();
        }
    }

    /// <summary>Takes a frame from the node; copies what it keeps.</summary>
    internal void Send(ReadOnlySpan<byte> frame)
    {
        long nowNs = NowNs;
        _sent++;
        _sentOctets += frame.Length;
        if (!IsUp)
        {
            _droppedAtFrom++;
            Tap?.OnFrame(this, nowNs, frame, isDropped: true);
            return;
        }

        (int packets, long octets) = QueueAt(nowNs);
        bool isAsked = !_isDropTail || _freeNs > nowNs;
        if (isAsked && _discipline.OnArrival(nowNs, packets, octets, frame.Length, Random) == QueueVerdict.Drop)
        {
            _droppedQueue++;
            _droppedQueueOctets += frame.Length;
            Tap?.OnFrame(this, nowNs, frame, isDropped: true);
            return;
        }

        Tap?.OnFrame(this, nowNs, frame, isDropped: false);
        if (_evented is not null)
        {
            Enqueue(frame, nowNs);
            return;
        }

        long departureNs = DepartureNs(Math.Max(nowNs, _freeNs), frame.Length);
        _busyNs += departureNs - Math.Max(nowNs, _freeNs);
        if (departureNs > nowNs)
        {
            RememberDeparture(departureNs, frame.Length);
        }

        _freeNs = departureNs;
        Launch(frame, departureNs);
    }

    /// <inheritdoc/>
    void IEventTarget.Fire(Partition partition, long argument, object? payload)
    {
        if (payload is null)
        {
            HandleDeparture(argument);
            return;
        }

        byte[] buffer = (byte[])payload;
        if ((int)(argument >> 32) != _epoch && !IsAliveStill(argument, partition.NowNs))
        {
            partition.Buffers.Return(buffer);
            return;
        }

        int length = (int)(argument & LengthMask);
        _onTheWayEnded++;
        if (!To.IsUp)
        {
            _droppedAtTo++;
        }
        else
        {
            _delivered++;
            _deliveredOctets += length;
            if ((argument & (CorruptedFlag | HopMask)) == 0)
            {
                To.Receive(ToFace!, buffer.AsSpan(0, length));
            }
            else
            {
                ReceiveMarked(buffer.AsSpan(0, length), argument);
            }
        }

        partition.Buffers.Return(buffer);
    }

    /// <inheritdoc/>
    void IEventTarget.Expect(bool isAtOnce)
    {
        if (isAtOnce)
        {
            ToForwarder?.ExpectFrame();
            return;
        }

        CacheHint.Object(To, 3);
        CacheHint.Object(ToFace, 1);
        CacheHint.Object(ToForwarder, 5);
    }

    private void Launch(ReadOnlySpan<byte> frame, long departureNs)
    {
        if (_isPlain)
        {
            PostArrival(frame, departureNs + _settings.DelayNs, 0);
        }
        else
        {
            LaunchWithFaults(frame, departureNs);
        }
    }

    private void PostArrival(ReadOnlySpan<byte> frame, long arrivalNs, long flags)
    {
        byte[] buffer = From.Partition.Buffers.Rent(frame.Length);
        frame.CopyTo(buffer);
        PostArrival(buffer, frame.Length, arrivalNs, flags);
    }

    private void PostArrival(byte[] buffer, int length, long arrivalNs, long flags)
    {
        long argument = ((long)_epoch << 32) | flags | (uint)length;
        _onTheWayPosted++;
        Partition from = From.Partition;
        Partition to = To.Partition;
        if (from == to)
        {
            to.Post(arrivalNs, From.NextOrder(), this, argument, buffer);
        }
        else
        {
            from.PostAcross(to, arrivalNs, From.NextOrder(), this, argument, buffer);
        }
    }

    private long DepartureNs(long beginNs, int octets) =>
        _settings.RateBps == 0 ? beginNs : Math.Min(beginNs + (octets * BitsPerSecondScale / _settings.RateBps), DepartureMaxNs);

    private void RememberDeparture(long departureNs, int octets)
    {
        if (_waiting == _departures.Length)
        {
            long[] departures = new long[Math.Max(4, _waiting * 2)];
            int[] lengths = new int[departures.Length];
            for (int i = 0; i < _waiting; i++)
            {
                departures[i] = _departures[(_head + i) & (_waiting - 1)];
                lengths[i] = _lengths[(_head + i) & (_waiting - 1)];
            }

            (_departures, _lengths, _head) = (departures, lengths, 0);
        }

        int tail = (_head + _waiting++) & (_departures.Length - 1);
        _departures[tail] = departureNs;
        _lengths[tail] = octets;
        _waitingOctets += octets;
    }

    private void ForgetDeparted(long nowNs)
    {
        while (_waiting > 0 && _departures[_head] <= nowNs)
        {
            _waitingOctets -= _lengths[_head];
            _head = (_head + 1) & (_departures.Length - 1);
            _waiting--;
        }
    }
}
