using Piccolo.Client.Fetching;
using Piccolo.Client.Management;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Sdk;

/// <summary>NFD's management protocol, asked of the node that a client is connected to.</summary>
/// <remarks>Thread-safe. A command that the node refuses is an exception with the node's own words.</remarks>
public sealed class ManagementApi
{
    private const ulong ClientOrigin = 65;

    private readonly PiccoloClient _client;
    private readonly ManagementCommands _commands;
    private readonly Name _prefix = ManagementCommands.LocalPrefix;

    internal ManagementApi(PiccoloClient client)
    {
        _client = client;
        _commands = new ManagementCommands(
            client.Options.CommandSigner, client.Random, lifetimeMs: (ulong)client.Options.CommandTimeout.TotalMilliseconds);
    }

    /// <summary>What the forwarder is, and its counters.</summary>
    public async Task<ForwarderStatus> GetStatusAsync(CancellationToken cancellation = default)
    {
        FetchedObject fetched = await FetchAsync(StatusDatasets.General(_prefix), cancellation);
        return StatusDatasets.TryReadStatus(fetched.Content, out ForwarderStatus? status) == TlvStatus.Ok
            ? status!
            : throw Unreadable(fetched.Name);
    }

    /// <summary>The faces.</summary>
    public Task<IReadOnlyList<FaceStatus>> ListFacesAsync(CancellationToken cancellation = default) =>
        ListAsync<FaceStatus>(StatusDatasets.Faces(_prefix), cancellation);

    /// <summary>The routes of the RIB.</summary>
    public Task<IReadOnlyList<RibEntryRecord>> ListRoutesAsync(CancellationToken cancellation = default) =>
        ListAsync<RibEntryRecord>(StatusDatasets.Rib(_prefix), cancellation);

    /// <summary>The entries of the FIB.</summary>
    public Task<IReadOnlyList<FibEntryRecord>> ListFibAsync(CancellationToken cancellation = default) =>
        ListAsync<FibEntryRecord>(StatusDatasets.Fib(_prefix), cancellation);

    /// <summary>The strategy choices.</summary>
    public Task<IReadOnlyList<StrategyChoiceRecord>> ListStrategiesAsync(CancellationToken cancellation = default) =>
        ListAsync<StrategyChoiceRecord>(StatusDatasets.Strategies(_prefix), cancellation);

    /// <summary>The state of the content store.</summary>
    public async Task<CsInfo> GetContentStoreAsync(CancellationToken cancellation = default)
    {
        IReadOnlyList<CsInfo> found = await ListAsync<CsInfo>(StatusDatasets.Store(_prefix), cancellation);
        return found.Count == 1 ? found[0] : throw Unreadable(StatusDatasets.Store(_prefix));
    }

    /// <summary>Makes a face, or finds the one there is to that peer.</summary>
    public async Task<ControlParameters> CreateFaceAsync(ControlParameters request, CancellationToken cancellation = default)
    {
        CommandResult result = await SendAsync("faces", "create", request, cancellation);
        return result.UsableFaceId is not null ? result.Parameters! : throw Refused("faces/create", request, result);
    }

    /// <summary>Changes a face.</summary>
    public Task<ControlParameters> UpdateFaceAsync(ControlParameters request, CancellationToken cancellation = default) =>
        CommandAsync("faces", "update", request, cancellation);

    /// <summary>Destroys a face.</summary>
    public Task DestroyFaceAsync(ulong face, CancellationToken cancellation = default) =>
        CommandAsync("faces", "destroy", new ControlParameters { FaceId = face }, cancellation);

    /// <summary>Registers a prefix for this application.</summary>
    public Task RegisterAsync(Name prefix, CancellationToken cancellation = default) =>
        CommandAsync("rib", "register", new ControlParameters { Name = prefix, Origin = ClientOrigin, Flags = 1 }, cancellation);

    /// <summary>Takes a registration of this application back.</summary>
    public Task UnregisterAsync(Name prefix, CancellationToken cancellation = default) =>
        CommandAsync("rib", "unregister", new ControlParameters { Name = prefix, Origin = ClientOrigin }, cancellation);

    /// <summary>Adds a route.</summary>
    public Task<ControlParameters> AddRouteAsync(ControlParameters route, CancellationToken cancellation = default) =>
        CommandAsync("rib", "register", route, cancellation);

