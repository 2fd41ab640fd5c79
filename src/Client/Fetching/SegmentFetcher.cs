using System.Security.Cryptography;
using Piccolo.Client.Congestion;
using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Client.Fetching;

/// <summary>Fetches the segments of one object, many at once, and hands them on in order.</summary>
/// <remarks>
/// A core without clock or socket. After each input take requests, then segments, then events, each until false; segments
/// come before the Completed that ends them. Time never goes backwards. One owner thread.
/// <see cref="ClientCore.Attach"/> does the sending and receiving where a client core has the link.
/// Until anything came a single segment is asked for, unless the number of the last one is known. Losses, Nacks for
/// congestion and congestion marks shrink the window, once for all that was under way at the time. A segment counts as lost when
/// its time-out is over, or, once three that were asked for later have come, after a usual
/// round trip, but not before forwarders let a repeated Interest pass; losses on a path whose round trips
/// show no queue do not shrink the window below <see cref="FetchOptions.UncongestedWindow"/>.
/// Payload handed on before Completed is not known to be whole, nor to have the expected digest.
/// Bound: <see cref="FetchOptions"/>; memory is <see cref="FetchOptions.ReorderSegmentsMax"/> packets. Taking segments is
/// what lets further ones be asked for.
/// </remarks>
public sealed partial class SegmentFetcher : IDisposable
{
    private readonly FetchOptions _options;
    private readonly IRandomSource _random;
    private readonly RttEstimator _rtt;
    private readonly ICongestionWindow _window;
    private readonly IncrementalHash? _hash;
    private readonly Dictionary<ulong, FetchSlot> _slots = [];
    private readonly Dictionary<ulong, FetchSlot> _verifying = [];
    private readonly DeadlineHeap<FetchSlot> _deadlines = new();
    private readonly Queue<FetchSlot> _queued = new();
    private readonly Queue<(FetchSlot Slot, ulong Order)> _inFlight = new();
    private readonly Queue<FetchedSegment> _ready = new();
    private readonly Queue<FetchEvent> _events = new();
    private readonly Instant _startedAt;
    private FetchSlot? _discovery;
    private FetchProgress _progress;
    private Instant _lastProgress;
    private ulong _nextNew;
    private ulong _nextInOrder;
    private ulong _sendOrder;
    private ulong _recoveryPoint;
    private ulong _lastVerification;
    private int _outstanding;
    private bool _isWindowLimited;

    /// <summary>Begins a fetch.</summary>
    /// <param name="name">The versioned name, or with discovery the name without version.</param>
    /// <param name="options">Bounds and ways.</param>
    /// <param name="random">Spreads the waits after Nacks.</param>
    /// <param name="now">The time.</param>
    public SegmentFetcher(Name name, FetchOptions options, IRandomSource random, Instant now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ReorderSegmentsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(options.RetransmissionsMax);
        RequestedName = name;
        ObjectName = name;
        _options = options;
        _random = random;
        _rtt = new RttEstimator(options.Rtt);
        _window = options.Window.Create();
        _hash = options.ExpectedSha256.IsEmpty ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _startedAt = now;
        _lastProgress = now;
        LastSegment = options.LastSegment;
        if (options.Discovery != FetchDiscovery.None)
        {
            _discovery = new FetchSlot(FetchSlot.Discovery);
            Enqueue(_discovery);
        }
    }

    /// <summary>The name the fetch began with.</summary>
    public Name RequestedName { get; }

    /// <summary>The name right above the segments; the requested one until discovery is over.</summary>
    public Name ObjectName { get; private set; }

    /// <summary>Number of the last segment, once it is known.</summary>
    public ulong? LastSegment { get; private set; }

    /// <summary>Whether all segments came; they may still wait to be taken.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Why the fetch failed; null while it did not.</summary>
    public FetchError? Error { get; private set; }

    /// <summary>Whether nothing more is asked for.</summary>
    public bool IsFinished => IsCompleted || Error is not null;

    /// <summary>How it goes.</summary>
    public ref readonly FetchProgress Progress => ref _progress;

    /// <summary>Interests under way.</summary>
    public int Outstanding => _outstanding;

    /// <summary>Segments in memory, those that wait to be taken included.</summary>
    public int HeldSegments => _slots.Count + _ready.Count - _outstanding;

    /// <summary>How many Interests may be under way now.</summary>
    public int WindowSegments => _window.Segments;

    /// <summary>The usual round trip; zero before anything came.</summary>
    public TimeSpan SmoothedRtt => _rtt.SmoothedRtt;

    /// <summary>How long an answer is waited for now.</summary>
    public TimeSpan RetransmissionTimeout => _rtt.RetransmissionTimeout;

    /// <summary>When <see cref="HandleTimeout"/> is due; earlier calls are harmless.</summary>
    public Instant NextTimeout
    {
        get
        {
            if (IsFinished)
            {
                return Instant.Never;
            }

            Instant next = _options.Deadline is { } deadline ? _startedAt + deadline : Instant.Never;
            next = Instant.Min(next, _deadlines.NextDeadline);
            return IsWaitingForOthers ? Instant.Min(next, _lastProgress + _options.StallTimeout) : next;
        }
    }

    private bool IsWaitingForOthers => _outstanding > 0 || _deadlines.Count > 0 || _verifying.Count > 0;

    /// <summary>Takes the next Interest to send; it counts as sent.</summary>
    public bool TryTakeRequest(Instant now, out SegmentRequest request)
    {
        request = default;
        if (IsFinished)
        {
            return false;
        }

        if (_outstanding >= _window.Segments)
        {
            _isWindowLimited = true;
            return false;
        }

        FetchSlot? slot = TakeQueued() ?? NewSlot();
        if (slot is null)
        {
            _isWindowLimited = false;
            return false;
        }

        request = Send(slot, now);
        return true;
    }

