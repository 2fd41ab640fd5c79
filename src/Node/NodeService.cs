using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Piccolo.Drivers;
using Piccolo.Drivers.InMemory;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Management;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Node.Configuration;
using Piccolo.Node.Engine;
using Piccolo.Samples;
using Piccolo.Sdk;
using Piccolo.Sdk.Functions;
using Piccolo.Storage;

namespace Piccolo.Node;

/// <summary>One node: its identity, its forwarder on a strand, its listeners, and its functions behind an in-memory link.</summary>
internal sealed partial class NodeService(NodeOptions options, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _log = loggers.CreateLogger("Piccolo.Node");
    private readonly List<IListener> _listeners = [];
    private NodeIdentity? _identity;
    private ForwarderStrand? _strand;
    private NodeFaces? _faces;
    private PiccoloClient? _client;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Name? wanted = options.Name is null ? null : ParseName("Node:Name", options.Name);
        _identity = NodeIdentity.LoadOrCreate(options.StateFolder, wanted);
        LetFunctionsRunBesideFaces();
        var clock = new HostClock(TimeProvider.System);
        var frames = new FramePool();
        _strand = MakeStrand(clock, frames);
        var factory = new LinkFactory(frames, clock, new DriverOptions());
        _faces = new NodeFaces(factory, _strand, loggers.CreateLogger("Piccolo.Node.Faces"));
        await StartFunctionsAsync(clock, cancellationToken).ConfigureAwait(false);
        Listen(factory);
        foreach (StaticRoute route in options.Routes)
        {
            await _faces.AddRouteAsync(ParseName("Routes", route.Prefix), route.Face, route.Cost, cancellationToken).ConfigureAwait(false);
        }

        await _strand.SetChannelsAsync([.. _listeners.Select(listener => listener.LocalUri)]).ConfigureAwait(false);
        string ready = string.Join(' ', (string[])["ready", _identity.Name.ToString(), .. _listeners.Select(l => l.LocalUri)]);
        Console.Out.WriteLine(ready);
        await Console.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (IListener listener in _listeners)
        {
            listener.Close();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }

        if (_strand is not null)
        {
            await _strand.CloseAllAsync().ConfigureAwait(false);
            _strand.Dispose();
        }

        _identity?.Dispose();
    }

    private static Name ParseName(string key, string text) => Name.TryParse(text, out Name name, out string error)
        ? name
        : throw new NodeOptionsException($"{key} is '{text}', which is not a name: {error}");

    private ForwarderStrand MakeStrand(HostClock clock, FramePool frames)
    {
        var random = new SystemRandomSource();
        var forwarderOptions = new ForwarderOptions
        {
            ContentStoreCapacity = options.ContentStoreCapacity,
            PitCapacity = options.PitCapacity,
            PitRecordCapacity = options.PitCapacity * 2,
            UnixTimeAtZeroMs = (ulong)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - clock.Now.Milliseconds),
            NfdVersion = "24.07-piccolo-" + NodeProgram.Version,
            HashKey0 = random.NextUInt64(),
            HashKey1 = random.NextUInt64(),
        };
        var log = new ForwarderLog(loggers.CreateLogger("Piccolo.Forwarder"));
        var core = new ForwarderCore(forwarderOptions, frames, random, log);
        ForwarderManagement management = ForwarderManagement.Attach(
            core, new ManagementOptions(), DigestSha256Signer.Instance, AnyCommandAuthorizer.Instance, clock.Now);
        return new ForwarderStrand(core, management, clock, loggers.CreateLogger("Piccolo.Node.Strand"));
    }

    /// <summary>Functions and stream faces share the thread pool: with as many threads more as functions run, faces stay served.</summary>
    private void LetFunctionsRunBesideFaces()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(workers + options.ThreadsMax, completions);
    }

    /// <summary>The node's own functions reach the forwarder like any application's: as packets on a link.</summary>
    private async Task StartFunctionsAsync(HostClock clock, CancellationToken cancellation)
    {
        (InMemoryLink ours, InMemoryLink theirs) = InMemoryLink.CreatePair(
            clock, new InMemoryOptions { Delivery = InMemoryDelivery.Queued, FirstLabel = "functions", SecondLabel = "node" });
        await _strand!.AttachAsync(theirs).ConfigureAwait(false);
        _client = PiccoloClient.Start(ours);
        _client.HandlerFailed = LogHandlerFailed;
        ISigner signer = options.Signing == ResultSigning.Hmac ? _identity!.SecretSigner : _identity!.Signer;
        var host = new FunctionHost(_client, signer, new FunctionHostOptions { RunningMax = options.ThreadsMax });
        if (options.LoadSamples)
        {
            await host.ServeAllAsync(new SampleFunctions(), cancellation).ConfigureAwait(false);
        }

        await NodeDatasets.ServeAsync(_client, _identity!, host, _strand!, cancellation).ConfigureAwait(false);
    }

    private void Listen(LinkFactory factory)
    {
        List<string> uris = [];
        if (options.UnixPath is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.UnixPath))!);
            uris.Add("unix://" + Path.GetFullPath(options.UnixPath));
        }

        uris.AddRange(options.Udp.Select(address => "udp://" + address));
        uris.AddRange(options.Tcp.Select(address => "tcp://" + address));
        foreach (string uri in uris)
        {
            IListener listener = factory.Listen(uri);
            _listeners.Add(listener);
            listener.Start(_strand!.Attach);
        }

        _strand!.SetChannels([.. _listeners.Select(listener => listener.LocalUri)]);
    }

    [LoggerMessage(10, LogLevel.Error, "A handler of the node failed; the Interest stays without an answer")]
    private partial void LogHandlerFailed(Exception error);
}
