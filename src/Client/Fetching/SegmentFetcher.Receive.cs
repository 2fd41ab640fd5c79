using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Fetching;

/// <content>Answers.</content>
public sealed partial class SegmentFetcher
{
    /// <summary>Takes a Data packet; one that was not asked for is counted and otherwise ignored.</summary>
    /// <param name="data">The packet; kept until its segment was taken.</param>
    /// <param name="congestionMark">Greater than zero when it passed a congested queue.</param>
    /// <param name="now">When it came.</param>
    public void HandleData(Data data, ulong congestionMark, Instant now)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (IsFinished)
        {
            _progress.Duplicates++;
            return;
        }

        FetchSlot? slot = Find(data, out bool isDuplicate);
        if (slot is null)
        {
            _progress.Duplicates += isDuplicate ? 1UL : 0;
            _progress.Unexpected += isDuplicate ? 0 : 1UL;
            return;
        }

        NoteAnswer(slot, congestionMark, now);
        slot.Data = data;
        _lastProgress = now;
        if (!_options.MustVerify)
        {
            Accept(slot, data);
            return;
        }

        slot.Phase = FetchPhase.Verifying;
        _verifying.Add(++_lastVerification, slot);
        _events.Enqueue(new FetchEvent
        {
            Kind = FetchEventKind.VerifyNeeded,
            VerificationId = _lastVerification,
            Data = data,
        });
    }

    /// <summary>Takes the outcome of a check; one that was not asked for is ignored.</summary>
    /// <param name="verificationId">From the VerifyNeeded event.</param>
    /// <param name="isGenuine">Whether the packet is what it claims to be.</param>
    /// <param name="now">The time.</param>
    public void HandleVerified(ulong verificationId, bool isGenuine, Instant now)
    {
        if (IsFinished || !_verifying.Remove(verificationId, out FetchSlot? slot)
            || slot.Phase != FetchPhase.Verifying || slot.Data is not { } data)
        {
            return;
        }

        _lastProgress = now;
        if (isGenuine)
        {
            Accept(slot, data);
            return;
        }

        _progress.VerificationFailures++;
        slot.Data = null;
        slot.VerificationFailures++;
        if (slot.VerificationFailures > _options.VerificationRetriesMax)
        {
            Fail(slot, FetchFailure.VerificationFailed, "is not genuine", data);
            return;
        }

        BackOff(slot, slot.VerificationFailures, now);
    }

    /// <summary>Takes a refusal.</summary>
    /// <param name="name">Name of the Interest that was refused.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When it came.</param>
    public void HandleNack(Name name, NackReason reason, Instant now)
    {
        ArgumentNullException.ThrowIfNull(name);
        FetchSlot? slot = _discovery;
        if (slot is null && (!TryGetSegment(name, out ulong segment) || !_slots.TryGetValue(segment, out slot)))
        {
            return;
        }

        if (IsFinished || slot.Phase != FetchPhase.Outstanding || name != NameOf(slot))
        {
            return;
        }

        _progress.Nacks++;
        _outstanding--;
        _deadlines.Remove(slot);
        slot.Nacks++;
        if (reason == NackReason.Congestion)
        {
            HandleCongestion(slot);
        }

        slot.NoRoutes += reason is NackReason.Congestion or NackReason.Duplicate ? 0 : 1;
        if (slot.NoRoutes > _options.NoRouteMax)
        {
            Fail(slot, FetchFailure.NoRoute, $"cannot be had: refused {slot.Nacks} times, last with {ReasonText(reason)}");
        }
        else if (slot.Sendings > _options.RetransmissionsMax)
        {
            Fail(slot, FetchFailure.RetriesExhausted, $"did not come after {slot.Sendings} tries");
        }
        else
        {
            BackOff(slot, slot.Nacks, now);
        }
    }

    private static string ReasonText(NackReason reason) => reason switch
    {
        NackReason.Congestion => "congestion",
        NackReason.Duplicate => "duplicate",
        NackReason.NoRoute => "no route",
        _ => "no reason",
    };

    private void BackOff(FetchSlot slot, int times, Instant now)
    {
        long wait = _options.NackBackoff.Ticks;
        for (int i = 1; i < times && wait < _options.NackBackoffMax.Ticks; i++)
        {
            wait *= 2;
        }

        wait = Math.Clamp(wait, 1, Math.Max(1, _options.NackBackoffMax.Ticks));
        wait += (long)((UInt128)_random.NextUInt32() * (ulong)wait >> 33);
        slot.Phase = FetchPhase.BackingOff;
        _deadlines.Set(slot, now + TimeSpan.FromTicks(wait));
    }

    /// <summary>The segment that waits for this packet, or null.</summary>
    private FetchSlot? Find(Data data, out bool isDuplicate)
    {
        isDuplicate = false;
        FetchSlot? slot = null;
        if (_discovery is not null)
        {
            slot = IsDiscoveryAnswer(data) ? _discovery : null;
        }
        else if (TryGetSegment(data.Name, out ulong segment))
        {
            _slots.TryGetValue(segment, out slot);
            isDuplicate = slot is null && segment < _nextInOrder;
        }

        if (slot?.Phase is FetchPhase.Verifying or FetchPhase.Ready)
        {
            isDuplicate = true;
            return null;
        }

        // A segment that was never asked for is not waited for, whoever sends it.
        return slot?.Sendings > 0 ? slot : null;
    }

    private bool IsDiscoveryAnswer(Data data)
    {
        if (_options.Discovery == FetchDiscovery.Metadata)
        {
            return RdrMetadata.DiscoveryName(RequestedName).IsPrefixOf(data.Name);
        }

        if (!RequestedName.IsPrefixOf(data.Name))
        {
            return false;
        }

        // A refusal may come under the very name that was asked for.
        return data.ContentType == ContentTypes.Nack
            || (data.Name.Count == RequestedName.Count + 2
                && data.Name[^2].Type == TlvType.VersionNameComponent
                && data.Name[^1].Type == TlvType.SegmentNameComponent
                && data.Name[^1].TryGetNumber(out _));
    }

    private bool TryGetSegment(Name name, out ulong segment)
    {
        segment = 0;
        return name.Count == ObjectName.Count + 1
            && name[^1].Type == TlvType.SegmentNameComponent
            && name[^1].TryGetNumber(out segment)
            && segment != FetchSlot.Discovery
            && ObjectName.IsPrefixOf(name);
    }

    private void NoteAnswer(FetchSlot slot, ulong congestionMark, Instant now)
    {
        if (slot.Phase == FetchPhase.Outstanding)
        {
            _outstanding--;
        }

        _deadlines.Remove(slot);
        if (slot.Sendings == 1)
        {
            _rtt.AddSample(now - slot.SentAt);
        }

        HurryOvertaken(slot, now);

        if (congestionMark > 0)
        {
            _progress.CongestionMarks++;
            HandleCongestion(slot);
        }
        else if (_isWindowLimited)
        {
            _window.HandleAnswer(now, _rtt.SmoothedRtt);
        }
    }
}
