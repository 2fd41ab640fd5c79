using System.Security.Cryptography;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice;

/// <summary>Fetches one object whose size and digest are known beforehand, and proves it.</summary>
/// <remarks>
/// Segments are of <see cref="CallLimits.SegmentOctets"/> but for the last, so each has its place before it arrives. The window grows
/// by one for each segment up to a threshold, then by one for each window, and is halved at most once a round trip; a segment is
/// lost when three sent later have arrived, or after the retransmission time-out of RFC 6298.
/// Bound: the memory grows with what has arrived, never with what was promised; <see cref="AttemptsMax"/> attempts for a segment.
/// </remarks>
internal sealed class ObjectPull : IDisposable
{
    private const int AttemptsMax = 32;
    private const int WindowMax = 256;
    private const int ReorderMax = 3;
    private const int SuppressionMs = 12;
    private const int SuppressionMsMax = 300;
    private const ulong LifetimeMs = 4000;

    private readonly ObjectReference _reference;
    private readonly IRandomSource _random;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<long, Flight> _flights = [];
    private readonly Dictionary<long, int> _attempts = [];
    private readonly Queue<(long Segment, long Order)> _order = new();
    private readonly Queue<long> _lost = new();
    private readonly HashSet<long> _ahead = [];
    private readonly RttEstimate _rtt;
    private byte[] _octets = [];
    private long _nextNew;
    private long _contiguous;
    private long _sendOrder;
    private long _newestArrived = -1;
    private long _recoverUntil;
    private int _window = 8;
    private int _threshold = WindowMax;
    private int _sinceGrowth;

    public ObjectPull(Name name, ObjectReference reference, IRandomSource random, RttEstimate rtt)
    {
        Name = name;
        _reference = reference;
        _random = random;
        _rtt = rtt;
        if (reference.SegmentCount != CallLimits.SegmentCount(reference.Size) || reference.Size > Array.MaxLength)
        {
            Failure = "its size and its number of segments do not fit";
        }
    }

    /// <summary>The name in front of the segment numbers.</summary>
    public Name Name { get; }

    /// <summary>Why it failed; null while it has not.</summary>
    public string? Failure { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>Octets that arrived in order.</summary>
    public long ReceivedOctets => Math.Min(_contiguous * CallLimits.SegmentOctets, _reference.Size);

    public ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, (int)_reference.Size);

    public Instant NextTimeout => IsComplete || Failure is not null || !TryOldest(out Flight oldest)
        ? Instant.Never
        : LostAt(oldest);

    /// <summary>Sends what the window allows and what is due again.</summary>
    public void Drain(Queue<ReadOnlyMemory<byte>> transmits, Instant now)
    {
        FindLost(now);
        while (Failure is null && !IsComplete && _flights.Count < _window)
        {
            if (_lost.TryDequeue(out long segment))
            {
                Send(segment, transmits, now);
            }
            else if (_nextNew < _reference.SegmentCount)
            {
                Send(_nextNew++, transmits, now);
            }
            else
            {
                break;
            }
        }
    }

    /// <summary>Takes a segment.</summary>
    public void HandleData(ReadOnlySpan<byte> packet, Instant now)
    {
        if (Failure is not null || IsComplete || DataView.TryDecode(packet, out DataView data) != TlvStatus.Ok
            || !TrySegment(data.Name, out long segment))
        {
            return;
        }

        if (!_attempts.Remove(segment, out int attempts) || IsHere(segment))
        {
            return;
        }

        int length = (int)Math.Min(CallLimits.SegmentOctets, _reference.Size - (segment * CallLimits.SegmentOctets));
        if (data.ContentType == ContentTypes.Nack || data.Content.Length != length)
        {
            Failure = data.ContentType == ContentTypes.Nack
                ? "its publisher no longer has it" : $"segment {segment} has {data.Content.Length} octets, not {length}";
            return;
        }

        if (_flights.Remove(segment, out Flight flight))
        {
            _newestArrived = Math.Max(_newestArrived, flight.Order);
            if (attempts == 1)
            {
                _rtt.Observe(now - flight.SentAt);
            }
        }

        Grow();
        Store(segment, data.Content);
    }

    /// <summary>Takes a Nack: without a route there is nothing to wait for; anything else is a loss.</summary>
    public void HandleNack(ReadOnlySpan<byte> interest, NackReason reason)
    {
        if (InterestView.TryDecode(interest, out InterestView view) == TlvStatus.Ok && TrySegment(view.Name, out long segment)
            && _flights.ContainsKey(segment))
        {
            if (reason == NackReason.NoRoute)
            {
                Failure = "there is no route to it";
            }
            else if (reason == NackReason.Congestion)
            {
                Shrink();
            }
        }
    }

