using System.Globalization;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Model;

/// <summary>The rules of forwarding once more, with lists and linear scans, to compare the real one with.</summary>
internal sealed class NaiveForwarder(int contentStoreCapacity)
{
    private readonly List<NaivePending> _pit = [];
    private readonly List<NaiveCached> _cache = []; // Least recently used first.
    private readonly List<(Name Name, uint Nonce, long At)> _dead = [];
    private readonly List<string> _sent = [];

    public List<NaiveFace> Faces { get; } = [];

    public Dictionary<Name, List<NaiveHop>> Fib { get; } = [];

    public Dictionary<Name, bool> MulticastPrefixes { get; } = new() { [Name.Root] = false };

    public IReadOnlyList<NaivePending> Pit => _pit;

    public int CacheCount => _cache.Count;

    public List<string> TakeSent()
    {
        List<string> sent = [.. _sent.Order(StringComparer.Ordinal)];
        _sent.Clear();
        return sent;
    }

    public void Advance(long fromMs, long toMs)
    {
        foreach (NaivePending pending in _pit.Where(p => p.ExpiryMs <= toMs).OrderBy(p => p.ExpiryMs).ToList())
        {
            Finish(pending, Math.Max(pending.ExpiryMs, fromMs));
        }
    }

    public void Interest(NaiveFace face, NaiveInterest interest, long now)
    {
        if (interest.HopLimit == 0 || (!face.IsLocal && Starts(interest.Name, "/localhost")))
        {
            return;
        }

        bool isDead = _dead.Any(d => d.Name == interest.Name && d.Nonce == interest.Nonce && d.At + 6000 > now);
        NaivePending? pending = _pit.Find(p => p.Name == interest.Name && p.CanBePrefix == interest.CanBePrefix
            && p.MustBeFresh == interest.MustBeFresh);
        if (isDead || (pending is not null && IsLoop(pending, face, interest.Nonce)))
        {
            if (face.Type == LinkType.PointToPoint)
            {
                Say(face, "N", interest.Name, $"{interest.Nonce} {NackReason.Duplicate} {interest.Token}");
            }

            return;
        }

        interest = interest with { HopLimit = (byte?)(interest.HopLimit - 1) };
        if ((pending is null || pending.In.Count == 0) && FindCached(interest, now) is NaiveCached hit)
        {
            _cache.Remove(hit);
            _cache.Add(hit);
            Say(face, "D", hit.Data.Name, $"{hit.Data.Digest} {interest.Token}");
            if (pending is not null)
            {
                pending.IsSatisfied = true;
                Finish(pending, now);
            }

            return;
        }

        if (pending is null)
        {
            pending = new NaivePending
            {
                Name = interest.Name,
                CanBePrefix = interest.CanBePrefix,
                MustBeFresh = interest.MustBeFresh,
            };
            _pit.Add(pending);
        }

        long renewed = now;
        NaiveIn? record = pending.In.Find(r => r.Face == face);
        if (record is null)
        {
            record = new NaiveIn { Face = face, Interest = interest };
            pending.In.Insert(0, record);
        }
        else if (record.Interest.Nonce == interest.Nonce)
        {
            // A copy renews nothing.
            interest = interest with { LifetimeMs = record.Interest.LifetimeMs };
            renewed = record.RenewedMs;
        }

        record.Interest = interest;
        record.RenewedMs = renewed;
        pending.ExpiryMs = pending.In.Max(r => r.ExpiryMs);
        Forward(pending, record, now);
        FinishIfDone(pending, now);
    }

    public void Data(NaiveFace face, NaiveData data, long now)
    {
        if (!face.IsLocal && Starts(data.Name, "/localhost"))
        {
            return;
        }

        List<NaivePending> matches = _pit.FindAll(p => Matches(p, data));
        if (matches.Count == 0)
        {
            return;
        }

        Store(data, now);
        List<(NaiveFace Face, string Token)> answered = [];
        foreach (NaivePending pending in matches.OrderByDescending(p => IsDigestName(p.Name) ? -1 : p.Name.Count))
        {
            pending.IsSatisfied = true;
            pending.KeepsNonces |= (pending.MustBeFresh && data.FreshnessMs < 6000) || pending.Out.Count > 1;
            foreach (NaiveIn waiting in pending.In.Where(r => r.ExpiryMs > now))
            {
                bool isBack = waiting.Face == face && face.Type != LinkType.AdHoc;
                if (!isBack && (waiting.Face.IsLocal || !Starts(data.Name, "/localhost")))
                {
                    answered.Add((waiting.Face, waiting.Interest.Token));
                }
            }
        }

        // Each token of a face once; a face that has no token at all once.
        foreach ((NaiveFace to, string token) in answered.Distinct())
        {
            if (token.Length > 0 || answered.All(a => a.Face != to || a.Token.Length == 0))
            {
                Say(to, "D", data.Name, $"{data.Digest} {token}");
            }
        }

        matches.ForEach(p => Finish(p, now));
    }

