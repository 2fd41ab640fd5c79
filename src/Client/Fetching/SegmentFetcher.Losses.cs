using Piccolo.Ndn;

namespace Piccolo.Client.Fetching;

/// <content>Losses seen early, and what they say of congestion.</content>
public sealed partial class SegmentFetcher
{
    /// <summary>How many later ones must have come before a segment is suspected: caches answer out of order.</summary>
    private const ulong OvertakersMin = 3;

    private static readonly TimeSpan PatienceMin = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Forwarders hold a repeated Interest back for 10 ms after the first, 20 ms after the second, up to 250 ms (best-route's
    /// retransmission suppression): repeating sooner costs a try and sends nothing. A fifth more covers their clocks and ours.
    /// </summary>
    private static readonly TimeSpan SuppressionFirst = TimeSpan.FromMilliseconds(12);

    private static readonly TimeSpan SuppressionMax = TimeSpan.FromMilliseconds(300);

    private ulong _highestAnswered;
    private TimeSpan _leastRtt = TimeSpan.MaxValue;

    /// <summary>Whether round trips are near the shortest seen: nothing queues on the path then, and a loss is no sign of it.</summary>
    private bool IsUncongested =>
        _rtt.HasSample && _rtt.SmoothedRtt <= _leastRtt + _leastRtt + TimeSpan.FromMilliseconds(2);

    /// <summary>Brings forward the time-outs of segments that later ones have overtaken.</summary>
    /// <remarks>Bound: each sending is looked at once. Source: the idea of RFC 8985 (RACK), with Interests for segments.</remarks>
    private void HurryOvertaken(FetchSlot answered, Instant now)
    {
        if (answered.Sendings == 1 && now - answered.SentAt < _leastRtt)
        {
            _leastRtt = now - answered.SentAt;
        }

        _highestAnswered = Math.Max(_highestAnswered, answered.SendOrder);
        while (_inFlight.TryPeek(out (FetchSlot Slot, ulong Order) oldest))
        {
            bool isUnderWay = oldest.Slot.Phase == FetchPhase.Outstanding && oldest.Slot.SendOrder == oldest.Order;
            if (isUnderWay && oldest.Order + OvertakersMin > _highestAnswered)
            {
                break;
            }

            _inFlight.Dequeue();
            if (isUnderWay && _rtt.HasSample)
            {
                oldest.Slot.IsOvertaken = true;
                _deadlines.Set(oldest.Slot, Instant.Min(oldest.Slot.Deadline, oldest.Slot.SentAt + Patience(oldest.Slot)));
            }
        }
    }

    private TimeSpan Patience(FetchSlot slot)
    {
        TimeSpan suppressed = SuppressedFor(slot);
        TimeSpan usual = UsualPatience();
        return usual > suppressed ? usual : suppressed;
    }

    /// <summary>How long after its last sending forwarders hold the next one back.</summary>
    private static TimeSpan SuppressedFor(FetchSlot slot)
    {
        TimeSpan suppressed = SuppressionFirst * (1 << Math.Min(slot.Sendings - 1, 5));
        return suppressed < SuppressionMax ? suppressed : SuppressionMax;
    }

    private TimeSpan UsualPatience()
    {
        TimeSpan usual = _rtt.SmoothedRtt;
        TimeSpan spread = TimeSpan.FromTicks(Math.Max(4 * _rtt.Variation.Ticks, usual.Ticks / 4));
        return usual + (spread > PatienceMin ? spread : PatienceMin);
    }

    private void HandleLoss(FetchSlot slot)
    {
        bool wouldShrinkTooFar = _window.Segments * 7 / 10 < _options.UncongestedWindow;
        if (IsUncongested && wouldShrinkTooFar)
        {
            _recoveryPoint = Math.Max(_recoveryPoint, slot.SendOrder);
            return;
        }

        HandleCongestion(slot);
    }
}