    public void Dispose() => _hash.Dispose();

    private void Send(long segment, Queue<ReadOnlyMemory<byte>> transmits, Instant now)
    {
        if (IsHere(segment))
        {
            return;
        }

        int attempts = _attempts.GetValueOrDefault(segment) + 1;
        if (attempts > AttemptsMax)
        {
            Failure = $"segment {segment} did not come after {AttemptsMax} attempts";
            return;
        }

        _attempts[segment] = attempts;
        _flights[segment] = new Flight(segment, ++_sendOrder, now, attempts);
        _order.Enqueue((segment, _sendOrder));
        // Fresh, because "no longer here" is a Data too, and must not come out of a cache once the segment is here again.
        var interest = new Interest
        {
            Name = Name.Append(NameComponent.Segment((ulong)segment)),
            MustBeFresh = true,
            Nonce = _random.NextUInt32(),
            LifetimeMs = LifetimeMs,
        };
        transmits.Enqueue(interest.Encode());
    }

    /// <summary>
    /// When a segment under way counts as lost: after its time-out; once three sent later have arrived, as soon as forwarders let a
    /// repeated Interest pass (best-route holds it back for 10 ms, doubled with each, up to 250 ms), lest the repetition be wasted.
    /// </summary>
    private Instant LostAt(in Flight flight)
    {
        TimeSpan timeout = _rtt.Timeout(flight.Attempts);
        bool isOvertaken = flight.Order + ReorderMax <= _newestArrived;
        TimeSpan passes = TimeSpan.FromMilliseconds(Math.Min(SuppressionMs << Math.Min(flight.Attempts - 1, 5), SuppressionMsMax));
        return flight.SentAt + (isOvertaken || passes > timeout ? passes : timeout);
    }

    private void FindLost(Instant now)
    {
        while (TryOldest(out Flight oldest) && LostAt(oldest) <= now)
        {
            _order.Dequeue();
            _flights.Remove(oldest.Segment);
            _lost.Enqueue(oldest.Segment);
            if (oldest.Order > _recoverUntil)
            {
                Shrink();
            }
        }
    }

    /// <summary>The longest unanswered Interest; answered and repeated ones are taken off the queue on the way.</summary>
    private bool TryOldest(out Flight oldest)
    {
        while (_order.TryPeek(out (long Segment, long Order) head))
        {
            if (_flights.TryGetValue(head.Segment, out oldest) && oldest.Order == head.Order)
            {
                return true;
            }

            _order.Dequeue();
        }

        oldest = default;
        return false;
    }

    private void Store(long segment, ReadOnlySpan<byte> content)
    {
        long start = segment * CallLimits.SegmentOctets;
        long end = start + content.Length;
        if (end > _octets.Length)
        {
            Array.Resize(ref _octets, (int)Math.Min(_reference.Size, Math.Max(end, _octets.LongLength * 2)));
        }

        content.CopyTo(_octets.AsSpan((int)start));
        _ahead.Add(segment);
        while (_ahead.Remove(_contiguous))
        {
            start = _contiguous++ * CallLimits.SegmentOctets;
            _hash.AppendData(_octets.AsSpan((int)start, (int)Math.Min(CallLimits.SegmentOctets, _reference.Size - start)));
        }

        if (_contiguous == _reference.SegmentCount)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            _hash.GetHashAndReset(digest);
            IsComplete = digest.SequenceEqual(_reference.Sha256.Span);
            Failure = IsComplete ? null : "its octets do not have the promised digest";
        }
    }

    private bool IsHere(long segment) => segment < _contiguous || _ahead.Contains(segment);

    private void Grow()
    {
        if (_window < _threshold || ++_sinceGrowth >= _window)
        {
            _window = Math.Min(_window + 1, WindowMax);
            _sinceGrowth = 0;
        }
    }

    private void Shrink()
    {
        _threshold = Math.Max(_window / 2, 4);
        _window = _threshold;
        _recoverUntil = _sendOrder;
    }

    private bool TrySegment(NameView name, out long segment)
    {
        segment = -1;
        if (name.Count != Name.Count + 1 || !Name.View.IsPrefixOf(name))
        {
            return false;
        }

        NameComponent last = name.ToName()[^1];
        if (last.Type != TlvType.SegmentNameComponent || !last.TryGetNumber(out ulong number)
            || number >= (ulong)_reference.SegmentCount)
        {
            return false;
        }

        segment = (long)number;
        return true;
    }

    private readonly record struct Flight(long Segment, long Order, Instant SentAt, int Attempts);
}
