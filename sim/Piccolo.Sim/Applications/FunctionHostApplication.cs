using Piccolo.Ndn.Naming;
using Piccolo.Sdk;
using Piccolo.Sdk.Functions;

namespace Piccolo.Sim.Applications;

/// <summary>Serves functions on a node: the SDK's own host, whose functions' fuel and signatures take the node's processor time.</summary>
public sealed class FunctionHostApplication : AsyncApplication
{
    private readonly FunctionHostSettings _settings;

    /// <summary>A host that nothing has started.</summary>
    /// <exception cref="ScenarioException">A setting is impossible.</exception>
    public FunctionHostApplication(FunctionHostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Functions.Count == 0)
        {
            throw new ScenarioException("a function host without functions serves nothing; give it at least one");
        }

        var names = new HashSet<Name>();
        foreach (FunctionDefinition function in settings.Functions)
        {
            if (!names.Add(function.Descriptor.Name))
            {
                throw new ScenarioException($"a function host has two functions {function.Descriptor.Name}; give each its own name");
            }
        }

        if (settings.Signing == PacketSigning.Digest)
        {
            throw new ScenarioException("results of functions must be signed with a key: hmac, ecdsa or ed25519, not digest");
        }

        if (settings.RunningMax is < 1 || settings.WaitingMax < 0 || settings.JobTimeMaxNs < 1)
        {
            throw new ScenarioException("a function host runs at least 1 call, lets 0 or more wait, and gives each at least 1 ns");
        }

        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Name => "function-host";

    /// <summary>Fuel that calls burnt here.</summary>
    public ulong FuelCharged { get; private set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(PiccoloClient client, CancellationToken stop)
    {
        var host = new FunctionHost(
            client,
            Charged(PacketKeys.NodeSigner(_settings.Signing, Node.Network.Seed, Node.Index)),
            new FunctionHostOptions
            {
                RunningMax = _settings.RunningMax,
                WaitingMax = _settings.WaitingMax,
                JobTimeMax = TimeSpan.FromTicks(Math.Max(1, _settings.JobTimeMaxNs / 100)),
                FuelCharged = Burn,
            });
        foreach (FunctionDefinition function in _settings.Functions)
        {
            await ServeAsync(host, client, function, stop);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, Time, stop);
    }

    /// <summary>Serves a function, however long the forwarder takes: its PIT may be full of what others ask for.</summary>
    private static async Task ServeAsync(FunctionHost host, PiccoloClient client, FunctionDefinition function, CancellationToken stop)
    {
        bool isDeployed = false;
        while (true)
        {
            try
            {
                await (isDeployed
                    ? client.Management.RegisterAsync(function.Descriptor.Name, stop)
                    : host.ServeAsync(function, stop));
                return;
            }
            catch (PiccoloException error) when (error.Kind == PiccoloErrorKind.Timeout)
            {
                isDeployed = true;
            }
        }
    }

    private void Burn(ulong fuel)
    {
        FuelCharged += fuel;
        Node.Cpu.ChargeFuel(fuel);
    }
}
