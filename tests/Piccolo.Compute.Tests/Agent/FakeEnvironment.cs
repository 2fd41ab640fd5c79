using Piccolo.Compute.Environments;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Tests.Agent;

/// <summary>An environment whose functions are given as delegates and whose calls end when the test says so.</summary>
internal sealed class FakeEnvironment(Func<Invocation, EnvironmentEvent?> run) : IExecutionEnvironment
{
    private readonly Queue<EnvironmentEvent> _events = new();
    private ulong _instances;

    public string Kind => "fake";

    public EnvironmentCapabilities Capabilities => EnvironmentCapabilities.None;

    public Action? EventsAvailable { get; set; }

    public Instant NextTimeout => Instant.Never;

    public bool RefusesCode { get; set; }

    public List<ulong> Cancelled { get; } = [];

    public List<ulong> Terminated { get; } = [];

    public EnvironmentLoad QueryLoad() => default;

    public void Push(EnvironmentEvent report) => _events.Enqueue(report);

    public void Provision(ulong operationId, FunctionPackage package, Instant now) => Push(RefusesCode
        ? new EnvironmentEvent
        {
            Kind = EnvironmentEventKind.OperationFailed,
            Id = operationId,
            Error = new CallError(CallErrorCode.Internal, "bad code"),
        }
        : new EnvironmentEvent { Kind = EnvironmentEventKind.Provisioned, Id = operationId });

    public void Instantiate(ulong operationId, Name function, Instant now) =>
        Push(new EnvironmentEvent { Kind = EnvironmentEventKind.Instantiated, Id = operationId, InstanceId = ++_instances });

    public void Invoke(Invocation invocation, Instant now)
    {
        if (run(invocation) is EnvironmentEvent report)
        {
            Push(report);
        }
    }

    public void Cancel(ulong invocationId, Instant now) => Cancelled.Add(invocationId);

    public void Suspend(ulong operationId, ulong instanceId, Instant now) => Refuse(operationId);

    public void Resume(ulong operationId, ulong instanceId, Instant now) => Refuse(operationId);

    public void Snapshot(ulong operationId, ulong instanceId, Instant now) => Refuse(operationId);

    public void Restore(ulong operationId, Name function, ReadOnlyMemory<byte> snapshot, Instant now) => Refuse(operationId);

    public void Terminate(ulong operationId, ulong instanceId, Instant now) => Terminated.Add(instanceId);

    public void HandleTimeout(Instant now)
    {
    }

    public bool TryTakeEvent(out EnvironmentEvent? report) => _events.TryDequeue(out report);

    private void Refuse(ulong operationId) =>
        Push(new EnvironmentEvent { Kind = EnvironmentEventKind.OperationFailed, Id = operationId });
}
