using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

/// <summary>The caller's end of remote invocation: calls come in, results or clear errors come out.</summary>
/// <remarks>
/// Drain <see cref="TryTakeTransmit"/> and <see cref="TryTakeEvent"/> until false after each input. <c>now</c> never goes back. One
/// owner thread. Each input does bounded work: one packet, or the calls that are due.
/// Every call ends with exactly one <see cref="RiceClientEventKind.Completed"/> or <see cref="RiceClientEventKind.Failed"/>, at its
/// deadline at the latest, and leaves nothing behind. What is repeated is safe to repeat: a pure call at any time, an opaque one under
/// the same request id to the same run of the server, which runs it at most once; whenever that cannot be had, the call ends with
/// <see cref="CallErrorCode.OutcomeUnknown"/>.
/// Packets are bare Interests and Data; link headers are the shell's. Offer each packet here first: the answer says whether it was ours.
/// </remarks>
public sealed partial class RiceClientCore
{
    private readonly RiceClientOptions _options;
    private readonly IRandomSource _random;
    private readonly Dictionary<ulong, ClientCall> _calls = [];
    private readonly Dictionary<Name, List<ClientCall>> _pending;
    private readonly Dictionary<Name, List<ClientCall>> _pulls;
    private readonly Dictionary<Name, PublishedArgument> _published;
    private readonly Dictionary<Name, KnownFunction> _known;
    private readonly Queue<Name> _knownOrder = new();
    private readonly Dictionary<ulong, Verification> _verifications = [];
    private readonly PriorityQueue<ClientCall, (long Due, ulong Order)> _timers = new();
    private readonly Queue<ReadOnlyMemory<byte>> _transmits = new();
    private readonly Queue<RiceClientEvent> _events = new();
    private ulong _nextId;
    private ulong _timerOrder;
    private long _unixTimeAtZeroMs;

    /// <summary>A client without calls.</summary>
    /// <param name="options">Sizes and times.</param>
    /// <param name="random">Where nonces, request ids and reflexive names come from.</param>
    public RiceClientCore(RiceClientOptions options, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _random = random;
        _unixTimeAtZeroMs = (long)options.UnixTimeAtZeroMs;
        var comparer = new KeyedNameComparer(random);
        _pending = new(comparer);
        _pulls = new(comparer);
        _published = new(comparer);
        _known = new(comparer);
    }

    /// <summary>Calls that have not ended.</summary>
    public int CallCount => _calls.Count;

    /// <summary>Interests, arguments, transfers and verifications that calls have outstanding; 0 when there is no call.</summary>
    public int OutstandingCount => _pending.Count + _pulls.Count + _published.Count + _verifications.Count;

    /// <summary>When <see cref="HandleTimeout"/> wants to be called.</summary>
    public Instant NextTimeout => _timers.TryPeek(out _, out (long Due, ulong Order) next) ? new Instant(next.Due) : Instant.Never;

    /// <summary>Begins a call.</summary>
    /// <returns>Its number, which its end is reported under.</returns>
    public ulong Call(CallRequest request, Instant now)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = new ClientCall
        {
            Id = ++_nextId,
            Request = request,
            Deadline = now + request.Timeout,
            Rtt = new RttEstimate(_options.InitialRoundTrip),
            BypassCaches = request.BypassCaches,
        };
        if (_calls.Count >= _options.CallCountMax)
        {
            Report(call, new CallError(CallErrorCode.Busy, $"{_calls.Count} calls are outstanding here already"), now);
            return call.Id;
        }

        _calls.Add(call.Id, call);
        if (_known.TryGetValue(request.Function, out KnownFunction? known) && now < known.Until)
        {
            call.Rtt = known.Rtt;
            call.Descriptor = known.Descriptor;
            call.Trace.Add(now, CallStepKind.DescriptorKnown, request.Function);
            StartCall(call, now);
        }
        else
        {
            Describe(call, now);
        }