    public void Nack(NaiveFace face, NaiveInterest interest, NackReason reason, long now)
    {
        NaivePending? pending = _pit.Find(p => p.Name == interest.Name && p.CanBePrefix == interest.CanBePrefix
            && p.MustBeFresh == interest.MustBeFresh);
        NaiveOut? record = pending?.Out.Find(r => r.Face == face);
        if (face.Type != LinkType.PointToPoint || pending is null || record is null || record.Nonce != interest.Nonce)
        {
            return;
        }

        record.Nack = reason;
        pending.IsDone = !pending.Out.Any(r => r.Nack is null && r.ExpiryMs >= now);
        if (!pending.IsMulticast)
        {
            List<NaiveOut> open = pending.Out.FindAll(r => r.Nack is null);
            NackReason least = pending.Out.Where(r => r.Nack is not null && r.Nack != NackReason.None)
                .Select(r => r.Nack!.Value).DefaultIfEmpty(NackReason.None).Min();
            if (open.Count == 0)
            {
                pending.In.ToList().ForEach(r => Refuse(pending, r, least));
            }
            else if (open.Count == 1 && pending.In.Find(r => r.Face == open[0].Face) is NaiveIn self)
            {
                Refuse(pending, self, least);
            }
        }

        FinishIfDone(pending, now);
    }

    public void AddHop(Name prefix, NaiveFace face, ulong cost, long now)
    {
        if (!Fib.TryGetValue(prefix, out List<NaiveHop>? hops))
        {
            Fib[prefix] = hops = [];
        }

        bool isNew = hops.RemoveAll(h => h.Face == face) == 0;
        hops.Add(new NaiveHop { Face = face, Cost = cost });
        hops.Sort((x, y) => (x.Cost, x.Face.Id.Value).CompareTo((y.Cost, y.Face.Id.Value)));
        foreach (NaivePending pending in isNew ? _pit.Where(p => p.IsMulticast && Longest(p.Name) == prefix) : [])
        {
            NaiveIn? source = pending.In.Find(r => MayGo(pending.Name, r.Face, face) && !IsTooSoon(pending, face, now));
            if (source is not null)
            {
                SendMulticast(pending, source, face, now);
            }
        }
    }

    public void RemoveHop(Name prefix, NaiveFace face)
    {
        if (Fib.TryGetValue(prefix, out List<NaiveHop>? hops))
        {
            hops.RemoveAll(h => h.Face == face);
            if (hops.Count == 0)
            {
                Fib.Remove(prefix);
            }
        }
    }

    public void RemoveFace(NaiveFace face)
    {
        Faces.Remove(face);
        Fib.Keys.ToList().ForEach(prefix => RemoveHop(prefix, face));
        foreach (NaivePending pending in _pit)
        {
            pending.In.RemoveAll(r => r.Face == face);
            pending.Out.RemoveAll(r => r.Face == face);
        }
    }

    public int Erase(Name prefix, int countMax)
    {
        List<NaiveCached> victims = [.. InOrder().Where(c => prefix.IsPrefixOf(c.Data.Name)).Take(countMax)];
        victims.ForEach(v => _cache.Remove(v));
        return victims.Count;
    }

    private static bool Starts(Name name, string prefix) => Name.Parse(prefix).IsPrefixOf(name);

    private static bool IsDigestName(Name name) => name[^1].Type == TlvType.ImplicitSha256DigestComponent;

    private static bool MayGo(Name name, NaiveFace from, NaiveFace to) =>
        (from != to || to.Type == LinkType.AdHoc)
        && (to.IsLocal || (!Starts(name, "/localhost") && (!Starts(name, "/localhop") || from.IsLocal)));

    private static bool Matches(NaivePending pending, NaiveData data) => IsDigestName(pending.Name)
        ? pending.Name.Count == data.Name.Count + 1 && pending.Name.Prefix(data.Name.Count) == data.Name
            && Convert.ToHexStringLower(pending.Name[^1].Value.Span) == data.Digest
        : pending.CanBePrefix ? pending.Name.IsPrefixOf(data.Name) : pending.Name == data.Name;

    private static bool IsLoop(NaivePending pending, NaiveFace face, uint nonce) =>
        !(face.Type == LinkType.PointToPoint && pending.In.Any(r => r.Face == face && r.Interest.Nonce == nonce))
        && (pending.In.Any(r => r.Interest.Nonce == nonce) || pending.Out.Any(r => r.Nonce == nonce));

    private static bool IsTooSoon(NaivePending pending, NaiveFace face, long now) =>
        pending.Out.Find(r => r.Face == face) is NaiveOut o && now - o.RenewedMs < o.IntervalMs;

    private Name Longest(Name name) =>
        Fib.Keys.Where(k => k.IsPrefixOf(name)).MaxBy(k => k.Count) ?? Name.Root;

    private List<NaiveHop> HopsOf(NaiveInterest interest)
    {
        if (interest.Hint.Length == 0)
        {
            return Fib.GetValueOrDefault(Longest(interest.Name), []);
        }

        return interest.Hint.Select(h => Fib.GetValueOrDefault(Longest(Name.Parse(h)), [])).FirstOrDefault(h => h.Count > 0)
            ?? [];
    }

