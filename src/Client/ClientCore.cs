using System.Diagnostics.CodeAnalysis;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client;

/// <summary>An application's end of one link: it asks for Data, and answers what peers ask for.</summary>
/// <remarks>
/// A core without clock or socket. After each input drain <see cref="TryTakeTransmit"/> and <see cref="TryTakeEvent"/> until
/// both say false; time never goes backwards. One owner thread.
/// Bound: each input does work in proportion to its packet, the Interests it satisfies and the deadlines that are due; what
/// is held is bounded by <see cref="ClientOptions"/>, and every drop is counted.
/// Owns: the leases of frames not taken, until <see cref="Dispose"/>.
/// </remarks>
public sealed partial class ClientCore : IDisposable
{
    private readonly ClientOptions _options;
    private readonly IRandomSource _random;
    private readonly NameHasher _hasher;
    private readonly LinkService _link;
    private readonly InterestIndex<PendingInterest> _pending;
    private readonly InterestIndex<IncomingInterest> _incoming;
    private readonly DeadlineHeap<PendingInterest> _pendingDeadlines = new();
    private readonly DeadlineHeap<IncomingInterest> _incomingDeadlines = new();
    private readonly Queue<ClientEvent> _events = new();
    private readonly List<PendingInterest> _foundPending = [];
    private readonly List<IncomingInterest> _foundIncoming = [];
    private readonly List<IClientGuest> _guests = [];
    private readonly byte[] _scratch = new byte[PacketLimits.MaxPacketOctets + 16];
    private ClientCounters _counters;
    private ulong _lastId;
    private ulong _lastSendOrder;
    private long _sendQueueOctets;

    /// <summary>Makes an end without Interests.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="pool">Where frames come from.</param>
    /// <param name="random">Nonces, the hash key of the tables, and the link's first sequence.</param>
    public ClientCore(ClientOptions options, FramePool pool, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _random = random;
        _hasher = new NameHasher(random.NextUInt64(), random.NextUInt64());
        _link = new LinkService(options.Link, pool, random);
        _pending = new InterestIndex<PendingInterest>(_hasher);
        _incoming = new InterestIndex<IncomingInterest>(_hasher);
    }

    /// <summary>What passed and what did not.</summary>
    public ref readonly ClientCounters Counters => ref _counters;

    /// <summary>The counters of the link service.</summary>
    public ref readonly LinkCounters LinkCounters => ref _link.Counters;

    /// <summary>Interests of ours that wait, those of attached fetchers included.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>Interests of peers that wait for our answer.</summary>
    public int IncomingCount => _incoming.Count;

    /// <summary>When <see cref="HandleTimeout"/> is due; earlier calls are harmless.</summary>
    public Instant NextTimeout
    {
        get
        {
            Instant next = Instant.Min(_link.NextTimeout, NextFetcherTimeout());
            return Instant.Min(next, Instant.Min(_pendingDeadlines.NextDeadline, _incomingDeadlines.NextDeadline));
        }
    }

    /// <summary>Takes the next frame to transmit; the caller owns the lease.</summary>
    public bool TryTakeTransmit([NotNullWhen(true)] out FrameLease? frame) => _link.TryTakeTransmit(out frame);

    /// <summary>Takes the next thing to tell the application.</summary>
    public bool TryTakeEvent(out ClientEvent clientEvent) => _events.TryDequeue(out clientEvent);

    /// <summary>Learns how long the link's send queue is, for congestion marks on what is sent.</summary>
    public void HandleSendQueue(long octets) => _sendQueueOctets = octets;

    /// <summary>Does what is due: sends Interests again, ends those that waited too long.</summary>
    public void HandleTimeout(Instant now)
    {
        _link.HandleTimeout(now);
        while (_link.TryTakeDroppedInterest(out _))
        {
            // Reliability of the link gave up; the Interest's own retransmission or time-out follows.
        }

        while (_pendingDeadlines.TakeDue(now) is { } pending)
        {
            HandlePendingDeadline(pending, now);
        }

        while (_incomingDeadlines.TakeDue(now) is { } incoming)
        {
            _incoming.Remove(incoming);
            _counters.IncomingExpired++;
        }

        HandleFetcherTimeouts(now);
    }

    /// <summary>Forgets every Interest and gives every lease back. The core may not be used afterwards.</summary>
    public void Dispose()
    {
        _pending.Clear();
        _pendingDeadlines.Clear();
        _incoming.Clear();
        _incomingDeadlines.Clear();
        _events.Clear();
        _fetchers.Clear();
        _link.Dispose();
    }
}
