using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

public sealed partial class RiceServerCore
{
    private void HandleCall(in InterestView interest, Name name, RequestName request, Instant now)
    {
        NameComponent digest = name[^1];
        bool hasRequestId = name.Count - 1 - request.KeywordIndex == 2;
        if (digest.Type != TlvType.ParametersSha256DigestComponent || !interest.HasApplicationParameters || interest.CanBePrefix
            || (hasRequestId && !IsRequestId(name[^2])))
        {
            Counters.Malformed++;
            return;
        }

        Counters.Calls++;
        uint nonce = interest.HasNonce ? interest.Nonce : 0;
        if (!_functions.TryGetValue(request.Function, out ServedFunction? function))
        {
            Refuse(name, nonce, new CallError(CallErrorCode.UnknownFunction, $"no function {request.Function} here"), now);
            return;
        }

        FunctionDescriptor descriptor = function.Descriptor;
        bool isOpaque = descriptor.Kind == FunctionKind.Opaque;
        Name key = KeyOf(name, hasRequestId, isOpaque);
        if (_jobsByKey.TryGetValue(key, out Job? known))
        {
            Join(known, name, digest, interest, now);
            return;
        }

        CallError? error = request.CodeVersion != descriptor.CodeVersion
            ? new CallError(CallErrorCode.UnknownVersion, $"the function has the version {descriptor.CodeVersion}")
            : null;
        CallParameters? parameters = null;
        if (error is null && CallParameters.TryDecode(interest.ApplicationParameters, out parameters) != TlvStatus.Ok)
        {
            error = new CallError(CallErrorCode.BadArguments, "the parameters of the call are malformed");
        }

        if (error is null && parameters!.RequestId is RunId claimed
            && !(hasRequestId && claimed.ToArray().AsSpan().SequenceEqual(name[^2].Value.Span)))
        {
            // The name was changed on the way, or is another request's: whoever made this call will repeat it as it was.
            Counters.Malformed++;
            return;
        }

        Instant journalUntil = Instant.Zero;
        error ??= isOpaque ? CheckOpaque(parameters!, hasRequestId, now, out journalUntil) : null;
        error ??= CheckLimits(parameters!, isOpaque);
        if (error is not null)
        {
            Refuse(name, nonce, error, now);
            return;
        }

        Job job = new()
        {
            Id = ++_nextId,
            ThunkId = RunId.Draw(_random),
            Function = function,
            Key = key,
            Kind = descriptor.Kind,
            CallId = (isOpaque ? name[^2] : digest).Value.ToArray(),
            ParametersDigest = digest.Value.ToArray(),
            JournalUntil = journalUntil,
            CreatedAt = now,
            Deadline = now + _options.ArgumentTimeMax,
            Arguments = parameters!.Arguments,
            Octets = new ReadOnlyMemory<byte>[parameters.Arguments.Count],
            ReflexiveName = Name.TryDecode(interest.ReflexiveName, out Name? reflexive) == TlvStatus.Ok ? reflexive : null,
        };
        Begin(job, parameters);
        AddWaiter(job, name, interest, isThunkQuery: false, now);
        SetGoing(job, now);
    }

    /// <summary>Enters the job into every table before anything else is done: that entry is what keeps it from running twice.</summary>
    private void Begin(Job job, CallParameters parameters)
    {
        Counters.Jobs++;
        _active++;
        _journaled += job.Kind == FunctionKind.Opaque ? 1 : 0;
        _jobsByKey.Add(job.Key, job);
        _jobsByThunk.Add(job.ThunkId, job);
        _jobsById.Add(job.Id, job);
        job.ArgumentOctets = SizeOf(parameters);
        _argumentOctets += job.ArgumentOctets;
    }

