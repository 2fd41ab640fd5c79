using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

public sealed partial class RiceServerCore
{
    private const ulong OpaqueReplyFreshnessMs = 4000;

    /// <summary>Takes a signature that was asked for.</summary>
    public void HandleSigned(ulong signatureId, ReadOnlySpan<byte> signature, Instant now)
    {
        if (!_signatures.Remove(signatureId, out SignaturePurpose? purpose))
        {
            return;
        }

        _signing.Remove(purpose.To);
        byte[] packet = purpose.Packet!.Complete(signature);
        _transmits.Enqueue(packet);
        purpose.Result?.Sign(purpose.Segment, signature);
        if (purpose.Metadata is ServedFunction function)
        {
            function.Metadata = packet;
            function.MetadataUntil = purpose.MetadataUntil;
        }

        if (purpose.FinalOf is Job job && job.Phase == JobPhase.Finished && job.Answer is null)
        {
            job.Answer = packet;
            job.AnswerName = purpose.To;
            job.RetainedOctets += packet.Length;
            _retainedOctets += packet.Length;
            List(job);
            EnforceRetention(job);
        }
    }

    /// <summary>Takes word that a signature cannot be made; who waits for it asks again.</summary>
    public void HandleSigningFailed(ulong signatureId)
    {
        if (_signatures.Remove(signatureId, out SignaturePurpose? purpose))
        {
            _signing.Remove(purpose.To);
            Counters.Dropped++;
        }
    }

    private void HandleMetadata(RequestName request, Name name, Instant now)
    {
        if (!_functions.TryGetValue(request.Function, out ServedFunction? function))
        {
            Counters.RefusedOther++;
            var unknown = CallReply.WithError(
                Stamp(now), new CallError(CallErrorCode.UnknownFunction, $"no function {request.Function} here"));
            Name answer = MetadataAnswer(request.Function, now);
            Sign(Fields(answer, unknown.Encode(), 0, ContentTypes.Nack, answer[^1]), new SignaturePurpose(name));
            return;
        }

        if (function.Metadata is not null && now < function.MetadataUntil)
        {
            _transmits.Enqueue(function.Metadata);
            return;
        }

        TimeSpan freshness = function.Descriptor.Kind == FunctionKind.Pure
            ? _options.PureDescriptorFreshness : _options.OpaqueDescriptorFreshness;
        Name versioned = MetadataAnswer(request.Function, now);
        byte[] content = function.Descriptor.EncodeMetadata();
        DataFields fields = Fields(versioned, content, (ulong)freshness.TotalMilliseconds, ContentTypes.Blob, versioned[^1]);
        Sign(fields, new SignaturePurpose(name) { Metadata = function, MetadataUntil = now + (freshness / 2) });
    }

    private Name MetadataAnswer(Name function, Instant now) => RiceNames.Metadata(function)
        .Append(NameComponent.Version(NextVersion(now))).Append(NameComponent.Segment(0));

    private void HandleSegmentRequest(Name name, Instant now)
    {
        if (!name[^1].TryGetNumber(out ulong segment) || name[^1].Type != TlvType.SegmentNameComponent)
        {
            Counters.Malformed++;
            return;
        }

        if (!_results.TryGetValue(name.Prefix(name.Count - 1), out PublishedResult? result) || segment >= (ulong)result.SegmentCount)
        {
            var gone = CallReply.WithError(Stamp(now), new CallError(CallErrorCode.Expired, "the result is no longer kept"));
            Sign(Fields(name, gone.Encode(), 0, ContentTypes.Nack, null), new SignaturePurpose(name));
            return;
        }

        int index = (int)segment;
        DataFields fields = Fields(
            name, result.Content(index), result.FreshnessMs, ContentTypes.Blob, NameComponent.Segment((ulong)result.SegmentCount - 1));
        if (result.Signature(index) is byte[] signature)
        {
            _transmits.Enqueue(new UnsignedData(fields, _options.SignatureInfo).Complete(signature));
        }
        else
        {
            Sign(fields, new SignaturePurpose(name) { Result = result, Segment = index });
        }
    }

    private void HandleThunkQuery(in InterestView interest, Name name, RequestName request, Instant now)
    {
        Counters.ThunkQueries++;
        NameComponent id = name[request.KeywordIndex + 1];
        if (id.Value.Length == RunId.Octets && _jobsByThunk.TryGetValue(RunId.Read(id.Value.Span), out Job? job)
            && job.Function.Descriptor.Name == request.Function && name.Count == request.KeywordIndex + 2)
        {
            Touch(job);
            AddWaiter(job, name, interest, isThunkQuery: true, now);
            Service(job, now);
            return;
        }

        Counters.UnknownThunks++;
        var status = new ThunkStatus { Stamp = Stamp(now, interest.HasNonce ? interest.Nonce : 0), State = JobState.Unknown };
        Name thunk = name.Prefix(request.KeywordIndex + 2);
        Name versioned = thunk.Append(NameComponent.Version(NextVersion(now)));
        Sign(Fields(versioned, status.Encode(), 0, ContentTypes.Blob, null), new SignaturePurpose(name));
    }

