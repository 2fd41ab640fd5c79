using Piccolo.Compute.Agent;
using Piccolo.Compute.Environments;
using Piccolo.Compute.Functions;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;
using Piccolo.Sdk.Connection;

namespace Piccolo.Sdk.Functions;

/// <summary>Serves .NET methods as functions through an application's connection to a node.</summary>
/// <remarks>
/// Thread-safe. Each function's name is registered with the node as a prefix; the registration ends with the connection. Results are
/// signed with the host's key. Functions run on the client's scheduler.
/// </remarks>
public sealed class FunctionHost
{
    private readonly PiccoloClient _client;
    private readonly DotNetEnvironment _environment;
    private readonly AgentServer _server;

    /// <summary>Makes a host without functions.</summary>
    /// <param name="client">The connection that calls come through.</param>
    /// <param name="signer">The key that results are signed with.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public FunctionHost(PiccoloClient client, ISigner signer, FunctionHostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(signer);
        options ??= new FunctionHostOptions();
        _client = client;
        int scheduledMax = client.Options.Scheduler.MaximumConcurrencyLevel;
        int runningMax = options.RunningMax ?? (scheduledMax == int.MaxValue ? Environment.ProcessorCount : scheduledMax);
        _environment = new DotNetEnvironment(client.Options.Scheduler, runningMax, options.WaitingMax, options.FuelCharged);
        var agentOptions = new AgentOptions
        {
            Server = new RiceServerOptions
            {
                SignatureInfo = new SignatureInfo { Type = signer.Type, KeyLocator = signer.KeyLocator },
                UnixTimeAtZeroMs = client.Loop.UnixTimeAtZeroMs,
                RetainedOctetsMax = options.RetainedOctetsMax,
                RunningCountMax = runningMax,
                JobCountMax = runningMax + options.WaitingMax,
                JobTimeMax = options.JobTimeMax,
            },
        };
        ComputeAgent? agent = null;
        client.Loop.Enter(now => agent = new ComputeAgent(agentOptions, client.Random, now));
        _server = new AgentServer(client.Loop, agent!, signer, client.Options.Scheduler);
        _environment.EventsAvailable = () => client.Loop.TryEnter(now => _server.Agent.HandleReports(now));
        client.Loop.Add(_server);
    }

    /// <summary>The functions that are served.</summary>
    public IReadOnlyList<FunctionDescriptor> Functions
    {
        get
        {
            List<FunctionDescriptor> list = [];
            _client.Loop.TryEnter(_ =>
            {
                foreach (FunctionRegistration registration in _server.Agent.Functions.All)
                {
                    list.Add(registration.Descriptor);
                }
            });
            return list;
        }
    }

    /// <summary>Serves a function: brings it into the environment and registers its name with the node.</summary>
    /// <exception cref="CallException">It could not be brought into the environment.</exception>
    /// <exception cref="PiccoloException">The node refused the registration, or the connection ended.</exception>
    public async Task ServeAsync(FunctionDefinition definition, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _environment.Add(definition);
        _client.Loop.Enter(now =>
        {
            _server.WaitFor(definition.Descriptor.Name, served);
            _server.Agent.Deploy(new FunctionPackage(definition.Descriptor, ReadOnlyMemory<byte>.Empty), _environment, now);
        });
        await using (cancellation.Register(() => served.TrySetCanceled(cancellation)))
        {
            await served.Task;
        }

        await _client.Management.RegisterAsync(definition.Descriptor.Name, cancellation);
    }

    /// <summary>Serves each method of an object that carries <see cref="PiccoloFunctionAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The object has no such method, or one of them cannot be a function.</exception>
    /// <exception cref="PiccoloException">The node refused a registration, or the connection ended.</exception>
    public async Task ServeAllAsync(object target, CancellationToken cancellation = default)
    {
        foreach (FunctionDefinition definition in FunctionDefinition.FromAttributes(target))
        {
            await ServeAsync(definition, cancellation);
        }
    }

    /// <summary>Serves a function no longer.</summary>
    /// <returns>False when it was not served.</returns>
    public async Task<bool> WithdrawAsync(Name function, CancellationToken cancellation = default)
    {
        bool wasServed = false;
        _client.Loop.Enter(now => wasServed = _server.Agent.Withdraw(function, now));
        if (wasServed)
        {
            await _client.Management.UnregisterAsync(function, cancellation);
        }

        return wasServed;
    }
}
