using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Compute.Environments;

/// <summary>Whatever can hold and run functions: in-process .NET, WebAssembly, processes, containers.</summary>
/// <remarks>
/// Orders return at once; what came of them is an event with the order's number. Each order with an operation number is answered by
/// exactly one event, each <see cref="Invoke"/> by exactly one <see cref="EnvironmentEventKind.Completed"/>, whatever happens.
/// What is not among <see cref="Capabilities"/> is answered by <see cref="EnvironmentEventKind.OperationFailed"/>.
/// All members are called by the one thread that owns the agent; an environment with threads of its own queues its events and calls
/// <see cref="EventsAvailable"/>, from any thread, so that the shell drains the agent on the right one.
/// </remarks>
public interface IExecutionEnvironment
{
    /// <summary>What kind of environment it is, in one word: "dotnet", "wasm".</summary>
    string Kind { get; }

    /// <summary>What it can do beyond running a call.</summary>
    EnvironmentCapabilities Capabilities { get; }

    /// <summary>How busy it is.</summary>
    EnvironmentLoad QueryLoad();

    /// <summary>Called, from any thread, after events were queued outside of an order; set by the shell.</summary>
    Action? EventsAvailable { get; set; }

    /// <summary>Brings code in.</summary>
    void Provision(ulong operationId, FunctionPackage package, Instant now);

    /// <summary>Makes an instance of provisioned code.</summary>
    void Instantiate(ulong operationId, Name function, Instant now);

    /// <summary>Runs a call.</summary>
    void Invoke(Invocation invocation, Instant now);

    /// <summary>Asks a call to stop; it is still reported as completed, with an error unless it ended first.</summary>
    void Cancel(ulong invocationId, Instant now);

    /// <summary>Stops an instance between two steps and keeps its state.</summary>
    void Suspend(ulong operationId, ulong instanceId, Instant now);

    /// <summary>Lets a suspended instance run on.</summary>
    void Resume(ulong operationId, ulong instanceId, Instant now);

    /// <summary>Takes the state of a suspended instance out.</summary>
    void Snapshot(ulong operationId, ulong instanceId, Instant now);

    /// <summary>Makes an instance from a state that was taken out, here or elsewhere.</summary>
    void Restore(ulong operationId, Name function, ReadOnlyMemory<byte> snapshot, Instant now);

    /// <summary>Ends an instance and forgets its state; its calls are reported as cancelled first.</summary>
    void Terminate(ulong operationId, ulong instanceId, Instant now);

    /// <summary>When <see cref="HandleTimeout"/> wants to be called; <see cref="Instant.Never"/> when not at all.</summary>
    Instant NextTimeout { get; }

    /// <summary>Lets time pass.</summary>
    void HandleTimeout(Instant now);

    /// <summary>Takes the next report; drain until false.</summary>
    bool TryTakeEvent(out EnvironmentEvent? report);
}
