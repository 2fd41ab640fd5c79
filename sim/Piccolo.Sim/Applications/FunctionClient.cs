using System.Buffers.Binary;
using Piccolo.Sdk;
using Piccolo.Sdk.Trust;

namespace Piccolo.Sim.Applications;

/// <summary>Calls a function: at a rate, or so that a number of calls is always under way.</summary>
/// <remarks>Each call's end goes to <see cref="IApplicationLog.OnCall"/>. Answers must be signed with a key of a node.</remarks>
public sealed class FunctionClient : AsyncApplication
{
    /// <summary>The most octets of an argument that travel with the call.</summary>
    internal const int InlineOctetsMax = Rice.Messages.CallLimits.InlineArgumentOctetsMax - 8;

    private const long PauseNs = 1_000_000;

    private readonly FunctionClientSettings _settings;
    private IKeyTrust? _trust;
    private int _outstanding;

    /// <summary>A client that nothing has started.</summary>
    /// <exception cref="ScenarioException">A setting is impossible.</exception>
    public FunctionClient(FunctionClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        int octetsLeast = settings.Fuel > 0 ? 2 * sizeof(ulong) : sizeof(ulong);
        if (settings.ArgumentOctets < octetsLeast || settings.ArgumentOctets > 256 << 20)
        {
            throw new ScenarioException(
                $"an argument of {settings.ArgumentOctets} octets is not possible; {octetsLeast} octets to 256 MiB are");
        }

        if (settings.Outstanding < 1 || settings.CountMax < 0 || settings.TimeoutNs < 1)
        {
            throw new ScenarioException(
                $"the client of {settings.Function} needs 1 call outstanding or more, a count of at least 0, a timeout of at least 1 ns");
        }

        if (settings.Kind is not null && !SampleFunctions.Kinds.Contains(settings.Kind))
        {
            throw new ScenarioException($"there is no function '{settings.Kind}'; there are {string.Join(", ", SampleFunctions.Kinds)}");
        }

        if (settings.ArgumentOctets > InlineOctetsMax && settings.ReplyPrefix is null)
        {
            throw new ScenarioException(
                $"an argument of {settings.ArgumentOctets} octets is pulled; give the caller of {settings.Function} a reply prefix");
        }

        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Name => "function-client";

    /// <summary>What it calls.</summary>
    public FunctionClientSettings Settings => _settings;

    /// <summary>Calls made.</summary>
    public long CalledCount { get; private set; }

    /// <summary>Calls that ended with a result.</summary>
    public long CompletedCount { get; private set; }

    /// <summary>Results among them that were made for another call: a cache or the host's store answered.</summary>
    public long CachedCount { get; private set; }

    /// <summary>Calls that ended with an error.</summary>
    public long FailedCount { get; private set; }

    /// <summary>Results that were not what the function makes of its argument.</summary>
    public long WrongCount { get; private set; }

    /// <summary>Calls at a rate that were not made because too many were outstanding.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>Calls that have not ended.</summary>
    public int OutstandingCount => _outstanding;

    /// <inheritdoc/>
    protected override PiccoloClientOptions ClientOptions =>
        base.ClientOptions with { Trust = _trust ??= Charged(new NodeKeyTrust(Node)) };

    private bool IsAtEnd => _settings.CountMax > 0 && CalledCount >= _settings.CountMax;

    /// <inheritdoc/>
    protected override async Task RunAsync(PiccoloClient client, CancellationToken stop)
    {
        if (_settings.Gap is null)
        {
            var loops = new Task[_settings.Outstanding];
            for (int i = 0; i < loops.Length; i++)
            {
                loops[i] = CallOnAndOnAsync(client, stop);
            }

            await Task.WhenAll(loops);
            return;
        }

        List<Task> calls = [];
        while (!IsAtEnd)
        {
            if (_outstanding < _settings.Outstanding)
            {
                calls.RemoveAll(static call => call.IsCompletedSuccessfully);
                calls.Add(CallAsync(client, stop));
            }
            else
            {
                SkippedCount++;
            }

            await WaitAsync(Math.Max(1, _settings.Gap.Next(Random)), stop);
        }

        await Task.WhenAll(calls);
    }

    private async Task CallOnAndOnAsync(PiccoloClient client, CancellationToken stop)
    {
        while (!IsAtEnd)
        {
            stop.ThrowIfCancellationRequested();
            long failed = FailedCount;
            await CallAsync(client, stop);
            if (FailedCount > failed)
            {
                // Who is refused at once would otherwise ask again at once, for ever.
                await WaitAsync(PauseNs, stop);
            }
        }
    }

    private async Task CallAsync(PiccoloClient client, CancellationToken stop)
    {
        long sequence = CalledCount++;
        long beganNs = NowNs;
        byte[] argument = ArgumentOf(_settings.Popularity?.Next(Random) ?? sequence);
        var options = new InvokeOptions
        {
            Timeout = TimeSpan.FromTicks(Math.Max(1, _settings.TimeoutNs / 100)),
            BypassCaches = _settings.BypassCaches,
            ReplyPrefix = _settings.ReplyPrefix,
        };
        _outstanding++;
        try
        {
            InvokeResult result = await client.InvokeAsync(_settings.Function, [new CallValue(null, argument)], options, stop);
            CompletedCount++;
            CachedCount += result.IsFromCache ? 1 : 0;
            WrongCount += _settings.Kind is string kind && !SampleFunctions.IsRight(kind, argument, result.Value) ? 1 : 0;
            Report(sequence, beganNs, true, result.IsFromCache ? $"a cache of {result.Signer}" : result.Signer, FuelOf(result));
        }
        catch (PiccoloException error) when (error is CallException || error.Kind != PiccoloErrorKind.Disconnected)
        {
            FailedCount++;
            Report(sequence, beganNs, false, error is CallException call ? $"{call.Error.Code}" : $"{error.Kind}");
        }
        finally
        {
            _outstanding--;
        }
    }

    private void Report(long sequence, long beganNs, bool isSuccessful, string by, ulong fuel = 0) =>
        Node.Network.ApplicationLog?.OnCall(
            this, new CallRecord(sequence, _settings.Function, beganNs, NowNs, isSuccessful, by, fuel));

    /// <summary>What was burnt for this call: burn tells it, and what was answered from a cache burnt nothing.</summary>
    private ulong FuelOf(InvokeResult result) => _settings.Fuel == 0 || result.IsFromCache
        ? 0
        : result.Value switch
        {
            ulong fuel => fuel,
            long fuel => (ulong)Math.Max(0, fuel),
            _ => 0,
        };

    /// <summary>The fuel if there is one, a number, and filler; the same for every client, so that they share caches.</summary>
    private byte[] ArgumentOf(long number)
    {
        byte[] argument = new byte[_settings.ArgumentOctets];
        Span<byte> rest = argument;
        if (_settings.Fuel > 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(rest, _settings.Fuel);
            rest = rest[sizeof(ulong)..];
        }

        // Without a popularity nobody is to get another's answer: the number is then this client's alone, in this life of its node.
        long owner = _settings.Popularity is null
            ? ((long)Node.Index << 40) | ((long)(Node.Life & 0xFF) << 32) | ((long)(Face.Index & 0xFF) << 24)
            : 0;
        BinaryPrimitives.WriteInt64BigEndian(rest, number + owner);
        rest = rest[sizeof(long)..];
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = (byte)(i % 7 == 6 ? ' ' : 'a' + (i % 26));
        }

        return argument;
    }
}