    /// <summary>Answers a call that makes no job.</summary>
    private void Refuse(Name name, uint nonce, CallError error, Instant now)
    {
        Counters.RefusedBusy += error.Code == CallErrorCode.Busy ? 1u : 0;
        Counters.RefusedOutcomeUnknown += error.Code == CallErrorCode.OutcomeUnknown ? 1u : 0;
        Counters.RefusedExpired += error.Code == CallErrorCode.Expired ? 1u : 0;
        bool isCounted = error.Code is CallErrorCode.Busy or CallErrorCode.OutcomeUnknown or CallErrorCode.Expired;
        Counters.RefusedOther += isCounted ? 0 : 1u;
        var reply = CallReply.WithError(Stamp(now, nonce), error);
        Sign(Fields(name, reply.Encode(), 0, ContentTypes.Blob, null), new SignaturePurpose(name));
    }

    private void AnswerWaiters(Job job, Instant now)
    {
        for (int i = 0; i < job.Waiters.Count;)
        {
            Waiter waiter = job.Waiters[i];
            if (job.Phase == JobPhase.Finished || waiter.AnswerBy <= now)
            {
                job.Waiters.RemoveAt(i);
                AnswerWaiter(job, waiter, now);
            }
            else
            {
                i++;
            }
        }
    }

    private void AnswerWaiter(Job job, Waiter waiter, Instant now)
    {
        var stamp = new ReplyStamp(
            Run, UnixMs(now), (ulong)Math.Max(0, (now - waiter.ArrivedAt).TotalMilliseconds), waiter.Nonces);
        bool isFinished = job.Phase == JobPhase.Finished;
        job.HasThunk |= !isFinished;
        if (!waiter.IsThunkQuery)
        {
            CallReply reply = isFinished ? FinalReply(job, stamp) : CallReply.WithThunk(stamp, Thunk(job, now));
            DataFields fields = Fields(waiter.Name, reply.Encode(), FreshnessOf(job), ContentTypes.Blob, null);
            Sign(fields, new SignaturePurpose(waiter.Name) { FinalOf = isFinished ? job : null });
            return;
        }

        ThunkStatus status = isFinished
            ? new ThunkStatus
            {
                Stamp = stamp,
                State = job.Error is null ? JobState.Done : JobState.Failed,
                ExpiryMs = (ulong)Math.Max(0, (job.ForgetAt - now).TotalMilliseconds),
                Final = FinalReply(job, stamp),
            }
            : new ThunkStatus
            {
                Stamp = stamp,
                State = job.Phase == JobPhase.Running ? JobState.Running : JobState.Queued,
                RemainingMs = (ulong)RemainingMs(job, now),
                ExpiryMs = ExpiryMs(job, now),
                ProgressPermille = job.HasProgress ? job.ProgressPermille : null,
            };
        Name versioned = waiter.Name.Append(NameComponent.Version(NextVersion(now)));
        Sign(Fields(versioned, status.Encode(), 0, ContentTypes.Blob, null), new SignaturePurpose(waiter.Name));
    }

    private static CallReply FinalReply(Job job, ReplyStamp stamp)
    {
        if (job.Error is not null)
        {
            return CallReply.WithError(stamp, job.Error);
        }

        return job.Published is not null
            ? CallReply.WithReference(stamp, job.Published.Reference)
            : CallReply.WithResult(stamp, job.Result ?? default);
    }

    private ThunkReference Thunk(Job job, Instant now)
    {
        FunctionDescriptor descriptor = job.Function.Descriptor;
        Name name = RiceNames.Thunk(descriptor.Name, descriptor.CodeVersion, job.ThunkId);
        return new ThunkReference(name, (ulong)RemainingMs(job, now), ExpiryMs(job, now));
    }

    private ulong ExpiryMs(Job job, Instant now) =>
        (ulong)Math.Max(0, ((job.Deadline - now) + _options.ThunkRetention).TotalMilliseconds);

    private static ulong FreshnessOf(Job job)
    {
        if (job.Phase != JobPhase.Finished || job.Error is not null)
        {
            return 0;
        }

        return job.Kind == FunctionKind.Pure ? job.Function.Descriptor.ResultFreshnessMs : OpaqueReplyFreshnessMs;
    }

    private ReplyStamp Stamp(Instant now, uint nonce = 0) => new(Run, UnixMs(now), 0, nonce == 0 ? [] : [nonce]);

    private static DataFields Fields(
        Name name, ReadOnlyMemory<byte> content, ulong freshnessMs, ulong contentType, NameComponent? finalBlockId) => new()
        {
            Name = name,
            Content = content,
            FreshnessPeriodMs = freshnessMs,
            ContentType = contentType,
            FinalBlockId = finalBlockId,
        };

    /// <summary>Asks for the signature of an answer, unless one for the same Interest is outstanding already.</summary>
    private void Sign(DataFields fields, SignaturePurpose purpose)
    {
        if (_signing.ContainsKey(purpose.To))
        {
            return;
        }

        if (_signatures.Count >= _options.SignatureCountMax)
        {
            Counters.Dropped++;
            return;
        }

        ulong id = ++_nextId;
        var packet = new UnsignedData(fields, _options.SignatureInfo);
        _signing.Add(purpose.To, id);
        purpose.Packet = packet;
        _signatures.Add(id, purpose);
        _events.Enqueue(new RiceServerEvent { Kind = RiceServerEventKind.SignatureNeeded, Id = id, Portion = packet.SignedPortion });
    }
}
