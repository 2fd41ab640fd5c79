namespace Piccolo.Ndn.Link;

/// <summary>The receiving half of reliability: what must be acknowledged, and what came before.</summary>
/// <remarks>
/// NFD forgets a Sequence after one time-out of its own sending side; a peer whose time-out is longer would then get a
/// packet through twice, so here a Sequence is remembered longer, within a bound of count.
/// Source: NDNLPv2, "Reliability".
/// </remarks>
internal sealed class ReliableReceiver(LinkContext context, ulong key)
{
    private readonly LinkQueue<ulong> _acks = new();
    private readonly LinkQueue<Remembered> _order = new();
    private readonly HashSet<ulong> _recent = [];

    // An odd multiplier that the peer does not know, lest it choose Sequences that fall into one bucket.
    private readonly ulong _multiplier = key | 1;

    internal int AcksWaiting => _acks.Count;

    /// <summary>When waiting acknowledgements can wait no longer.</summary>
    internal Instant AckDeadline { get; private set; } = Instant.Never;

    internal ulong TakeAck()
    {
        ulong ack = _acks.Take();
        if (_acks.Count == 0)
        {
            AckDeadline = Instant.Never;
        }

        return ack;
    }

    internal void QueueAck(ulong txSequence, Instant now)
    {
        _acks.Add(txSequence);
        if (AckDeadline == Instant.Never)
        {
            AckDeadline = now + context.Options.IdleAckDelay;
        }
    }

    internal void ClearAcks()
    {
        while (_acks.Count > 0)
        {
            TakeAck();
        }
    }

    /// <summary>Remembers a Sequence; false when it is remembered already.</summary>
    internal bool IsFirst(ulong sequence, long retransmissionTimeoutNs, Instant now)
    {
        long lifetimeNs = Math.Max(
            context.Options.RecentSequenceLifetime.Ticks * 100,
            (context.Options.RetransmissionsMax + 1) * retransmissionTimeoutNs);
        while (_order.Count > 0 && _order.Peek().Arrival.AddNanoseconds(lifetimeNs) <= now)
        {
            _recent.Remove(_order.Take().Mixed);
        }

        ulong mixed = unchecked(sequence * _multiplier);
        if (!_recent.Add(mixed))
        {
            return false;
        }

        _order.Add(new Remembered(mixed, now));
        while (_order.Count > Math.Max(1, context.Options.RecentSequencesMax))
        {
            context.Counters.RecentSequenceEvictions++;
            _recent.Remove(_order.Take().Mixed);
        }

        return true;
    }

    internal void Clear()
    {
        ClearAcks();
        while (_order.Count > 0)
        {
            _recent.Remove(_order.Take().Mixed);
        }
    }

    private readonly record struct Remembered(ulong Mixed, Instant Arrival);
}
