using Piccolo.Compute.Values;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Connection;
using Piccolo.Sdk.Functions;
using Piccolo.Sdk.Trust;
using Piccolo.Sdk.Values;

namespace Piccolo.Sdk;

/// <content>Calling functions.</content>
public sealed partial class PiccoloClient
{
    private readonly AsyncGate _replyPrefixGate = new();
    private readonly HashSet<Name> _replyPrefixes = [];
    private Name? _nodeName;

    /// <summary>Calls a function and reads its result as a type.</summary>
    /// <typeparam name="T">A type that values map to; records take maps.</typeparam>
    /// <param name="function">The name of the function.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    /// <exception cref="CallException">The call failed, or its result is not trusted or no <typeparamref name="T"/>.</exception>
    public async Task<T> InvokeAsync<T>(string function, params object?[] arguments)
    {
        CallValue[] values = Array.ConvertAll(arguments, argument => new CallValue(null, argument));
        var name = Name.Parse(function);
        InvokeResult result = await InvokeAsync(name, values, null, CancellationToken.None);
        try
        {
            return (T)ValueMapper.ToClr(result.Value, typeof(T), "result")!;
        }
        catch (FunctionArgumentException error)
        {
            throw new CallException(name, new CallError(CallErrorCode.BadReply, $"the {error.Argument} {error.Message}"), result.Trace);
        }
    }

    /// <summary>Calls a function.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <returns>The verified result.</returns>
    /// <exception cref="CallException">The call failed, or its result is not trusted.</exception>
    /// <exception cref="PiccoloException">The connection ended.</exception>
    public async Task<InvokeResult> InvokeAsync(
        Name function, IReadOnlyList<CallValue> arguments, InvokeOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= new InvokeOptions();
        List<SuppliedArgument> supplied = new(arguments.Count);
        long octets = 0;
        bool mustBePulled = false;
        foreach (CallValue argument in arguments)
        {
            byte[] cbor = ValueCodec.Encode(ValueMapper.FromClr(argument.Value));
            octets += cbor.Length;
            mustBePulled |= cbor.Length > CallLimits.InlineArgumentOctetsMax || octets > CallLimits.InlineTotalOctetsMax;
            supplied.Add(new SuppliedArgument(argument.Name ?? "", cbor));
        }

        var request = new CallRequest
        {
            Function = function,
            Arguments = supplied,
            Timeout = options.Timeout,
            BypassCaches = options.BypassCaches,
            ReplyPrefix = mustBePulled
                ? await UseReplyPrefixAsync(options.ReplyPrefix, cancellation)
                : null,
        };
        return await RunCallAsync(request, options, cancellation);
    }

    /// <summary>Asks a function what it is and how it is called.</summary>
    /// <exception cref="CallException">There is no such function, or its answer is not trusted.</exception>
    public async Task<FunctionDescriptor> DescribeAsync(
        Name function, InvokeOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        options ??= new InvokeOptions();
        var interest = new Interest
        {
            Name = RiceNames.Metadata(function),
            CanBePrefix = true,
            MustBeFresh = true,
            LifetimeMs = (ulong)Math.Clamp(options.Timeout.TotalMilliseconds, 1, 2000),
        };
        Data data;
        try
        {
            DataAnswer answer = await ExpressAsync(interest, ExpressOptions.Within(options.Timeout), cancellation);
            data = answer.Data;
        }
        catch (PiccoloException error) when (error.Kind is PiccoloErrorKind.NoRoute or PiccoloErrorKind.Timeout or PiccoloErrorKind.Nacked)
        {
            CallErrorCode code = error.Kind == PiccoloErrorKind.Timeout ? CallErrorCode.DeadlineExceeded : CallErrorCode.NoRoute;
            throw new CallException(function, new CallError(code, error.Message), null);
        }

        TrustVerdict verdict = (options.Trust ?? _options.Trust).Check(data);
        if (!verdict.IsTrusted)
        {
            string why = $"the answer {data.Name}, signed by {verdict.Signer}, is not trusted: {verdict.Reason}";
            throw new CallException(function, new CallError(CallErrorCode.NotVerified, why), null);
        }

        if (data.ContentType == ContentTypes.Nack && CallReply.TryDecode(data.Content.Span, out CallReply? refusal) == TlvStatus.Ok
            && refusal?.Error is { } refused)
        {
            throw new CallException(function, refused, null);
        }

        TlvStatus status = FunctionDescriptor.TryDecodeMetadata(data.Content.Span, function, out FunctionDescriptor? descriptor);
        if (status != TlvStatus.Ok)
        {
            throw new CallException(
                function, new CallError(CallErrorCode.BadReply, $"the descriptor {data.Name} cannot be read: {status}"), null);
        }

        _loop.TryEnter(now => _caller.Learn(descriptor!, now));
        return descriptor!;
    }