    /// <summary>
    /// Starts the work on a new job. The caller gets no thunk within the same input: whoever runs the job may refuse its arguments at
    /// once, and must not be overtaken by a promise that makes the caller wait for the refusal.
    /// </summary>
    private void SetGoing(Job job, Instant now)
    {
        if (job.Phase == JobPhase.Pulling)
        {
            PullArguments(job, now);
        }

        StartReadyJobs(now);
        if (job.Phase == JobPhase.Finished)
        {
            AnswerWaiters(job, now);
        }

        Schedule(job);
    }

    private void Join(Job job, Name name, NameComponent digest, in InterestView interest, Instant now)
    {
        if (!job.ParametersDigest.Span.SequenceEqual(digest.Value.Span))
        {
            CallError reused = new(CallErrorCode.BadArguments, "the request id was used for a call with other arguments");
            Refuse(name, interest.HasNonce ? interest.Nonce : 0, reused, now);
            return;
        }

        if (job.Phase != JobPhase.Finished)
        {
            Counters.Joined++;
        }
        else
        {
            Counters.AnsweredAgain++;
            Touch(job);
            if (job.Answer is not null && name == job.AnswerName)
            {
                _transmits.Enqueue(job.Answer);
                return;
            }
        }

        AddWaiter(job, name, interest, isThunkQuery: false, now);
        Service(job, now);
    }

    /// <summary>Whether an opaque request may be accepted, and until when it must be remembered if so.</summary>
    private CallError? CheckOpaque(CallParameters parameters, bool hasRequestId, Instant now, out Instant journalUntil)
    {
        journalUntil = Instant.Zero;
        if (!hasRequestId || parameters.IssuedAtUnixMs is not ulong issuedAt || parameters.LifetimeMs is not ulong lifetime)
        {
            return new CallError(CallErrorCode.BadArguments, "an opaque call needs a request id, its time of issue and its lifetime");
        }

        if (lifetime > (ulong)_options.CallLifetimeMax.TotalMilliseconds)
        {
            return new CallError(
                CallErrorCode.BadArguments,
                $"the lifetime of a call may be {(ulong)_options.CallLifetimeMax.TotalMilliseconds} ms at most");
        }

        ulong skew = (ulong)_options.ClockSkewMax.TotalMilliseconds;

        // Without the run only the clocks tell, and a caller's may be ahead: the run before may have accepted what seems issued after it.
        bool isForThisRun = parameters.TargetRun is RunId run ? run == Run : issuedAt >= UnixMs(_startedAt) + skew;
        if (!isForThisRun)
        {
            return new CallError(
                CallErrorCode.OutcomeUnknown,
                "the call was made to another run of the server, which may have run it; it is not run again");
        }

        ulong nowMs = UnixMs(now);
        if (issuedAt > nowMs + skew || nowMs > issuedAt + lifetime + skew)
        {
            return new CallError(
                CallErrorCode.Expired,
                $"issued at {issuedAt} for {lifetime} ms, but the server's clock says {nowMs}");
        }

        journalUntil = now + TimeSpan.FromMilliseconds((issuedAt + lifetime + skew + 1) - nowMs);
        if (issuedAt <= _refusedIssuedUpTo)
        {
            return new CallError(CallErrorCode.Busy, "calls of that time were refused because the journal was full");
        }

        if (_journaled >= _options.JournalCountMax)
        {
            // No entry is made, so that everything issued up to now stays refused: a delayed copy must not run after its refusal.
            _refusedIssuedUpTo = Math.Max(_refusedIssuedUpTo, issuedAt);
            return new CallError(CallErrorCode.Busy, $"the server remembers {_journaled} requests and cannot remember more");
        }

        return null;
    }

