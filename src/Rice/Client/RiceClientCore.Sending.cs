using System.Security.Cryptography;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

public sealed partial class RiceClientCore
{
    private const int CalledAgainCountMax = 3;

    private void Describe(ClientCall call, Instant now)
    {
        Name name = RiceNames.Metadata(call.Request.Function);
        call.Phase = ClientPhase.Describing;
        Begin(call, new Exchange { Name = name, BaseName = name, CanBePrefix = true }, CallStepKind.DescribeSent, now);
    }

    /// <summary>Sends the call; its name is canonical for a pure function, so that the same call made elsewhere has the same one.</summary>
    private void StartCall(ClientCall call, Instant now)
    {
        FunctionDescriptor descriptor = call.Descriptor!;
        Name? reflexive = (call.Request.ReplyPrefix ?? _options.ReplyPrefix)?.Append(NameComponent.Generic(RunId.Draw(_random).ToArray()));
        if (!TryPrepareArguments(call, descriptor, reflexive, now, out List<CallArgument> arguments))
        {
            return;
        }

        RunId? requestId = call.IsOpaque || call.BypassCaches ? RunId.Draw(_random) : null;
        TimeSpan left = call.Deadline - now;
        TimeSpan lifetime = left < _options.OpaqueCallLifetime ? left : _options.OpaqueCallLifetime;
        var parameters = new CallParameters
        {
            Arguments = arguments,
            IssuedAtUnixMs = call.IsOpaque ? UnixMs(now) : null,
            LifetimeMs = call.IsOpaque ? (ulong)Math.Max(1, lifetime.TotalMilliseconds) : null,
            TargetRun = call.IsOpaque ? descriptor.Run : null,
            RequestId = call.IsOpaque ? requestId : null,
        };
        byte[] encoded = parameters.Encode();
        if (encoded.Length > Ndn.Tlv.PacketLimits.MaxPacketOctets - ParametersHeadroomOctets)
        {
            Fail(call, new CallError(CallErrorCode.TooLarge, "the arguments do not fit into one Interest"), now);
            return;
        }

        Name baseName = RiceNames.Call(descriptor.Name, descriptor.CodeVersion, requestId);
        call.AcceptUntil = call.IsOpaque ? now + lifetime : Instant.Never;
        call.Phase = ClientPhase.Calling;
        call.MayHaveRun = call.IsOpaque;
        long hold = (long)_options.HoldAllowance.TotalMilliseconds;
        Begin(
            call,
            new Exchange
            {
                BaseName = baseName,
                Name = baseName.Append(NameComponent.ParametersDigest(ParametersDigest(encoded))),
                CanBePrefix = false,
                Parameters = encoded,
                ReflexiveName = call.Published.Count > 0 ? reflexive : null,
                Allowance = descriptor.TypicalMs > (ulong)hold ? TimeSpan.Zero : _options.HoldAllowance,
            },
            CallStepKind.CallSent,
            now);
    }

    private const int ParametersHeadroomOctets = 1500;

    /// <summary>The digest runs over the whole ApplicationParameters element (packet format, "Interest", parameters digest).</summary>
    private static byte[] ParametersDigest(ReadOnlySpan<byte> parameters)
    {
        var writer = new MessageWriter();
        writer.Element(Ndn.Tlv.TlvType.ApplicationParameters, parameters);
        return SHA256.HashData(writer.ToArray());
    }