    private async Task<InvokeResult> RunCallAsync(CallRequest request, InvokeOptions options, CancellationToken cancellation)
    {
        var wait = new TaskCompletionSource<RiceClientEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong id = 0;
        Instant begun = default;
        _loop.Enter(now =>
        {
            begun = now;
            id = _caller.Begin(request, options.Trust ?? _options.Trust, wait, now);
        });
        CancellationTokenRegistration registration = cancellation.Register(() => _loop.TryEnter(now => _caller.Abandon(id, now)));
        RiceClientEvent end;
        using (options.Progress is null ? null : ReportProgress(id, options.Progress))
        await using (registration)
        {
            end = await wait.Task;
        }

        cancellation.ThrowIfCancellationRequested();
        if (end.Kind == RiceClientEventKind.Failed)
        {
            throw new CallException(request.Function, end.Error!, end.Trace);
        }

        if (!ValueCodec.TryDecode(end.Result, ValueLimits.Default, out object? value, out string error))
        {
            throw new CallException(
                request.Function, new CallError(CallErrorCode.BadReply, $"the result cannot be read: {error}"), end.Trace);
        }

        return new InvokeResult(value, end.Result, SignerOf(end.Trace!), _loop.Now - begun, end.Trace!);
    }

    private ITimer ReportProgress(ulong id, IProgress<double> progress)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(200);
        return _options.TimeProvider.CreateTimer(
            _ => _loop.TryEnter(_ =>
            {
                if (_caller.TryGetProgress(id, out CallProgress at) && at.ArgumentOctetsTotal + at.ResultOctetsTotal > 1 << 20)
                {
                    long done = at.ArgumentOctetsServed + at.ResultOctetsReceived;
                    progress.Report(Math.Min(1.0, (double)done / (at.ArgumentOctetsTotal + at.ResultOctetsTotal)));
                }
            }),
            null, pause, pause);
    }

    private static string SignerOf(CallTrace trace)
    {
        for (int i = trace.Steps.Count - 1; i >= 0; i--)
        {
            if (trace.Steps[i].Kind == CallStepKind.Verified)
            {
                return trace.Steps[i].Detail;
            }
        }

        return "";
    }

    /// <summary>Makes sure that Interests under a prefix come to this application.</summary>
    private async Task<Name> UseReplyPrefixAsync(Name? wanted, CancellationToken cancellation)
    {
        await _replyPrefixGate.EnterAsync(cancellation);
        try
        {
            Name prefix = wanted ?? await ReplyPrefixOfNodeAsync(cancellation);
            if (!_replyPrefixes.Contains(prefix))
            {
                await Management.RegisterAsync(prefix, cancellation);
                _replyPrefixes.Add(prefix);
            }

            return prefix;
        }
        finally
        {
            _replyPrefixGate.Leave();
        }
    }

    private async Task<Name> ReplyPrefixOfNodeAsync(CancellationToken cancellation)
    {
        if (_nodeName is null)
        {
            NodeInfo info = await GetNodeInfoAsync(cancellation);
            byte[] suffix = new byte[8];
            _loop.Enter(_ => _random.Fill(suffix));
            _nodeName = info.Name.Append(NameComponent.Keyword("app")).Append(NameComponent.Generic(suffix));
        }

        return _nodeName;
    }
}
