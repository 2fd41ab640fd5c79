using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

public sealed partial class RiceClientCore
{
    private const long LeastPauseMs = 20;

    /// <summary>Has an answer verified before anything of it is believed, for each call that waits for it.</summary>
    private void HandleAnswer(ReadOnlySpan<byte> packet, List<ClientCall> waiting, Instant now)
    {
        if (Data.TryDecode(packet, out Data? data) != TlvStatus.Ok || data is null)
        {
            return;
        }

        foreach (ClientCall call in waiting.ToArray())
        {
            Exchange exchange = call.Exchange!;
            EndExchange(call);
            ulong id = ++_nextId;
            call.VerificationId = id;
            if (exchange.Attempts == 1)
            {
                ObserveRoundTrip(call, exchange, data, now);
            }

            _verifications.Add(id, new Verification(call, call.Phase, data, exchange));
            _events.Enqueue(new RiceClientEvent { Kind = RiceClientEventKind.VerifyNeeded, Id = id, CallId = call.Id, Data = data });
        }
    }

    /// <summary>Learns the round trip from answers to Interests that were sent once; what the server held back is subtracted.</summary>
    private static void ObserveRoundTrip(ClientCall call, Exchange exchange, Data data, Instant now)
    {
        ReplyStamp? stamp = StampOf(call.Phase, data);
        if (stamp is not null && stamp.Answers(exchange.Nonces))
        {
            TimeSpan held = TimeSpan.FromMilliseconds(Math.Min(stamp.HeldMs, int.MaxValue));
            TimeSpan elapsed = now - exchange.FirstSentAt;
            call.Rtt.Observe(held < elapsed ? elapsed - held : TimeSpan.FromTicks(1));
        }
        else if (call.Phase == ClientPhase.Describing)
        {
            call.Rtt.Observe(now - exchange.FirstSentAt);
        }
    }

    private static ReplyStamp? StampOf(ClientPhase phase, Data data)
    {
        if (phase == ClientPhase.Calling)
        {
            return CallReply.TryDecode(data.Content.Span, out CallReply? reply) == TlvStatus.Ok ? reply!.Stamp : null;
        }

        return phase == ClientPhase.Asking && ThunkStatus.TryDecode(data.Content.Span, out ThunkStatus? status) == TlvStatus.Ok
            ? status!.Stamp
            : null;
    }

    private void HandleTrustedAnswer(Verification verification, Instant now)
    {
        ClientCall call = verification.Call;
        switch (verification.Phase)
        {
            case ClientPhase.Describing:
                HandleDescriptor(call, verification.Data, now);
                break;
            case ClientPhase.Calling:
                if (CallReply.TryDecode(verification.Data.Content.Span, out CallReply? reply) != TlvStatus.Ok)
                {
                    Fail(call, BadReply(call, verification.Data), now);
                    return;
                }

                call.Trace.AnsweredBy = reply!.Stamp.Answers(verification.Exchange.Nonces) ? AnsweredBy.Function : AnsweredBy.Cache;
                HandleReply(call, reply, verification.Data.Name, now);
                break;
            case ClientPhase.Asking:
                HandleThunkStatus(call, verification.Data, now);
                break;
            default:
                break;
        }
    }

    private void HandleDescriptor(ClientCall call, Data data, Instant now)
    {
        Name function = call.Request.Function;
        if (data.ContentType == ContentTypes.Nack)
        {
            bool isReply = CallReply.TryDecode(data.Content.Span, out CallReply? refusal) == TlvStatus.Ok && refusal!.Error is not null;
            Fail(call, isReply ? refusal!.Error! : BadReply(call, data), now);
            return;
        }

        if (FunctionDescriptor.TryDecodeMetadata(data.Content.Span, function, out FunctionDescriptor? descriptor) != TlvStatus.Ok)
        {
            Fail(call, BadReply(call, data), now);
            return;
        }

        call.Trace.Add(now, CallStepKind.Described, data.Name);
        call.Descriptor = descriptor;
        Remember(call, descriptor!, now);
        StartCall(call, now);
    }