    /// <summary>
    /// Puts the arguments into the order of the parameters, by name where the function has such a parameter, and publishes the long
    /// ones. What does not fit stays at the end for the server to refuse.
    /// </summary>
    private bool TryPrepareArguments(
        ClientCall call, FunctionDescriptor descriptor, Name? reflexive, Instant now, out List<CallArgument> arguments)
    {
        List<SuppliedArgument> ordered = ArgumentOrder.Arrange(descriptor, call.Request.Arguments);
        arguments = new(ordered.Count);
        Withdraw(call);
        int inlineOctets = 0;
        for (int i = 0; i < ordered.Count; i++)
        {
            SuppliedArgument argument = ordered[i];
            if (argument.Cbor.Length <= CallLimits.InlineArgumentOctetsMax
                && inlineOctets + argument.Cbor.Length <= CallLimits.InlineTotalOctetsMax)
            {
                inlineOctets += argument.Cbor.Length;
                arguments.Add(CallArgument.FromValue(argument.Name, argument.Cbor));
                continue;
            }

            if (reflexive is null)
            {
                Fail(
                    call,
                    new CallError(CallErrorCode.ArgumentUnavailable, "is too long, and this client has no reply prefix", argument.Name),
                    now);
                return false;
            }

            var reference = ObjectReference.Of(argument.Cbor.Span);
            Name name = RiceNames.Argument(reflexive, reference.Sha256.Span);
            var published = new PublishedArgument(name, argument.Cbor, call);
            if (_published.TryAdd(name, published))
            {
                call.Published.Add(published);
            }

            arguments.Add(CallArgument.FromReference(argument.Name, reference));
        }

        return true;
    }

    private void Withdraw(ClientCall call)
    {
        for (int i = 0; i < call.Published.Count; i++)
        {
            _published.Remove(call.Published[i].Name);
        }

        call.Published.Clear();
    }

    private void Ask(ClientCall call, Instant now)
    {
        Name name = call.Thunk!.Name;
        call.Phase = ClientPhase.Asking;
        call.AskAt = Instant.Never;
        var exchange = new Exchange
        {
            Name = name,
            BaseName = name,
            CanBePrefix = true,
            Allowance = call.WasStillRunning ? _options.ThunkHoldAllowance : _options.HoldAllowance,
        };
        Begin(call, exchange, CallStepKind.ThunkAsked, now);
    }

    private void Begin(ClientCall call, Exchange exchange, CallStepKind step, Instant now)
    {
        EndExchange(call);
        call.Exchange = exchange;
        exchange.FirstSentAt = now;
        if (_pending.TryGetValue(exchange.Name, out List<ClientCall>? waiting))
        {
            waiting.Add(call);
        }
        else
        {
            _pending.Add(exchange.Name, [call]);
        }

        call.Trace.Add(now, step, exchange.Name);
        Send(call, now);
    }

    private void Send(ClientCall call, Instant now)
    {
        Exchange exchange = call.Exchange!;
        exchange.Attempts++;
        uint nonce = _random.NextUInt32();
        if (exchange.Nonces.Count < CallLimits.AnsweredNonceCountMax)
        {
            exchange.Nonces.Add(nonce);
        }
        else
        {
            exchange.Nonces[exchange.Attempts % CallLimits.AnsweredNonceCountMax] = nonce;
        }

        TimeSpan left = call.Deadline - now;
        TimeSpan lifetime = left < _options.InterestLifetime ? left : _options.InterestLifetime;
        var interest = new Interest
        {
            Name = exchange.BaseName,
            CanBePrefix = exchange.CanBePrefix,
            MustBeFresh = true,
            Nonce = nonce,
            LifetimeMs = (ulong)Math.Max(1, lifetime.TotalMilliseconds),
            ApplicationParameters = exchange.Parameters,
            ReflexiveName = exchange.ReflexiveName,
        };
        call.Trace.InterestCount++;
        _transmits.Enqueue(interest.Encode());
        exchange.AgainAt = now + call.Rtt.TwiceWith(exchange.Allowance, exchange.Attempts);
    }

    private void EndExchange(ClientCall call)
    {
        if (call.Exchange is Exchange exchange && _pending.TryGetValue(exchange.Name, out List<ClientCall>? waiting))
        {
            waiting.Remove(call);
            if (waiting.Count == 0)
            {
                _pending.Remove(exchange.Name);
            }
        }

        call.Exchange = null;
    }

    private void Service(ClientCall call, Instant now)
    {
        if (call.Deadline <= now)
        {
            Fail(call, Overdue(call), now);
        }
        else if (call.AskAt <= now)
        {
            Ask(call, now);
        }
        else if (call.Exchange is Exchange exchange && exchange.AgainAt <= now)
        {
            if (call.Phase == ClientPhase.Calling && call.AcceptUntil <= now)
            {
                Fail(call, new CallError(CallErrorCode.OutcomeUnknown, "no answer came; the call may or may not have run"), now);
                return;
            }

            call.Trace.Add(now, CallStepKind.SentAgain, exchange.Name);
            Send(call, now);
        }
        else if (call.Pull is not null)
        {
            ContinueFetch(call, now);
        }
    }