    /// <summary>Takes the next segment in order; makes room for others to be asked for.</summary>
    public bool TryTakeSegment(out FetchedSegment segment) => _ready.TryDequeue(out segment);

    /// <summary>Takes the next event.</summary>
    public bool TryTakeEvent(out FetchEvent fetchEvent) => _events.TryDequeue(out fetchEvent);

    /// <summary>Does what is due: repeats what was not answered, or fails.</summary>
    public void HandleTimeout(Instant now)
    {
        if (IsFinished)
        {
            return;
        }

        if (_options.Deadline is { } deadline && _startedAt + deadline <= now)
        {
            FailWhole(FetchFailure.DeadlineExceeded, $"is not complete after {deadline.TotalSeconds:F1} s", now);
            return;
        }

        if (IsWaitingForOthers && _lastProgress + _options.StallTimeout <= now)
        {
            FailWhole(FetchFailure.Stalled, $"did not come: nothing came for {_options.StallTimeout.TotalSeconds:F1} s", now);
            return;
        }

        while (!IsFinished && _deadlines.TakeDue(now) is { } slot)
        {
            HandleDeadline(slot);
        }
    }

    /// <summary>Gives the fetch up; a Failed with <see cref="FetchFailure.Cancelled"/> follows.</summary>
    public void Cancel()
    {
        if (!IsFinished)
        {
            Fail(new FetchError(FetchFailure.Cancelled, ObjectName, null, $"the fetch of {ObjectName} was given up"));
        }
    }

    /// <summary>Cancels, and forgets segments and events that were not taken.</summary>
    public void Dispose()
    {
        Cancel();
        _ready.Clear();
        _events.Clear();
        _hash?.Dispose();
    }

    private FetchSlot? TakeQueued()
    {
        while (_queued.TryDequeue(out FetchSlot? slot))
        {
            if (slot.Phase == FetchPhase.Queued)
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>The next segment never asked for, or null when none may be.</summary>
    private FetchSlot? NewSlot()
    {
        bool isFirst = _nextNew == 0;
        bool isEndUnknown = LastSegment is null && _progress.SegmentsReceived == 0;
        ulong beyond = _nextInOrder - (ulong)_ready.Count + (ulong)_options.ReorderSegmentsMax;
        if (_discovery is not null || (isEndUnknown && !isFirst) || _nextNew > LastSegment || _nextNew >= beyond)
        {
            return null;
        }

        // Segment 0 may be here already, from discovery.
        while (_slots.ContainsKey(_nextNew) || _nextNew < _nextInOrder)
        {
            _nextNew++;
            if (_nextNew > LastSegment || _nextNew >= beyond)
            {
                return null;
            }
        }

        var slot = new FetchSlot(_nextNew++);
        _slots.Add(slot.Segment, slot);
        return slot;
    }

    private SegmentRequest Send(FetchSlot slot, Instant now)
    {
        if (slot.Sendings == 0 && !IsWaitingForOthers)
        {
            // The fetch goes on after its segments were not taken for a while: that was no stall.
            _lastProgress = now;
        }

        slot.Phase = FetchPhase.Outstanding;
        slot.SentAt = now;
        slot.SendOrder = ++_sendOrder;
        slot.IsOvertaken = false;
        _inFlight.Enqueue((slot, slot.SendOrder));
        slot.Sendings++;
        _outstanding++;
        _progress.RequestsSent++;
        _progress.Retransmissions += slot.Sendings > 1 ? 1UL : 0;
        TimeSpan timeout = _rtt.RetransmissionTimeout;
        TimeSpan suppressed = SuppressedFor(slot);
        timeout = timeout > suppressed ? timeout : suppressed;
        _deadlines.Set(slot, now + timeout);
        return new SegmentRequest
        {
            RequestId = slot.Segment,
            Name = NameOf(slot),
            IsDiscovery = ReferenceEquals(slot, _discovery),
            Lifetime = timeout > _options.InterestLifetime ? timeout : _options.InterestLifetime,
            ForwardingHint = _options.ForwardingHint,
        };
    }

    private Name NameOf(FetchSlot slot) => !ReferenceEquals(slot, _discovery)
        ? ObjectName.Append(NameComponent.Segment(slot.Segment))
        : _options.Discovery == FetchDiscovery.Metadata
            ? RdrMetadata.DiscoveryName(RequestedName)
            : RequestedName;

    private void HandleDeadline(FetchSlot slot)
    {
        if (slot.Phase == FetchPhase.Outstanding)
        {
            _outstanding--;
            _progress.Timeouts += slot.IsOvertaken ? 0 : 1UL;
            _progress.OvertakenLosses += slot.IsOvertaken ? 1UL : 0;
            bool isFirstOfRound = slot.SendOrder > _recoveryPoint;
            HandleLoss(slot);
            if (isFirstOfRound && !slot.IsOvertaken)
            {
                _rtt.BackOff();
            }

            if (slot.Sendings > _options.RetransmissionsMax)
            {
                Fail(slot, FetchFailure.RetriesExhausted, $"did not come after {slot.Sendings} tries");
                return;
            }
        }

        Enqueue(slot);
    }

    private void Enqueue(FetchSlot slot)
    {
        slot.Phase = FetchPhase.Queued;
        _queued.Enqueue(slot);
    }

    /// <summary>Shrinks the window, unless it shrank after this sending.</summary>
    private void HandleCongestion(FetchSlot slot)
    {
        if (slot.SendOrder > _recoveryPoint)
        {
            _recoveryPoint = _sendOrder;
            _progress.WindowDecreases++;
            _window.HandleCongestion();
        }
    }
}
