using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Pipelines;
using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder;

/// <summary>The forwarder: faces, tables, pipelines and strategies of one shard, without clock, sockets or threads.</summary>
/// <remarks>
/// <para>One thread owns it. <c>now</c> never goes back. After each input and each <see cref="HandleTimeout"/> drain
/// <see cref="TryTakeTransmit"/> and then <see cref="TryTakeEvent"/> until they answer false.</para>
/// <para>Bound: one frame costs one table walk for each name prefix and one transmission for each nexthop or waiting
/// face; <see cref="HandleTimeout"/> ends at most <see cref="ForwarderOptions.TimeoutBatchMax"/> pending Interests and
/// leaves the rest due. Adding a nexthop, removing a face and erasing from the cache walk a table.</para>
/// </remarks>
public sealed partial class ForwarderCore
{
    private readonly ForwarderOptions _options;
    private readonly FramePool _frames;
    private readonly IRandomSource _random;
    private readonly IForwarderLog? _log;
    private readonly NameHasher _hasher;
    private readonly OctetSlab _prefixNames;
    private readonly FaceTable _faces;
    private readonly Fib _fib;
    private readonly Pit _pit;
    private readonly ContentStore _contentStore;
    private readonly DeadNonceList _deadNonces;
    private readonly StrategyChoiceTable _strategies;
    private readonly TimerWheel _linkTimers = new(0);
    private readonly BoundedQueue<Transmit> _transmits;
    private readonly BoundedQueue<ForwarderEvent> _events;
    private readonly BoundedQueue<InternalPacket> _internalPackets;
    private ulong[] _hashes = new ulong[16];
    private ulong[] _otherHashes = [];
    private IInternalFace? _management;
    private bool _isDispatching;
    private ulong _nextRequestId = 1;

    /// <summary>Builds an empty forwarder: no faces, no routes, best-route for the root.</summary>
    /// <param name="options">Sizes and settings.</param>
    /// <param name="frames">Where frames to transmit come from.</param>
    /// <param name="random">For nonces and link sequence numbers; a stream of its own.</param>
    /// <param name="log">Told of faces and, when it asks for it, of drops; may be null.</param>
    public ForwarderCore(ForwarderOptions options, FramePool frames, IRandomSource random, IForwarderLog? log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _frames = frames;
        _random = random;
        _log = log;
        _hasher = new NameHasher(options.HashKey0, options.HashKey1);
        _faces = new FaceTable(options.FaceCapacity);
        _prefixNames = new OctetSlab(options.PrefixOctetsMax, options.PageOctets);
        _fib = new Fib(options.FibCapacity, options.FibNextHopCapacity, _prefixNames, _hasher.Hash(default), _faces);
        _pit = new Pit(options.PitCapacity, options.PitRecordCapacity, options.PitOctetsMax, options.PageOctets);
        _contentStore = new ContentStore(
            options.ContentStoreCapacity,
            options.ContentStoreOctetsMax,
            options.PageOctets,
            options.IsContentStoreOrderedOnDemand);
        _deadNonces = new DeadNonceList(options.DeadNonceCapacity);
        _strategies = new StrategyChoiceTable(options.StrategyChoiceCapacity, _prefixNames, _hasher);
        _strategies.Set(Name.Root, StrategyRegistry.BestRoute);
        _networkRegions = new List<Name>(options.NetworkRegions);
        _transmits = new BoundedQueue<Transmit>(options.TransmitQueueMax);
        _events = new BoundedQueue<ForwarderEvent>(options.EventQueueMax);
        _internalPackets = new BoundedQueue<InternalPacket>(options.InternalQueueMax);
    }

    /// <summary>What it was built with.</summary>
    public ForwarderOptions Options => _options;

    /// <summary>What it has counted.</summary>
    public ForwarderCounters Counters { get; } = new();

    /// <summary>When <see cref="HandleTimeout"/> has work; early is harmless, late only delays.</summary>
    public Instant NextTimeout
    {
        get
        {
            Instant next = Instant.Min(_pit.Timers.NextTimeout, _linkTimers.NextTimeout);
            return _management is null ? next : Instant.Min(next, _management.NextTimeout);
        }
    }

    internal Pit PitTable => _pit;

    internal Fib FibTable => _fib;

    /// <summary>Ends pending Interests that are due and lets link services and management do what is due.</summary>
    public void HandleTimeout(Instant now)
    {
        for (int count = 0; count < _options.TimeoutBatchMax; count++)
        {
            int entry = _pit.Timers.TakeDue(now);
            if (entry < 0)
            {
                break;
            }

            FinishEntry(entry, now);
        }

        for (int count = 0; count < _options.TimeoutBatchMax; count++)
        {
            int slot = _linkTimers.TakeDue(now);
            if (slot < 0)
            {
                break;
            }

            HandleLinkTimeout(_faces[slot], now);
        }

        if (_management is not null && _management.NextTimeout <= now)
        {
            _management.HandleTimeout(now);
        }

        DispatchInternal(now);
    }

    /// <summary>Takes the next frame to send.</summary>
    /// <returns>False when there is none.</returns>
    /// <remarks>Owns: the caller owns the lease in <paramref name="transmit"/>.</remarks>
    public bool TryTakeTransmit(out Transmit transmit) => _transmits.TryDequeue(out transmit);

    /// <summary>Takes the next event.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTakeEvent(out ForwarderEvent forwarderEvent) => _events.TryDequeue(out forwarderEvent);

    internal void RaiseEvent(in ForwarderEvent forwarderEvent)
    {
        if (!_events.TryEnqueue(forwarderEvent))
        {
            Drop(null, DropReason.EventQueueFull);
        }
    }

    private void Drop(Face? face, DropReason reason)
    {
        Counters.Drop(reason);
        if (_log is not null && _log.IsPacketTraceEnabled)
        {
            _log.PacketDropped(face?.Id ?? FaceId.None, reason);
        }
    }

    /// <summary>The tables are asked one after the other; hinted at together, they are fetched together.</summary>
    private void ExpectLookups(ReadOnlySpan<ulong> hashes, bool isInterest)
    {
        _pit.Expect(hashes[^1]);
        _contentStore.Expect(hashes[^1]);
        if (isInterest)
        {
            _fib.Expect(hashes);
        }
    }

    private ReadOnlySpan<ulong> HashPrefixes(NameView name, ref ulong[] scratch)
    {
        if (scratch.Length <= name.Count)
        {
            GrowScratch(ref scratch, name.Count + 1);
        }

        _hasher.HashPrefixes(name, scratch.AsSpan(0, name.Count + 1));
        return scratch.AsSpan(0, name.Count + 1);
    }

    private static void GrowScratch(ref ulong[] scratch, int length) =>
        scratch = new ulong[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length)];
}