    private void Forward(NaivePending pending, NaiveIn source, long now)
    {
        bool isMulticast = MulticastPrefixes[MulticastPrefixes.Keys.Where(k => k.IsPrefixOf(pending.Name)).MaxBy(k => k.Count)!];
        if (isMulticast != pending.IsMulticast)
        {
            pending.IsMulticast = isMulticast;
            pending.IntervalMs = 10;
        }

        List<NaiveFace> eligible = [.. HopsOf(source.Interest).Select(h => h.Face)
            .Where(f => MayGo(pending.Name, source.Face, f))];
        if (isMulticast)
        {
            eligible.Where(f => !IsTooSoon(pending, f, now)).ToList().ForEach(f => SendMulticast(pending, source, f, now));
            return;
        }

        if (!pending.Out.Any(r => r.Nack is null && r.ExpiryMs >= now))
        {
            if (eligible.Count > 0)
            {
                Send(pending, source, eligible[0], now);
                return;
            }

            Refuse(pending, source, NackReason.NoRoute);
            pending.IsDone = true;
            return;
        }

        if (now - pending.Out.Max(r => r.RenewedMs) < pending.IntervalMs)
        {
            return;
        }

        pending.IntervalMs = Math.Min(250, pending.IntervalMs * 2);
        NaiveFace? unused = eligible.Find(f => !pending.Out.Any(r => r.Face == f && r.ExpiryMs > now));
        NaiveFace? next = unused ?? eligible.MinBy(f => pending.Out.Find(r => r.Face == f)!.RenewedMs);
        if (next is not null)
        {
            Send(pending, source, next, now);
        }
    }

    private void SendMulticast(NaivePending pending, NaiveIn source, NaiveFace to, long now)
    {
        bool isAgain = pending.Out.Any(r => r.Face == to);
        if (Send(pending, source, to, now) is NaiveOut sent && isAgain)
        {
            sent.IntervalMs = Math.Min(250, sent.IntervalMs * 2);
        }
    }

    private NaiveOut? Send(NaivePending pending, NaiveIn source, NaiveFace to, long now)
    {
        if (source.Interest.HopLimit == 0 && !to.IsLocal)
        {
            return null;
        }

        NaiveOut? record = pending.Out.Find(r => r.Face == to);
        if (record is null)
        {
            record = new NaiveOut { Face = to };
            pending.Out.Add(record);
        }
        else if (record.Nonce != source.Interest.Nonce)
        {
            _dead.Add((pending.Name, record.Nonce, now));
        }

        record.Nonce = source.Interest.Nonce;
        record.RenewedMs = now;
        record.ExpiryMs = now + source.ExpiryMs - source.RenewedMs;
        record.Nack = null;
        string hops = source.Interest.HopLimit?.ToString(CultureInfo.InvariantCulture) ?? "-";
        Say(to, "I", pending.Name, $"{source.Interest.Nonce} {hops}");
        return record;
    }

    private void Refuse(NaivePending pending, NaiveIn record, NackReason reason)
    {
        if (record.Face.Type == LinkType.PointToPoint)
        {
            Say(record.Face, "N", pending.Name, $"{record.Interest.Nonce} {reason} {record.Interest.Token}");
            pending.In.Remove(record);
        }
    }

    private void FinishIfDone(NaivePending pending, long now)
    {
        if (pending.IsDone)
        {
            Finish(pending, now);
        }
    }

    private void Finish(NaivePending pending, long now)
    {
        _pit.Remove(pending);
        if (!pending.IsSatisfied || pending.KeepsNonces)
        {
            pending.Out.ForEach(r => _dead.Add((pending.Name, r.Nonce, now)));
        }
    }

    private IEnumerable<NaiveCached> InOrder() =>
        _cache.OrderBy(c => c.Data.Name).ThenBy(c => c.Data.Digest, StringComparer.Ordinal);

    private NaiveCached? FindCached(NaiveInterest interest, long now)
    {
        var key = new NaivePending
        {
            Name = interest.Name,
            CanBePrefix = interest.CanBePrefix,
            MustBeFresh = interest.MustBeFresh,
        };
        return InOrder().FirstOrDefault(c => Matches(key, c.Data) && (!interest.MustBeFresh || c.FreshUntilMs >= now));
    }

    private bool Store(NaiveData data, long now)
    {
        if (contentStoreCapacity == 0)
        {
            return false;
        }

        NaiveCached? known = _cache.Find(c => c.Data.Digest == data.Digest);
        if (known is null)
        {
            while (_cache.Count >= contentStoreCapacity)
            {
                _cache.RemoveAt(0);
            }

            known = new NaiveCached { Data = data };
        }

        _cache.Remove(known);
        _cache.Add(known);
        known.FreshUntilMs = data.FreshnessMs == 0 ? null : now + data.FreshnessMs;
        return true;
    }

    private void Say(NaiveFace face, string kind, Name name, string detail) =>
        _sent.Add($"{face.Id} {kind} {name} {detail}".TrimEnd());
}