        Schedule(call);
        return call.Id;
    }

    /// <summary>Takes a descriptor that the caller fetched and verified by itself, so that its next call need not ask for it.</summary>
    public void HandleDescriptor(FunctionDescriptor descriptor, Instant now)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        Remember(descriptor, new RttEstimate(_options.InitialRoundTrip), now);
    }

    /// <summary>Gives a call up; it ends with <see cref="CallErrorCode.Abandoned"/>.</summary>
    public bool Abandon(ulong callId, Instant now)
    {
        if (!_calls.TryGetValue(callId, out ClientCall? call))
        {
            return false;
        }

        Fail(call, new CallError(CallErrorCode.Abandoned, "the caller gave the call up"), now);
        return true;
    }

    /// <summary>How far a call is.</summary>
    public bool TryGetProgress(ulong callId, out CallProgress progress)
    {
        progress = default;
        if (!_calls.TryGetValue(callId, out ClientCall? call))
        {
            return false;
        }

        long served = 0;
        long total = 0;
        for (int i = 0; i < call.Published.Count; i++)
        {
            served += call.Published[i].OctetsServed;
            total += call.Published[i].OctetsTotal;
        }

        progress = new CallProgress(served, total, call.Pull?.ReceivedOctets ?? 0, call.PullOctetsTotal);
        return true;
    }

    /// <summary>Takes an Interest.</summary>
    /// <returns>Whether it asks for an argument of a call.</returns>
    public bool HandleInterest(ReadOnlySpan<byte> packet, Instant now)
    {
        if (_published.Count == 0 || InterestView.TryDecode(packet, out InterestView interest) != TlvStatus.Ok
            || interest.Name.Count == 0)
        {
            return false;
        }

        Name name = interest.Name.ToName();
        if (!_published.TryGetValue(name.Prefix(name.Count - 1), out PublishedArgument? argument))
        {
            return false;
        }

        NameComponent last = name[^1];
        if (last.Type == TlvType.SegmentNameComponent && last.TryGetNumber(out ulong segment)
            && argument.Segment(name, segment) is ReadOnlyMemory<byte> data)
        {
            _transmits.Enqueue(data);
            if (!argument.WasAsked)
            {
                argument.WasAsked = true;
                argument.Call.Trace.Add(now, CallStepKind.ArgumentPulled, argument.Name);
            }
        }

        return true;
    }

    /// <summary>Takes a Data.</summary>
    /// <returns>Whether a call waits for it.</returns>
    public bool HandleData(ReadOnlySpan<byte> packet, Instant now)
    {
        if (_calls.Count == 0 || DataView.TryDecode(packet, out DataView data) != TlvStatus.Ok || data.Name.Count < 2)
        {
            return false;
        }

        Name name = data.Name.ToName();
        if (_pulls.TryGetValue(name.Prefix(name.Count - 1), out List<ClientCall>? pulling))
        {
            HandleSegment(packet, pulling, now);
            return true;
        }

        // Descriptors come with version and segment behind the name that was asked for, thunks with a version.
        for (int cut = 0; cut <= 2 && cut < name.Count; cut++)
        {
            if (_pending.TryGetValue(cut == 0 ? name : name.Prefix(name.Count - cut), out List<ClientCall>? waiting)
                && (cut == 0 || waiting[0].Exchange!.CanBePrefix))
            {
                HandleAnswer(packet, waiting, now);
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a Nack.</summary>
    /// <returns>Whether it is for an Interest of a call.</returns>
    public bool HandleNack(ReadOnlySpan<byte> interest, NackReason reason, Instant now)
    {
        if (InterestView.TryDecode(interest, out InterestView view) != TlvStatus.Ok || view.Name.Count == 0)
        {
            return false;
        }

        Name name = view.Name.ToName();
        if (_pulls.TryGetValue(name.Prefix(name.Count - 1), out List<ClientCall>? pulling))
        {
            foreach (ClientCall call in pulling.ToArray())
            {
                call.Pull!.HandleNack(interest, reason);
                ContinueFetch(call, now);
                Schedule(call);
            }

            return true;
        }

        if (!_pending.TryGetValue(name, out List<ClientCall>? waiting))
        {
            return false;
        }

        foreach (ClientCall call in waiting.ToArray())
        {
            if (call.Exchange!.Nonces.Contains(view.Nonce))
            {
                HandleNack(call, reason, now);
                Schedule(call);
            }
        }

        return true;
    }

    /// <summary>Takes the verdict on a signature.</summary>
    /// <param name="verificationId">The number that the verification was asked under.</param>
    /// <param name="isTrusted">Whether the signature is right and its key may sign that name.</param>
    /// <param name="now">The time.</param>
    /// <param name="detail">Whose signature it is, for the trace; or why it is not trusted, for the error.</param>
    public void HandleVerified(ulong verificationId, bool isTrusted, Instant now, string detail = "")
    {
        if (!_verifications.Remove(verificationId, out Verification? verification))
        {
            return;
        }

        ClientCall call = verification.Call;
        call.VerificationId = 0;
        if (!isTrusted)
        {
            string key = verification.Data.SignatureInfo.KeyLocator?.Name?.ToString() ?? "nobody";
            string why = detail.Length == 0 ? "" : $": {detail}";
            Fail(
                call,
                new CallError(CallErrorCode.NotVerified, $"the answer {verification.Data.Name}, signed by {key}, is not trusted{why}"),
                now);
            return;
        }

        call.Trace.Add(now, CallStepKind.Verified, verification.Data.Name, detail: detail);
        HandleTrustedAnswer(verification, now);
        Schedule(call);
    }

    /// <summary>Lets time pass: repeats, asks thunks, ends calls at their deadline.</summary>
    public void HandleTimeout(Instant now)
    {
        for (int budget = _timers.Count; budget > 0; budget--)
        {
            if (!_timers.TryPeek(out ClientCall? call, out (long Due, ulong Order) next) || next.Due > now.Nanoseconds)
            {
                break;
            }

            _timers.Dequeue();
            if (call.ScheduledAt.Nanoseconds == next.Due && call.Phase != ClientPhase.Ended)
            {
                call.ScheduledAt = Instant.Never;
                Service(call, now);
                Schedule(call);
            }
        }
    }

    /// <summary>Takes what the wall clock says; calls that begin from now on are issued by it, forward or back.</summary>
    /// <remarks>It goes on while <c>now</c> stands still in a suspended machine, and is set.</remarks>
    /// <param name="unixMs">Unix milliseconds.</param>
    /// <param name="now">When they were read.</param>
    public void HandleWallClock(ulong unixMs, Instant now) => _unixTimeAtZeroMs = (long)unixMs - now.Milliseconds;

    /// <summary>Takes the next packet to send; drain until false.</summary>
    public bool TryTakeTransmit(out ReadOnlyMemory<byte> packet) => _transmits.TryDequeue(out packet);

    /// <summary>Takes the next report or wish; drain until false.</summary>
    public bool TryTakeEvent(out RiceClientEvent? report) => _events.TryDequeue(out report);

    private ulong UnixMs(Instant now) => (ulong)Math.Max(0, _unixTimeAtZeroMs + now.Milliseconds);

    private void Schedule(ClientCall call)
    {
        if (call.Phase == ClientPhase.Ended)
        {
            return;
        }

        Instant due = Instant.Min(call.Deadline, Instant.Min(call.AskAt, call.Exchange?.AgainAt ?? Instant.Never));
        due = Instant.Min(due, call.Pull?.NextTimeout ?? Instant.Never);
        if (due >= call.ScheduledAt)
        {
            return;
        }

        call.ScheduledAt = due;
        _timers.Enqueue(call, (due.Nanoseconds, ++_timerOrder));
        if (_timers.Count > 1024 + (2 * _calls.Count))
        {
            CompactTimers();
        }
    }

    /// <summary>Takes out what was superseded, so that the queue is never much longer than twice the calls.</summary>
    private void CompactTimers()
    {
        List<(ClientCall Call, (long Due, ulong Order) Priority)> live = new(_calls.Count);
        foreach ((ClientCall call, (long Due, ulong Order) priority) in _timers.UnorderedItems)
        {
            if (call.Phase != ClientPhase.Ended && call.ScheduledAt.Nanoseconds == priority.Due)
            {
                live.Add((call, priority));
            }
        }

        _timers.Clear();
        _timers.EnqueueRange(live);
    }
}
