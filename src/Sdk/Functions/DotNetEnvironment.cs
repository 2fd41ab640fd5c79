using System.Collections.Concurrent;
using Piccolo.Compute.Environments;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk.Functions;

/// <summary>Runs functions that are .NET methods, in this process: for code that its operator trusts.</summary>
/// <remarks>
/// Calls run on the injected scheduler, at most <c>runningMax</c> at once; more wait in a queue of <c>waitingMax</c> and are refused
/// as busy beyond that. A call is stopped only where it looks at its cancellation token or charges fuel.
/// Orders are given by one thread, as the contract says; reports are queued from any.
/// </remarks>
public sealed class DotNetEnvironment : IExecutionEnvironment
{
    private readonly ConcurrentQueue<EnvironmentEvent> _events = new();
    private readonly Dictionary<Name, FunctionDefinition> _definitions = [];
    private readonly Dictionary<ulong, FunctionDefinition> _instances = [];
    private readonly Dictionary<ulong, CancellationTokenSource> _calls = [];
    private readonly Queue<Invocation> _waiting = new();
    private readonly Lock _gate = new();
    private readonly TaskScheduler _scheduler;
    private readonly int _runningMax;
    private readonly int _waitingMax;
    private int _running;
    private ulong _nextInstance = 1;

    /// <summary>An environment without functions.</summary>
    /// <param name="scheduler">What runs the calls.</param>
    /// <param name="runningMax">How many calls run at once.</param>
    /// <param name="waitingMax">How many more may wait.</param>
    public DotNetEnvironment(TaskScheduler scheduler, int runningMax, int waitingMax = 4096)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(runningMax, 1);
        _scheduler = scheduler;
        _runningMax = runningMax;
        _waitingMax = waitingMax;
    }

    /// <inheritdoc/>
    public string Kind => "dotnet";

    /// <inheritdoc/>
    public EnvironmentCapabilities Capabilities => EnvironmentCapabilities.Cancel;

    /// <inheritdoc/>
    public Action? EventsAvailable { get; set; }

    /// <inheritdoc/>
    public Instant NextTimeout => Instant.Never;

    /// <summary>Adds the code that <see cref="Provision"/> will find by the function's name.</summary>
    public void Add(FunctionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        lock (_gate)
        {
            _definitions[definition.Descriptor.Name] = definition;
        }
    }

    /// <inheritdoc/>
    public EnvironmentLoad QueryLoad()
    {
        lock (_gate)
        {
            return new EnvironmentLoad(_running, _waiting.Count, _runningMax, 0);
        }
    }

    /// <inheritdoc/>
    public void Provision(ulong operationId, FunctionPackage package, Instant now)
    {
        ArgumentNullException.ThrowIfNull(package);
        bool isKnown;
        lock (_gate)
        {
            isKnown = _definitions.ContainsKey(package.Descriptor.Name);
        }

        Report(isKnown
            ? new EnvironmentEvent { Kind = EnvironmentEventKind.Provisioned, Id = operationId }
            : Refusal(operationId, $"no .NET method stands for {package.Descriptor.Name}"));
    }

    /// <inheritdoc/>
    public void Instantiate(ulong operationId, Name function, Instant now)
    {
        EnvironmentEvent report;
        lock (_gate)
        {
            if (_definitions.TryGetValue(function, out FunctionDefinition? definition))
            {
                ulong instance = _nextInstance++;
                _instances[instance] = definition;
                report = new EnvironmentEvent { Kind = EnvironmentEventKind.Instantiated, Id = operationId, InstanceId = instance };
            }
            else
            {
                report = Refusal(operationId, $"no .NET method stands for {function}");
            }
        }

        Report(report);
    }

    /// <inheritdoc/>
    public void Invoke(Invocation invocation, Instant now)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        bool isFull;
        bool mustWait;
        lock (_gate)
        {
            mustWait = _running >= _runningMax;
            isFull = mustWait && _waiting.Count >= _waitingMax;
            if (!isFull)
            {
                _calls[invocation.Id] = new CancellationTokenSource();
            }

            if (!mustWait)
            {
                _running++;
            }
            else if (!isFull)
            {
                _waiting.Enqueue(invocation);
            }
        }

        if (isFull)
        {
            Report(EnvironmentEvent.Failure(invocation.Id, new CallError(CallErrorCode.Busy, "too many calls wait for this node")));
        }
        else if (!mustWait)
        {
            Start(invocation);
        }
    }

    /// <summary>Cancels a call's token; what the function registered with the token runs on the thread pool, not here.</summary>
    public void Cancel(ulong invocationId, Instant now)
    {
        lock (_gate)
        {
            if (_calls.TryGetValue(invocationId, out CancellationTokenSource? cancellation))
            {
                _ = cancellation.CancelAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void Suspend(ulong operationId, ulong instanceId, Instant now) => Report(Unable(operationId));

    /// <inheritdoc/>
    public void Resume(ulong operationId, ulong instanceId, Instant now) => Report(Unable(operationId));

    /// <inheritdoc/>
    public void Snapshot(ulong operationId, ulong instanceId, Instant now) => Report(Unable(operationId));

    /// <inheritdoc/>
    public void Restore(ulong operationId, Name function, ReadOnlyMemory<byte> snapshot, Instant now) => Report(Unable(operationId));

    /// <inheritdoc/>
    public void Terminate(ulong operationId, ulong instanceId, Instant now)
    {
        lock (_gate)
        {
            _instances.Remove(instanceId);
        }

        Report(new EnvironmentEvent { Kind = EnvironmentEventKind.Terminated, Id = operationId, InstanceId = instanceId });
    }

    /// <inheritdoc/>
    public void HandleTimeout(Instant now)
    {
    }

    /// <inheritdoc/>
    public bool TryTakeEvent(out EnvironmentEvent? report) => _events.TryDequeue(out report);

    private static EnvironmentEvent Refusal(ulong operationId, string why) => new()
    {
        Kind = EnvironmentEventKind.OperationFailed,
        Id = operationId,
        Error = new CallError(CallErrorCode.Internal, why),
    };

    private static EnvironmentEvent Unable(ulong operationId) =>
        Refusal(operationId, "code in this process can be neither suspended nor moved");

    /// <summary>Reports what an order came to; whoever gave the order takes the events afterwards.</summary>
    private void Report(EnvironmentEvent report) => _events.Enqueue(report);

    private void Start(Invocation invocation) => _ = Task.Factory.StartNew(
        () => RunAsync(invocation), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);

    private async Task RunAsync(Invocation invocation)
    {
        EnvironmentEvent report = await RunOneAsync(invocation).ConfigureAwait(false);
        Invocation? next;
        lock (_gate)
        {
            if (_calls.Remove(invocation.Id, out CancellationTokenSource? cancellation))
            {
                cancellation.Dispose();
            }

            if (!_waiting.TryDequeue(out next))
            {
                _running--;
            }
        }

        // The function may have ended on any thread; the next one starts on the scheduler like the first.
        if (next is not null)
        {
            Start(next);
        }

        Report(report);
        EventsAvailable?.Invoke();
    }

    private async Task<EnvironmentEvent> RunOneAsync(Invocation invocation)
    {
        FunctionDefinition? definition;
        CancellationTokenSource? cancellation;
        lock (_gate)
        {
            _instances.TryGetValue(invocation.InstanceId, out definition);
            _calls.TryGetValue(invocation.Id, out cancellation);
        }

        if (definition is null || cancellation is null)
        {
            return EnvironmentEvent.Failure(
                invocation.Id, new CallError(CallErrorCode.UnknownFunction, $"{invocation.Descriptor.Name} was removed"));
        }

        var context = new FunctionContext(invocation.Descriptor.Name, cancellation.Token);
        try
        {
            cancellation.Token.ThrowIfCancellationRequested();
            byte[] result = await definition.RunAsync(invocation.Arguments, context).ConfigureAwait(false);
            return EnvironmentEvent.Result(invocation.Id, result, context.FuelCharged);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Failed(CallErrorCode.Cancelled, "the call was stopped at its deadline or given up");
        }
        catch (FunctionArgumentException error)
        {
            return Failed(CallErrorCode.BadArguments, error.Message, error.Argument);
        }
        catch (Exception error)
        {
            // Whatever a function throws is the caller's to know: its message travels, its stack stays here.
            return Failed(CallErrorCode.FunctionFailed, error.Message);
        }

        EnvironmentEvent Failed(CallErrorCode code, string message, string argument = "") =>
            EnvironmentEvent.Failure(invocation.Id, new CallError(code, message, argument), context.FuelCharged);
    }
}