    private void HandleReply(ClientCall call, CallReply reply, Name name, Instant now)
    {
        if (reply.Thunk is ThunkReference thunk)
        {
            if (call.Phase != ClientPhase.Calling)
            {
                Fail(call, new CallError(CallErrorCode.BadReply, $"the answer {name} promises a promise"), now);
                return;
            }

            call.Trace.Add(now, CallStepKind.ThunkReceived, name, call.Trace.AnsweredBy, $"about {thunk.EstimateMs} ms");
            call.Thunk = thunk;
            Prolong(call, now);
            Pause(call, thunk.EstimateMs, now);
            return;
        }

        if (reply.Error is CallError error)
        {
            HandleError(call, reply, error, name, now);
            return;
        }

        call.Trace.Add(now, CallStepKind.ReplyReceived, name, call.Trace.AnsweredBy);
        call.MayHaveRun = false;
        Prolong(call, now);
        if (reply.Result is ReadOnlyMemory<byte> result)
        {
            Complete(call, result, now);
        }
        else
        {
            StartFetch(call, reply.Reference!, now);
        }
    }

    private void HandleError(ClientCall call, CallReply reply, CallError error, Name name, Instant now)
    {
        // The run that the call was meant for says that it has no such version: it did not run there, and can run nowhere else.
        bool isSafe = !call.IsOpaque || reply.Stamp.Run == call.Descriptor!.Run;
        if (error.Code == CallErrorCode.UnknownVersion && !call.WasRedescribed && isSafe)
        {
            call.WasRedescribed = true;
            call.MayHaveRun = false;
            _known.Remove(call.Request.Function);
            call.Trace.Add(now, CallStepKind.CalledAgain, name, detail: error.Message);
            Describe(call, now);
            return;
        }

        call.Trace.Add(now, CallStepKind.ReplyReceived, name, call.Trace.AnsweredBy, error.Code.ToString());
        Fail(call, error, now);
    }

    private void HandleThunkStatus(ClientCall call, Data data, Instant now)
    {
        if (ThunkStatus.TryDecode(data.Content.Span, out ThunkStatus? status) != TlvStatus.Ok)
        {
            Fail(call, BadReply(call, data), now);
            return;
        }

        call.NoRouteCount = 0;
        switch (status!.State)
        {
            case JobState.Queued:
            case JobState.Running:
                call.Trace.Add(now, CallStepKind.StillRunning, data.Name, detail: $"about {status.RemainingMs} ms more");
                call.WasStillRunning = true;
                Pause(call, status.RemainingMs, now);
                break;
            case JobState.Done:
            case JobState.Failed:
                HandleReply(call, status.Final!, data.Name, now);
                break;
            default:
                HandleLostJob(call, data.Name, now);
                break;
        }
    }

    private void HandleLostJob(ClientCall call, Name name, Instant now)
    {
        if (call.IsOpaque)
        {
            Fail(call, new CallError(CallErrorCode.OutcomeUnknown, "the server no longer knows the call; it may or may not have run"), now);
        }
        else if (!TryCallAgain(call, name, "the server no longer knows the job", now))
        {
            Fail(call, new CallError(CallErrorCode.Expired, "the server forgot the job again and again"), now);
        }
    }

    /// <summary>Makes a pure call once more, as often as is reasonable.</summary>
    private bool TryCallAgain(ClientCall call, Name name, string why, Instant now)
    {
        if (call.IsOpaque || call.CalledAgainCount >= CalledAgainCountMax)
        {
            return false;
        }

        call.CalledAgainCount++;
        call.Thunk = null;
        call.WasStillRunning = false;
        call.AskAt = Instant.Never;
        call.Trace.Add(now, CallStepKind.CalledAgain, name, detail: why);
        StartCall(call, now);
        return true;
    }

    /// <summary>Waits so long that the question arrives about when the job ends.</summary>
    private void Pause(ClientCall call, ulong remainingMs, Instant now)
    {
        long most = (long)_options.ThunkPauseMax.TotalMilliseconds;
        long pause = (long)Math.Min(remainingMs, (ulong)most) - ((long)call.Rtt.Smoothed.TotalMilliseconds / 2);
        call.Phase = ClientPhase.Waiting;
        call.AskAt = now + TimeSpan.FromMilliseconds(Math.Max(pause, LeastPauseMs));
    }

