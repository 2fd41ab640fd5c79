using Piccolo.Compute.Environments;
using Piccolo.Compute.Functions;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;

namespace Piccolo.Compute.Agent;

/// <summary>What makes a node compute: joins the RICE server, the registry of functions and the execution environments.</summary>
/// <remarks>
/// Drain <see cref="TryTakeTransmit"/> and <see cref="TryTakeEvent"/> until false after each input, and call <see cref="HandleReports"/>
/// when an environment says that it has events. <c>now</c> never goes back. One owner thread. A call that arrives is bound to the
/// parameters of its function, handed to the environment that holds it, and its outcome handed back to the server; errors of the
/// binding name the argument.
/// Bound: the limits of the RICE server; the agent keeps nothing of a call beyond them.
/// </remarks>
public sealed class ComputeAgent
{
    private readonly AgentOptions _options;
    private readonly RiceServerCore _server;
    private readonly List<IExecutionEnvironment> _environments = [];
    private readonly Dictionary<ulong, FunctionRegistration> _running = [];
    private readonly Dictionary<ulong, Deployment> _deployments = [];
    private readonly Queue<AgentEvent> _events = new();
    private ulong _nextOperation;

    /// <summary>An agent without functions.</summary>
    /// <param name="options">Sizes and times.</param>
    /// <param name="random">Where ids come from; not guessable in a daemon.</param>
    /// <param name="now">When its run begins.</param>
    public ComputeAgent(AgentOptions options, IRandomSource random, Instant now)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _server = new RiceServerCore(options.Server, random, now);
        Functions = new FunctionRegistry(options.FunctionCountMax);
    }

    /// <summary>The functions that are served.</summary>
    public FunctionRegistry Functions { get; }

    /// <summary>What happened so far.</summary>
    public AgentCounters Counters { get; } = new();

    /// <summary>What happened so far at the RICE server.</summary>
    public RiceServerCounters ServerCounters => _server.Counters;

    /// <summary>The id of this run.</summary>
    public RunId Run => _server.Run;

    /// <summary>Jobs that pull arguments, wait or run.</summary>
    public int ActiveJobCount => _server.ActiveJobCount;

    /// <summary>Octets of arguments in use.</summary>
    public long ArgumentOctets => _server.ArgumentOctets;

    /// <summary>When <see cref="HandleTimeout"/> wants to be called.</summary>
    public Instant NextTimeout
    {
        get
        {
            Instant next = _server.NextTimeout;
            for (int i = 0; i < _environments.Count; i++)
            {
                next = Instant.Min(next, _environments[i].NextTimeout);
            }

            return next;
        }
    }

    /// <summary>Brings a function into an environment; it is served once an instance is ready.</summary>
    public void Deploy(FunctionPackage package, IExecutionEnvironment environment, Instant now)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(environment);
        if (!_environments.Contains(environment))
        {
            _environments.Add(environment);
        }

        ulong operation = ++_nextOperation;
        _deployments.Add(operation, new Deployment(package.Descriptor, environment));
        environment.Provision(operation, package, now);
        HandleReports(now);
    }

    /// <summary>Serves a function no longer and ends its instance; calls that run are cancelled by the environment.</summary>
    public bool Withdraw(Name function, Instant now)
    {
        if (!Functions.TryGet(function, out FunctionRegistration? registration))
        {
            return false;
        }

        Functions.Remove(function);
        _server.Unregister(function);
        registration.Environment.Terminate(++_nextOperation, registration.InstanceId, now);
        _events.Enqueue(new AgentEvent { Kind = AgentEventKind.FunctionWithdrawn, Function = function });
        HandleReports(now);
        return true;
    }

    /// <summary>Takes an Interest.</summary>
    /// <returns>Whether its name is one of the RICE protocol's.</returns>
    public bool HandleInterest(ReadOnlySpan<byte> packet, Instant now) => Then(_server.HandleInterest(packet, now), now);

    /// <summary>Takes a Data.</summary>
    /// <returns>Whether it is a segment of an argument that is being pulled.</returns>
    public bool HandleData(ReadOnlySpan<byte> packet, Instant now) => Then(_server.HandleData(packet, now), now);

    /// <summary>Takes a Nack.</summary>
    /// <returns>Whether it is for an Interest that pulls an argument.</returns>
    public bool HandleNack(ReadOnlySpan<byte> interest, NackReason reason, Instant now) =>
        Then(_server.HandleNack(interest, reason, now), now);

    /// <summary>Takes a signature that was asked for.</summary>
    public void HandleSigned(ulong signatureId, ReadOnlySpan<byte> signature, Instant now)
    {
        _server.HandleSigned(signatureId, signature, now);
        Then(true, now);
    }

    /// <summary>Takes word that a signature cannot be made.</summary>
    public void HandleSigningFailed(ulong signatureId) => _server.HandleSigningFailed(signatureId);

    /// <summary>Lets time pass.</summary>
    public void HandleTimeout(Instant now)
    {
        _server.HandleTimeout(now);
        for (int i = 0; i < _environments.Count; i++)
        {
            if (_environments[i].NextTimeout <= now)
            {
                _environments[i].HandleTimeout(now);
            }
        }

        Then(true, now);
    }

    /// <summary>Takes what the wall clock says, for the times of opaque calls; see <see cref="RiceServerCore.HandleWallClock"/>.</summary>
    /// <param name="unixMs">Unix milliseconds.</param>
    /// <param name="now">When they were read.</param>
    public void HandleWallClock(ulong unixMs, Instant now) => _server.HandleWallClock(unixMs, now);

    /// <summary>Takes in what the environments have to report.</summary>
    public void HandleReports(Instant now) => Then(true, now);

    /// <summary>Takes the next packet to send; drain until false.</summary>
    public bool TryTakeTransmit(out ReadOnlyMemory<byte> packet) => _server.TryTakeTransmit(out packet);

    /// <summary>Takes the next report or wish; drain until false.</summary>
    public bool TryTakeEvent(out AgentEvent? report) => _events.TryDequeue(out report);

    /// <summary>Passes wishes and reports to and fro until there are none; each is bounded by the calls that are known.</summary>
    private bool Then(bool wasOurs, Instant now)
    {
        bool isMoving = true;
        while (isMoving)
        {
            isMoving = false;
            while (_server.TryTakeEvent(out RiceServerEvent? wish))
            {
                isMoving = true;
                HandleWish(wish!, now);
            }

            for (int i = 0; i < _environments.Count; i++)
            {
                while (_environments[i].TryTakeEvent(out EnvironmentEvent? report))
                {
                    isMoving = true;
                    HandleReport(_environments[i], report!, now);
                }
            }
        }

        return wasOurs;
    }

    private void HandleWish(RiceServerEvent wish, Instant now)
    {
        switch (wish.Kind)
        {
            case RiceServerEventKind.RunRequested:
                Invoke(wish, now);
                break;
            case RiceServerEventKind.CancelRequested:
                if (_running.TryGetValue(wish.Id, out FunctionRegistration? registration))
                {
                    registration.Environment.Cancel(wish.Id, now);
                }

                break;
            default:
                _events.Enqueue(new AgentEvent { Kind = AgentEventKind.SignatureNeeded, Id = wish.Id, Portion = wish.Portion });
                break;
        }
    }

    private void Invoke(RiceServerEvent wish, Instant now)
    {
        FunctionDescriptor descriptor = wish.Function!;
        if (!Functions.TryGet(descriptor.Name, out FunctionRegistration? registration)
            || registration.Descriptor.CodeVersion != descriptor.CodeVersion)
        {
            _server.HandleFailed(
                wish.Id, new CallError(CallErrorCode.UnknownFunction, $"{descriptor.Name} was withdrawn before the call ran"), now);
            return;
        }

        CallError? error = ArgumentBinder.TryBind(
            registration.Descriptor, wish.Arguments, _options.ArgumentLimits, out IReadOnlyList<BoundArgument> arguments);
        if (error is not null)
        {
            Counters.BadArguments++;
            _server.HandleFailed(wish.Id, error, now);
            return;
        }

        Counters.Invoked++;
        _running.Add(wish.Id, registration);
        registration.Environment.Invoke(
            new Invocation(wish.Id, registration.InstanceId, registration.Descriptor, arguments, wish.Deadline), now);
    }

    private void HandleReport(IExecutionEnvironment source, EnvironmentEvent report, Instant now)
    {
        switch (report.Kind)
        {
            case EnvironmentEventKind.Completed:
                HandleCompleted(report, now);
                break;
            case EnvironmentEventKind.Progressed:
                _server.HandleProgress(report.Id, report.ProgressPermille);
                break;
            case EnvironmentEventKind.Provisioned:
                if (_deployments.TryGetValue(report.Id, out Deployment? provisioned))
                {
                    provisioned.Environment.Instantiate(report.Id, provisioned.Descriptor.Name, now);
                }

                break;
            case EnvironmentEventKind.Instantiated:
                Serve(report, now);
                break;
            case EnvironmentEventKind.OperationFailed:
                if (_deployments.Remove(report.Id, out Deployment? failed))
                {
                    ReportFailure(failed, report.Error ?? new CallError(CallErrorCode.Internal, "the environment gave no reason"));
                }

                break;
            case EnvironmentEventKind.InstanceLost:
                WithdrawInstance(source, report.InstanceId);
                break;
            default:
                break;
        }
    }

    private void HandleCompleted(EnvironmentEvent report, Instant now)
    {
        if (!_running.Remove(report.Id))
        {
            Counters.StrayReports++;
            return;
        }

        Counters.FuelUsed += report.FuelUsed;
        if (report.Error is null)
        {
            Counters.Succeeded++;
            _server.HandleCompleted(report.Id, report.Octets, now);
        }
        else
        {
            Counters.Failed++;
            _server.HandleFailed(report.Id, report.Error, now);
        }
    }

    private void Serve(EnvironmentEvent report, Instant now)
    {
        if (!_deployments.Remove(report.Id, out Deployment? deployment))
        {
            Counters.StrayReports++;
            return;
        }

        var registration = new FunctionRegistration(deployment.Descriptor, deployment.Environment, report.InstanceId);
        bool isReplacement = Functions.TryGet(deployment.Descriptor.Name, out FunctionRegistration? before);
        if (!Functions.TryRegister(registration))
        {
            deployment.Environment.Terminate(++_nextOperation, report.InstanceId, now);
            ReportFailure(deployment, new CallError(CallErrorCode.Busy, $"the node has {Functions.All.Count} functions already"));
            return;
        }

        _server.Register(deployment.Descriptor);
        if (isReplacement)
        {
            before!.Environment.Terminate(++_nextOperation, before.InstanceId, now);
        }

        _events.Enqueue(new AgentEvent { Kind = AgentEventKind.FunctionServed, Function = deployment.Descriptor.Name });
    }

    private void WithdrawInstance(IExecutionEnvironment source, ulong instanceId)
    {
        for (int i = Functions.All.Count - 1; i >= 0; i--)
        {
            FunctionRegistration registration = Functions.All[i];
            if (registration.Environment == source && registration.InstanceId == instanceId)
            {
                Functions.Remove(registration.Descriptor.Name);
                _server.Unregister(registration.Descriptor.Name);
                _events.Enqueue(new AgentEvent { Kind = AgentEventKind.FunctionWithdrawn, Function = registration.Descriptor.Name });
            }
        }
    }

    private void ReportFailure(Deployment deployment, CallError error) =>
        _events.Enqueue(new AgentEvent { Kind = AgentEventKind.DeploymentFailed, Function = deployment.Descriptor.Name, Error = error });
}
