using System.Collections.Concurrent;
using Piccolo.Compute.Environments;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Connection;

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
    private readonly Dictionary<ulong, RunningCall> _calls = [];
    private readonly Queue<Invocation> _waiting = new();
    private readonly Lock _gate = new();
    private readonly TaskScheduler _scheduler;
    private readonly Action<ulong>? _fuelCharged;
    private readonly int _runningMax;
    private readonly int _waitingMax;
    private int _running;
    private ulong _nextInstance = 1;

    /// <summary>An environment without functions.</summary>
    /// <param name="scheduler">What runs the calls.</param>
    /// <param name="runningMax">How many calls run at once.</param>
    /// <param name="waitingMax">How many more may wait.</param>
    /// <param name="fuelCharged">Told of each amount of fuel in the moment in which a function charges it; null for nobody.</param>
    public DotNetEnvironment(
        TaskScheduler scheduler, int runningMax, int waitingMax = 4096, Action<ulong>? fuelCharged = null)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(runningMax, 1);
        _scheduler = scheduler;
        _runningMax = runningMax;
        _waitingMax = waitingMax;
        _fuelCharged = fuelCharged;
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
                _calls[invocation.Id] = new RunningCall(invocation.Descriptor.Name, _fuelCharged);
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

    /// <summary>Stops a call; what the function registered with its token runs on the scheduler, not here.</summary>
    public void Cancel(ulong invocationId, Instant now)
    {
        lock (_gate)
        {
            if (_calls.TryGetValue(invocationId, out RunningCall? call))
            {
                call.Stop(_scheduler);
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

    private static EnvironmentEvent Stopped(Invocation invocation, FunctionContext context) => EnvironmentEvent.Failure(
        invocation.Id, new CallError(CallErrorCode.Cancelled, "the call was stopped at its deadline or given up"), context.FuelCharged);

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
        EnvironmentEvent report = await RunOneAsync(invocation);
        SlowWork.HandOver(_scheduler, () => Complete(invocation, report));
    }

    private void Complete(Invocation invocation, EnvironmentEvent report)
    {
        Invocation? next;
        lock (_gate)
        {
            if (_calls.Remove(invocation.Id, out RunningCall? call))
            {
                // It may have been stopped while its work took time.
                report = call.Context.IsStopped ? Stopped(invocation, call.Context) : report;
                call.Dispose();
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
        RunningCall? call;
        lock (_gate)
        {
            _instances.TryGetValue(invocation.InstanceId, out definition);
            _calls.TryGetValue(invocation.Id, out call);
        }

        if (definition is null || call is null)
        {
            return EnvironmentEvent.Failure(
                invocation.Id, new CallError(CallErrorCode.UnknownFunction, $"{invocation.Descriptor.Name} was removed"));
        }

        FunctionContext context = call.Context;
        try
        {
            if (context.IsStopped)
            {
                return Stopped(invocation, context);
            }

            byte[] result = await definition.RunAsync(invocation.Arguments, context);
            return EnvironmentEvent.Result(invocation.Id, result, context.FuelCharged);
        }
        catch (OperationCanceledException) when (context.IsStopped)
        {
            return Stopped(invocation, context);
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