    private static CallError Overdue(ClientCall call) => call.Phase switch
    {
        ClientPhase.Fetching => new CallError(
            CallErrorCode.DeadlineExceeded, "the call ran, but its result could not be fetched in time"),
        _ when call.MayHaveRun => new CallError(
            CallErrorCode.OutcomeUnknown, "no final answer came in time; the call may or may not have run"),
        ClientPhase.Describing => new CallError(CallErrorCode.DeadlineExceeded, "nobody described the function in time"),
        _ => new CallError(CallErrorCode.DeadlineExceeded, "no final answer came in time"),
    };

    private void HandleNack(ClientCall call, NackReason reason, Instant now)
    {
        Exchange exchange = call.Exchange!;
        call.Trace.Add(now, CallStepKind.Nacked, exchange.Name, detail: reason.ToString());
        if (reason == NackReason.Duplicate)
        {
            return;
        }

        exchange.NackCount++;
        if (reason != NackReason.NoRoute)
        {
            exchange.AgainAt = Instant.Max(exchange.AgainAt, now + call.Rtt.TwiceWith(exchange.Allowance, exchange.Attempts + 1));
            return;
        }

        bool isFirstContact = call.Phase is ClientPhase.Describing or ClientPhase.Calling;
        if (!isFirstContact && ++call.NoRouteCount < _options.NoRouteCountMax)
        {
            // The job may outlive a route that flaps.
            exchange.AgainAt = now + call.Rtt.TwiceWith(_options.HoldAllowance, call.NoRouteCount + 2);
            return;
        }

        bool everyOneCameBack = call.Phase == ClientPhase.Calling && exchange.NackCount >= exchange.Attempts;
        bool isUnknown = call.MayHaveRun && !everyOneCameBack;
        Fail(
            call,
            isUnknown
                ? new CallError(CallErrorCode.OutcomeUnknown, "the route to the function was lost; the call may or may not have run")
                : new CallError(CallErrorCode.NoRoute, $"no route to function {call.Request.Function}"),
            now);
    }

    private void Fail(ClientCall call, CallError error, Instant now)
    {
        if (call.Phase == ClientPhase.Ended)
        {
            return;
        }

        if (error.Code is CallErrorCode.OutcomeUnknown or CallErrorCode.DeadlineExceeded or CallErrorCode.NoRoute
            or CallErrorCode.UnknownVersion or CallErrorCode.UnknownFunction or CallErrorCode.NotVerified)
        {
            _known.Remove(call.Request.Function);
        }

        Report(call, error, now);
    }

    private void Report(ClientCall call, CallError error, Instant now)
    {
        Clear(call);
        call.Trace.Add(now, CallStepKind.Failed, call.Request.Function, detail: error.ToString());
        _events.Enqueue(new RiceClientEvent { Kind = RiceClientEventKind.Failed, Id = call.Id, Error = error, Trace = call.Trace });
    }

    private void Complete(ClientCall call, ReadOnlyMemory<byte> cbor, Instant now)
    {
        Clear(call);
        call.Trace.Add(now, CallStepKind.Completed, call.Request.Function, call.Trace.AnsweredBy);
        _events.Enqueue(new RiceClientEvent { Kind = RiceClientEventKind.Completed, Id = call.Id, Result = cbor, Trace = call.Trace });
    }

    /// <summary>Takes a call out of every table.</summary>
    private void Clear(ClientCall call)
    {
        EndExchange(call);
        EndFetch(call);
        Withdraw(call);
        if (call.VerificationId != 0)
        {
            _verifications.Remove(call.VerificationId);
        }

        _calls.Remove(call.Id);
        call.Phase = ClientPhase.Ended;
        call.AskAt = Instant.Never;
    }
}
