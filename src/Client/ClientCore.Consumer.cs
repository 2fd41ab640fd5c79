using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client;

/// <content>Asking: Interests of ours and what becomes of them.</content>
public sealed partial class ClientCore
{
    private const ulong LifetimeMsMax = 24UL * 3600 * 1000;

    /// <summary>Sends an Interest; exactly one DataReceived, Nacked or TimedOut follows, unless it is cancelled.</summary>
    /// <remarks>
    /// A Nack for congestion or a duplicate nonce is not the end while tries are left. Several Interests may wait for one name;
    /// one Data satisfies them all.
    /// </remarks>
    /// <param name="interest">What to ask for; its Nonce, if there is one, serves the first try.</param>
    /// <param name="policy">How often to try.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its id in events, or 0 when too many Interests wait: nothing was sent, nothing follows.</returns>
    /// <exception cref="InvalidOperationException">The Interest cannot be encoded.</exception>
    public ulong Express(Interest interest, ExpressPolicy policy, Instant now)
    {
        ArgumentNullException.ThrowIfNull(interest);
        ArgumentNullException.ThrowIfNull(policy);
        return Express(interest, policy, owner: null, ownerRequest: 0, now);
    }

    /// <summary>Gives an Interest up; no event follows.</summary>
    /// <returns>Whether it was still waiting.</returns>
    public bool Cancel(ulong id)
    {
        if (!_pending.TryGet(id, out PendingInterest? pending))
        {
            return false;
        }

        Forget(pending!);
        _counters.Cancelled++;
        return true;
    }

    private ulong Express(
        Interest interest, ExpressPolicy policy, AttachedFetcher? owner, ulong ownerRequest, Instant now)
    {
        if (_pending.Count >= _options.PendingMax)
        {
            _counters.PendingFull++;
            return 0;
        }

        ulong lifetimeMs = Math.Min(interest.LifetimeMs ?? InterestView.DefaultLifetimeMs, LifetimeMsMax);
        var pending = new PendingInterest
        {
            Id = ++_lastId,
            Name = interest.GetWireName(),
            CanBePrefix = interest.CanBePrefix,
            MustBeFresh = interest.MustBeFresh,
            Interest = interest,
            Wire = interest.Encode(),
            Policy = policy,
            Lifetime = TimeSpan.FromMilliseconds((double)lifetimeMs),
            Owner = owner,
            OwnerRequest = ownerRequest,
            Interval = policy.RetransmissionTimeout,
        };
        _pending.Add(pending);
        _counters.Expressed++;
        SendPending(pending, interest.Nonce ?? _random.NextUInt32(), now);
        return pending.Id;
    }

    private void SendPending(PendingInterest pending, uint nonce, Instant now)
    {
        pending.Nonce = nonce;
        pending.SendOrder = ++_lastSendOrder;
        pending.Sendings++;
        bool isLast = pending.Sendings > pending.Policy.RetransmissionsMax;
        _pendingDeadlines.Set(pending, now + (isLast ? pending.Lifetime : pending.Interval));
        TlvStatus status = InterestView.TryDecode(pending.Wire, out InterestView view);
        Invariant.Check(status == TlvStatus.Ok, "an Interest that was encoded here can be decoded");
        int length = InterestEditor.SizeOf(view, new InterestEdit { Nonce = nonce });
        if (status == TlvStatus.Ok && length <= PacketLimits.MaxPacketOctets)
        {
            InterestEditor.CopyWithNonce(view, nonce, _scratch);
            _link.Send(default, _scratch.AsSpan(0, length), _sendQueueOctets, now);
        }
        else
        {
            // Without room for a Nonce: the first forwarder draws one.
            _link.Send(default, pending.Wire, _sendQueueOctets, now);
        }
    }

