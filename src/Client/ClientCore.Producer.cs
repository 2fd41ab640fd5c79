using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client;

/// <content>Answering: prefixes that are served, and Interests of peers.</content>
public sealed partial class ClientCore
{
    private const int HashesOnStack = 64;

    private readonly Dictionary<ulong, List<(ulong Id, Name Prefix)>> _served = [];
    private readonly Dictionary<ulong, Name> _registrations = [];
    private readonly List<PitToken> _answeredTokens = [];

    /// <summary>Prefixes that are served.</summary>
    public int RegistrationCount => _registrations.Count;

    /// <summary>Serves a prefix: Interests under it become events. The forwarder has to be told apart from this.</summary>
    /// <remarks>The longest prefix that fits an Interest gets it; of equal ones the oldest.</remarks>
    /// <returns>The registration's id, or 0 when there are too many.</returns>
    public ulong Register(Name prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (_registrations.Count >= _options.RegistrationsMax)
        {
            return 0;
        }

        ulong id = ++_lastId;
        ulong key = _hasher.Hash(prefix.Value);
        if (!_served.TryGetValue(key, out List<(ulong Id, Name Prefix)>? bucket))
        {
            bucket = [];
            _served.Add(key, bucket);
        }

        bucket.Add((id, prefix));
        _registrations.Add(id, prefix);
        return id;
    }

    /// <summary>Serves a prefix no longer; Interests that came under it can still be answered.</summary>
    /// <returns>Whether there was such a registration.</returns>
    public bool Unregister(ulong registrationId)
    {
        if (!_registrations.Remove(registrationId, out Name? prefix))
        {
            return false;
        }

        ulong key = _hasher.Hash(prefix.Value);
        List<(ulong Id, Name Prefix)> bucket = _served[key];
        bucket.RemoveAll(entry => entry.Id == registrationId);
        if (bucket.Count == 0)
        {
            _served.Remove(key);
        }

        return true;
    }

    /// <summary>Answers one Interest of a peer.</summary>
    /// <param name="replyToken">From the InterestReceived event.</param>
    /// <param name="data">A whole Data packet; copied.</param>
    /// <param name="now">The time.</param>
    /// <returns>Sent, UnknownToken, NotData or DoesNotMatch; after the last two the Interest still waits.</returns>
    public ReplyStatus Reply(ulong replyToken, ReadOnlySpan<byte> data, Instant now)
    {
        if (!_incoming.TryGet(replyToken, out IncomingInterest? incoming))
        {
            return ReplyStatus.UnknownToken;
        }

        if (DataView.TryDecode(data, out DataView view) != TlvStatus.Ok)
        {
            return ReplyStatus.NotData;
        }

        if (InterestView.TryDecode(incoming!.Wire, out InterestView interest) != TlvStatus.Ok
            || !PacketMatcher.Matches(interest, view))
        {
            return ReplyStatus.DoesNotMatch;
        }

        Answer(incoming, data, now);
        return ReplyStatus.Sent;
    }

    /// <summary>Answers every waiting Interest of peers that a Data packet satisfies.</summary>
    /// <param name="data">A whole Data packet; copied.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many Interests were answered; 0 also when the octets are no Data packet.</returns>
    public int Put(ReadOnlySpan<byte> data, Instant now)
    {
        if (DataView.TryDecode(data, out DataView view) != TlvStatus.Ok)
        {
            return 0;
        }

        _foundIncoming.Clear();
        _incoming.FindSatisfied(view, _foundIncoming);
        _answeredTokens.Clear();
        foreach (IncomingInterest incoming in _foundIncoming)
        {
            // The same Interest, sent again by the peer, needs one answer.
            if (_answeredTokens.Contains(incoming.Token))
            {
                Forget(incoming);
                continue;
            }

            _answeredTokens.Add(incoming.Token);
            Answer(incoming, data, now);
        }

        return _foundIncoming.Count;
    }

    /// <summary>Refuses one Interest of a peer with a Nack.</summary>
    /// <returns>Whether it was still waiting.</returns>
    public bool Reject(ulong replyToken, NackReason reason, Instant now)
    {
        if (!_incoming.TryGet(replyToken, out IncomingInterest? incoming))
        {
            return false;
        }

        Forget(incoming!);
        _counters.Rejected++;
        var headers = new LpHeaders { PitToken = incoming!.Token, IsNack = true, NackReason = reason };
        _link.Send(headers, incoming.Wire, _sendQueueOctets, now);
        return true;
    }

    /// <summary>Leaves one Interest of a peer unanswered.</summary>
    /// <returns>Whether it was still waiting.</returns>
    public bool Ignore(ulong replyToken)
    {
        if (!_incoming.TryGet(replyToken, out IncomingInterest? incoming))
        {
            return false;
        }

        Forget(incoming!);
        return true;
    }

    private void Answer(IncomingInterest incoming, ReadOnlySpan<byte> data, Instant now)
    {
        Forget(incoming);
        _counters.Replied++;
        _link.Send(new LpHeaders { PitToken = incoming.Token }, data, _sendQueueOctets, now);
    }

    private void HandleInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        if (InterestView.TryDecode(packet, out InterestView view) != TlvStatus.Ok)
        {
            _counters.InvalidPackets++;
            return;
        }

        if (OfferInterest(headers, packet, view, now))
        {
            return;
        }

        if (!TryFindRegistration(view.Name, out ulong registrationId))
        {
            _counters.InterestsUnserved++;
            return;
        }

        if (_incoming.Count >= _options.IncomingMax)
        {
            _counters.IncomingFull++;
            return;
        }

        if (Interest.TryDecode(packet, out Interest? interest) != TlvStatus.Ok || interest is null)
        {
            _counters.InvalidPackets++;
            return;
        }

        IncomingInterest incoming = AddIncoming(headers, packet, view, now);
        _counters.InterestsReceived++;
        _events.Enqueue(new ClientEvent
        {
            Kind = ClientEventKind.InterestReceived,
            Interest = interest,
            RegistrationId = registrationId,
            ReplyToken = incoming.Id,
            CongestionMark = headers.CongestionMark,
        });
    }

    private bool TryFindRegistration(NameView name, out ulong registrationId)
    {
        registrationId = 0;
        Span<ulong> hashes = name.Count < HashesOnStack ? stackalloc ulong[HashesOnStack] : new ulong[name.Count + 1];
        _hasher.HashPrefixes(name, hashes);
        for (int length = name.Count; length >= 0 && _served.Count > 0; length--)
        {
            if (!_served.TryGetValue(hashes[length], out List<(ulong Id, Name Prefix)>? bucket))
            {
                continue;
            }

            foreach ((ulong id, Name prefix) in bucket)
            {
                if (prefix.Count == length && prefix.IsPrefixOf(name))
                {
                    registrationId = id;
                    return true;
                }
            }
        }

        return false;
    }

    private void Forget(IncomingInterest incoming)
    {
        _incoming.Remove(incoming);
        _incomingDeadlines.Remove(incoming);
    }
}