    private CallError? CheckLimits(CallParameters parameters, bool isOpaque)
    {
        for (int i = 0; i < parameters.Arguments.Count; i++)
        {
            CallArgument argument = parameters.Arguments[i];
            if (argument.Reference is ObjectReference reference
                && (reference.Size > _options.ArgumentOctetsMax
                    || reference.SegmentCount != CallLimits.SegmentCount(reference.Size)))
            {
                return new CallError(
                    CallErrorCode.TooLarge,
                    $"has {reference.Size} octets in {reference.SegmentCount} segments; the limit is {_options.ArgumentOctetsMax}",
                    argument.Name);
            }
        }

        long octets = SizeOf(parameters);
        if (octets > _options.ArgumentOctetsTotalMax)
        {
            // It never fits, however late a copy of it comes: no room has to be waited for, and nobody else is to be refused for it.
            return new CallError(
                CallErrorCode.TooLarge, $"the arguments have {octets} octets; the limit is {_options.ArgumentOctetsTotalMax}");
        }

        bool isFull = _active >= _options.JobCountMax || _argumentOctets + octets > _options.ArgumentOctetsTotalMax;
        if (!isFull)
        {
            return null;
        }

        if (isOpaque)
        {
            _refusedIssuedUpTo = Math.Max(_refusedIssuedUpTo, parameters.IssuedAtUnixMs ?? 0);
        }

        return new CallError(CallErrorCode.Busy, $"the server has {_active} jobs and {_argumentOctets} octets of arguments");
    }

    private void AddWaiter(Job job, Name name, in InterestView interest, bool isThunkQuery, Instant now)
    {
        Waiter? waiter = null;
        for (int i = 0; i < job.Waiters.Count && waiter is null; i++)
        {
            waiter = job.Waiters[i].Name == name ? job.Waiters[i] : null;
        }

        if (waiter is null)
        {
            if (job.Waiters.Count >= _options.WaiterCountMax)
            {
                Counters.Dropped++;
                return;
            }

            waiter = new Waiter
            {
                Name = name,
                IsThunkQuery = isThunkQuery,
                ArrivedAt = now,
                AnswerBy = !isThunkQuery && job.HasThunk ? now : now + HoldFor(job, interest.LifetimeMs, isThunkQuery, now),
            };
            job.Waiters.Add(waiter);
        }
        else if (interest.HasNonce && !waiter.Nonces.Contains(interest.Nonce))
        {
            // Who asks twice cannot tell waiting from loss.
            waiter.AnswerBy = now;
        }

        if (interest.HasNonce && waiter.Nonces.Count < CallLimits.AnsweredNonceCountMax && !waiter.Nonces.Contains(interest.Nonce))
        {
            waiter.Nonces.Add(interest.Nonce);
        }
    }

    /// <summary>How long an Interest may wait: not at all when the job will certainly outlast the limit.</summary>
    private TimeSpan HoldFor(Job job, ulong lifetimeMs, bool isThunkQuery, Instant now)
    {
        TimeSpan limit = isThunkQuery ? _options.ThunkHoldMax : _options.CallHoldMax;
        var share = TimeSpan.FromMilliseconds(Math.Min(lifetimeMs, 3_600_000) * 3 / 4);
        limit = limit < share ? limit : share;
        bool isKnown = job.Function.Durations.IsKnown || isThunkQuery;
        return isKnown && RemainingMs(job, now) > (long)limit.TotalMilliseconds ? TimeSpan.Zero : limit;
    }

    /// <summary>
    /// An opaque call is its request id. A pure one is its digest: with a request id in front it is the same call, only asked for past
    /// all caches.
    /// </summary>
    private static Name KeyOf(Name name, bool hasRequestId, bool isOpaque)
    {
        if (!hasRequestId)
        {
            return name;
        }

        return isOpaque ? name.Prefix(name.Count - 1) : name.Prefix(name.Count - 2).Append(name[^1]);
    }

    private static long SizeOf(CallParameters parameters)
    {
        long octets = 0;
        for (int i = 0; i < parameters.Arguments.Count; i++)
        {
            octets += parameters.Arguments[i].Reference?.Size ?? parameters.Arguments[i].Inline.Length;
        }

        return octets;
    }

    private static bool IsRequestId(NameComponent component) =>
        component.Type == RiceNames.RequestIdComponentType && component.Value.Length == RunId.Octets;
}