    private void HandlePendingDeadline(PendingInterest pending, Instant now)
    {
        if (pending.Sendings <= pending.Policy.RetransmissionsMax)
        {
            long doubled = Math.Min(pending.Interval.Ticks * 2, pending.Policy.RetransmissionTimeoutMax.Ticks);
            pending.Interval = TimeSpan.FromTicks(Math.Max(doubled, pending.Interval.Ticks));
            _counters.Retransmitted++;
            SendPending(pending, _random.NextUInt32(), now);
            return;
        }

        Forget(pending);
        if (pending.Owner is { } owner)
        {
            // The fetcher has its own, shorter, time-out.
            owner.Requests.Remove(pending.OwnerRequest);
            return;
        }

        _counters.TimedOut++;
        _events.Enqueue(new ClientEvent
        {
            Kind = ClientEventKind.TimedOut,
            Id = pending.Id,
            Interest = pending.Interest,
        });
    }

    private void HandleData(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        if (DataView.TryDecode(packet, out DataView view) != TlvStatus.Ok)
        {
            _counters.InvalidPackets++;
            return;
        }

        _foundPending.Clear();
        _pending.FindSatisfied(view, _foundPending);
        bool isGuests = OfferData(headers, packet, now);
        if (_foundPending.Count == 0 && isGuests)
        {
            return;
        }

        if (_foundPending.Count == 0)
        {
            _counters.UnsolicitedData++;
            return;
        }

        if (Data.TryDecode(packet, out Data? data) != TlvStatus.Ok || data is null)
        {
            _counters.InvalidPackets++;
            return;
        }

        foreach (PendingInterest pending in _foundPending)
        {
            Forget(pending);
            _counters.Satisfied++;
            if (pending.Owner is { } owner)
            {
                owner.Requests.Remove(pending.OwnerRequest);
                owner.Fetcher.HandleData(data, headers.CongestionMark, now);
                continue;
            }

            _events.Enqueue(new ClientEvent
            {
                Kind = ClientEventKind.DataReceived,
                Id = pending.Id,
                Data = data,
                CongestionMark = headers.CongestionMark,
            });
        }

        Pump(now);
    }

    private void HandleNack(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        if (InterestView.TryDecode(packet, out InterestView view) != TlvStatus.Ok)
        {
            _counters.InvalidPackets++;
            return;
        }

        bool isGuests = OfferNack(headers, packet, now);
        _foundPending.Clear();
        _pending.FindSame(view, _foundPending);
        ulong refusedOrder = 0;
        foreach (PendingInterest pending in _foundPending)
        {
            bool isRefused = view.HasNonce && view.Nonce == pending.Nonce;
            refusedOrder = isRefused ? Math.Max(refusedOrder, pending.SendOrder) : refusedOrder;
        }

        if (refusedOrder == 0)
        {
            _counters.UnsolicitedNacks += isGuests ? 0 : 1UL;
            return;
        }

        // The forwarder has one record for this end: what was sent before the refused nonce was refused with it.
        foreach (PendingInterest pending in _foundPending)
        {
            if (pending.SendOrder <= refusedOrder)
            {
                HandleNack(pending, headers.NackReason, now);
            }
        }

        Pump(now);
    }

    private void HandleNack(PendingInterest pending, NackReason reason, Instant now)
    {
        bool isPassing = reason is NackReason.Congestion or NackReason.Duplicate;
        if (isPassing && pending.Sendings <= pending.Policy.RetransmissionsMax)
        {
            _counters.NacksAbsorbed++;
            return;
        }

        Forget(pending);
        _counters.Nacked++;
        if (pending.Owner is { } owner)
        {
            owner.Requests.Remove(pending.OwnerRequest);
            owner.Fetcher.HandleNack(pending.Name, reason, now);
            return;
        }

        _events.Enqueue(new ClientEvent
        {
            Kind = ClientEventKind.Nacked,
            Id = pending.Id,
            NackReason = reason,
            Interest = pending.Interest,
        });
    }

    private void Forget(PendingInterest pending)
    {
        _pending.Remove(pending);
        _pendingDeadlines.Remove(pending);
    }
}