    private void Remember(ClientCall call, FunctionDescriptor descriptor, Instant now) => Remember(descriptor, call.Rtt, now);

    private void Remember(FunctionDescriptor descriptor, RttEstimate rtt, Instant now)
    {
        if (!_known.ContainsKey(descriptor.Name))
        {
            while (_known.Count >= _options.DescriptorCountMax && _knownOrder.TryDequeue(out Name? oldest))
            {
                _known.Remove(oldest);
            }

            _knownOrder.Enqueue(descriptor.Name);
        }

        _known[descriptor.Name] = new KnownFunction(descriptor, rtt) { Until = now + LifetimeOf(descriptor) };
    }

    /// <summary>An answer of a run shows that the run lives: the descriptor that names it stays good a while longer.</summary>
    private void Prolong(ClientCall call, Instant now)
    {
        if (call.IsOpaque && _known.TryGetValue(call.Request.Function, out KnownFunction? known)
            && known.Descriptor.Run == call.Descriptor!.Run)
        {
            known.Until = Instant.Max(known.Until, now + LifetimeOf(known.Descriptor));
        }
    }

    private TimeSpan LifetimeOf(FunctionDescriptor descriptor) =>
        descriptor.Kind == FunctionKind.Pure ? _options.PureDescriptorLifetime : _options.OpaqueDescriptorLifetime;

    private void StartFetch(ClientCall call, ResultReference reference, Instant now)
    {
        if (reference.Object.Size > _options.ResultOctetsMax)
        {
            Fail(
                call,
                new CallError(CallErrorCode.TooLarge, $"the result has {reference.Object.Size} octets; at most {_options.ResultOctetsMax}"),
                now);
            return;
        }

        call.Trace.Add(now, CallStepKind.FetchStarted, reference.Name, detail: $"{reference.Object.Size} octets");
        call.Phase = ClientPhase.Fetching;
        call.PullOctetsTotal = reference.Object.Size;
        call.Pull = new ObjectPull(reference.Name, reference.Object, _random, call.Rtt);
        if (_pulls.TryGetValue(reference.Name, out List<ClientCall>? pulling))
        {
            pulling.Add(call);
        }
        else
        {
            _pulls.Add(reference.Name, [call]);
        }

        ContinueFetch(call, now);
    }

    private void HandleSegment(ReadOnlySpan<byte> packet, List<ClientCall> pulling, Instant now)
    {
        foreach (ClientCall call in pulling.ToArray())
        {
            call.Pull!.HandleData(packet, now);
            ContinueFetch(call, now);
            Schedule(call);
        }
    }

    private void ContinueFetch(ClientCall call, Instant now)
    {
        ObjectPull pull = call.Pull!;
        pull.Drain(_transmits, now);
        if (pull.IsComplete)
        {
            call.Trace.Add(now, CallStepKind.FetchEnded, pull.Name);
            Complete(call, pull.Octets, now);
        }
        else if (pull.Failure is string failure)
        {
            EndFetch(call);

            // A cached answer may outlive the result it refers to; past the caches the function makes it again.
            call.BypassCaches = true;
            if (!TryCallAgain(call, pull.Name, "the result is gone: " + failure, now))
            {
                Fail(call, new CallError(CallErrorCode.ResultUnavailable, "the result cannot be had: " + failure), now);
            }
        }
    }

    private void EndFetch(ClientCall call)
    {
        if (call.Pull is not ObjectPull pull)
        {
            return;
        }

        if (_pulls.TryGetValue(pull.Name, out List<ClientCall>? pulling))
        {
            pulling.Remove(call);
            if (pulling.Count == 0)
            {
                _pulls.Remove(pull.Name);
            }
        }

        pull.Dispose();
        call.Pull = null;
    }

    private static CallError BadReply(ClientCall call, Data data) =>
        new(CallErrorCode.BadReply, $"the answer {data.Name} to a call of {call.Request.Function} does not follow the protocol");
}