    /// <summary>Removes a route.</summary>
    public Task RemoveRouteAsync(ControlParameters route, CancellationToken cancellation = default) =>
        CommandAsync("rib", "unregister", route, cancellation);

    /// <summary>Chooses the strategy of a prefix.</summary>
    public Task<ControlParameters> SetStrategyAsync(Name prefix, Name strategy, CancellationToken cancellation = default) =>
        CommandAsync("strategy-choice", "set", new ControlParameters { Name = prefix, Strategy = strategy }, cancellation);

    /// <summary>Takes the strategy choice of a prefix back.</summary>
    public Task UnsetStrategyAsync(Name prefix, CancellationToken cancellation = default) =>
        CommandAsync("strategy-choice", "unset", new ControlParameters { Name = prefix }, cancellation);

    /// <summary>Changes the content store's capacity and switches.</summary>
    public Task<ControlParameters> ConfigureContentStoreAsync(ControlParameters request, CancellationToken cancellation = default) =>
        CommandAsync("cs", "config", request, cancellation);

    /// <summary>Erases Data from the content store, as often as the node's limit for one command demands.</summary>
    /// <param name="prefix">Data under it is erased.</param>
    /// <param name="countMax">How many at most; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How many packets were erased.</returns>
    public async Task<ulong> EraseContentStoreAsync(Name prefix, ulong? countMax = null, CancellationToken cancellation = default)
    {
        ulong erased = 0;
        while (countMax is null || erased < countMax)
        {
            var request = new ControlParameters { Name = prefix, Count = countMax - erased };
            ControlParameters done = await CommandAsync("cs", "erase", request, cancellation);
            erased += done.Count ?? 0;
            if (done.Capacity is null || (done.Count ?? 0) == 0)
            {
                break;
            }
        }

        return erased;
    }

    private static PiccoloException Refused(string command, ControlParameters request, CommandResult result)
    {
        string what = command;
        foreach (object? subject in (object?[])[request.Name, request.Uri, request.Strategy])
        {
            what += subject is null ? "" : $" {subject}";
        }

        string face = request.FaceId is { } id ? $" face {id}" : "";
        return new PiccoloException(
            PiccoloErrorKind.Refused, $"the node refused {what}{face}: {result.StatusCode} {result.StatusText}");
    }

    private static PiccoloException Unreadable(Name name) =>
        new(PiccoloErrorKind.BadAnswer, $"the node's answer {name} cannot be read");

    private async Task<ControlParameters> CommandAsync(
        string module, string verb, ControlParameters parameters, CancellationToken cancellation)
    {
        CommandResult result = await SendAsync(module, verb, parameters, cancellation);
        return result.IsSuccess ? result.Parameters ?? new ControlParameters() : throw Refused($"{module}/{verb}", parameters, result);
    }

    private async Task<CommandResult> SendAsync(
        string module, string verb, ControlParameters parameters, CancellationToken cancellation)
    {
        Interest? command = null;
        _client.Loop.Enter(now => command = _commands.Build(module, verb, parameters, _client.UnixMs));
        DataAnswer answer = await _client.ExpressAsync(command!, ExpressOptions.Once, cancellation);
        return CommandResult.TryParse(answer.Data, out CommandResult? result) == TlvStatus.Ok
            ? result!
            : throw Unreadable(answer.Data.Name);
    }

    private async Task<IReadOnlyList<TElement>> ListAsync<TElement>(Name dataset, CancellationToken cancellation)
        where TElement : class, IDatasetElement<TElement>
    {
        FetchedObject fetched = await FetchAsync(dataset, cancellation);
        return StatusDatasets.TryRead(fetched.Content, out IReadOnlyList<TElement> elements) == TlvStatus.Ok
            ? elements
            : throw Unreadable(fetched.Name);
    }

    private Task<FetchedObject> FetchAsync(Name dataset, CancellationToken cancellation)
    {
        var options = new FetchOptions
        {
            Discovery = FetchDiscovery.FirstData,
            RetransmissionsMax = 5,
            StallTimeout = _client.Options.CommandTimeout,
            OctetsMax = 64UL << 20,
        };
        return _client.FetchAsync(dataset, options, null, cancellation);
    }
}
