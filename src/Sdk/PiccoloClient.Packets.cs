using Piccolo.Client.Fetching;
using Piccolo.Client.Objects;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Sdk.Connection;

namespace Piccolo.Sdk;

/// <content>Interests, prefixes and objects.</content>
public sealed partial class PiccoloClient
{
    /// <summary>Expresses an Interest and waits for its Data.</summary>
    /// <param name="interest">What to ask for; a nonce is filled in.</param>
    /// <param name="options">How persistently; null for once.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PiccoloException">Nobody answered, the network refused it, or the connection ended.</exception>
    public async Task<DataAnswer> ExpressAsync(
        Interest interest, ExpressOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(interest);
        var wait = new TaskCompletionSource<DataAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong id = 0;
        _loop.Enter(now =>
        {
            id = _loop.Core.Express(interest, (options ?? ExpressOptions.Once).Policy, now);
            if (id != 0)
            {
                _waits.WaitForAnswer(id, wait, now);
            }
        });
        if (id == 0)
        {
            throw new PiccoloException(PiccoloErrorKind.Limit, "too many Interests of this application are pending");
        }

        CancellationTokenRegistration registration = cancellation.Register(() =>
        {
            _loop.TryEnter(_ =>
            {
                _loop.Core.Cancel(id);
                _waits.ForgetAnswer(id);
            });
            wait.TrySetCanceled(cancellation);
        });
        await using (registration)
        {
            return await wait.Task;
        }
    }

    /// <summary>Serves a prefix: registers it with the node and runs a handler for each Interest under it.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="handler">Gives the Data that answers an Interest, or null to leave it unanswered; runs on the scheduler.</param>
    /// <param name="cancellation">Gives up the registration.</param>
    /// <returns>The registration; dispose it to serve no longer.</returns>
    /// <exception cref="PiccoloException">The node refused the registration, or the connection ended.</exception>
    public Task<PrefixRegistration> ServeAsync(
        Name prefix, Func<Interest, CancellationToken, ValueTask<Data?>> handler, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(handler);
        return RegisterAsync(prefix, id => _waits.Serve(id, handler), cancellation);
    }

    /// <summary>Publishes an object: cuts it into segments, with RDR metadata, and serves them under its name.</summary>
    /// <param name="name">The name of the object; the version is appended.</param>
    /// <param name="content">Its octets; not copied.</param>
    /// <param name="options">How it is cut, described and signed; it must name a signer.</param>
    /// <param name="cancellation">Gives up the registration.</param>
    /// <exception cref="PiccoloException">The node refused the registration, it does not fit, or the connection ended.</exception>
    public async Task<Publication> PublishAsync(
        Name name, ReadOnlyMemory<byte> content, PublishOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        var store = new SegmentStore(new SegmentStoreOptions
        {
            RetainedOctetsMax = Math.Max(content.Length, 1 << 20) + 1L,
            UnixTimeAtZeroMs = _loop.UnixTimeAtZeroMs,
        });
        ulong version = 0;
        PublishStatus status = PublishStatus.NoRoom;
        _loop.Enter(now =>
        {
            version = UnixMs;
            status = store.Publish(name, version, content, options);
        });
        if (status != PublishStatus.Published)
        {
            throw new PiccoloException(PiccoloErrorKind.Limit, $"{name} cannot be published: {status}");
        }

        PrefixRegistration registration = await RegisterAsync(name, id => _waits.Serve(id, store), cancellation);
        (Name versioned, ulong last) = store.Newest(name)!.Value;
        return new Publication(versioned, last + 1, registration);
    }

    /// <summary>Fetches a segmented object.</summary>
    /// <param name="name">Its name; without a version the newest is asked for.</param>
    /// <param name="options">Bounds; null for the defaults, with the way of discovery chosen by the name.</param>
    /// <param name="progress">Told how far the fetch is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FetchException">It could not be fetched whole.</exception>
    /// <exception cref="PiccoloException">The connection ended.</exception>
    public async Task<FetchedObject> FetchAsync(
        Name name, FetchOptions? options = null, IProgress<FetchProgressReport>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= new FetchOptions { Discovery = DiscoveryFor(name) };
        options = options with { OctetsMax = Math.Min(options.OctetsMax, RunningFetch.OctetsMax) };
        var wait = new TaskCompletionSource<FetchedObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        RunningFetch? fetch = null;
        _loop.Enter(now =>
        {
            var fetcher = new SegmentFetcher(name, options, _random, now);
            fetch = new RunningFetch(fetcher, wait, progress, now);
            _waits.Follow(fetch);
            _loop.Core.Attach(fetcher, now);
        });
        CancellationTokenRegistration registration = cancellation.Register(() =>
        {
            // The wait first: what the fetcher says of its end would come before.
            wait.TrySetCanceled(cancellation);
            _loop.TryEnter(_ => fetch!.Cancel());
        });
        await using (registration)
        {
            return await wait.Task;
        }
    }

    /// <summary>How the versioned name of an object is learned: not at all when it is there, else by RDR.</summary>
    public static FetchDiscovery DiscoveryFor(Name name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const ushort version = 54;
        return name.Count > 0 && name[^1].Type == version ? FetchDiscovery.None : FetchDiscovery.Metadata;
    }

    internal async Task<PrefixRegistration> RegisterAsync(Name prefix, Action<ulong> serve, CancellationToken cancellation)
    {
        ulong id = 0;
        _loop.Enter(_ =>
        {
            id = _loop.Core.Register(prefix);
            if (id != 0)
            {
                serve(id);
            }
        });
        if (id == 0)
        {
            throw new PiccoloException(PiccoloErrorKind.Limit, "too many prefixes are served by this application");
        }

        try
        {
            await Management.RegisterAsync(prefix, cancellation);
        }
        catch
        {
            StopServing(id);
            throw;
        }

        return new PrefixRegistration(this, prefix, id);
    }

    internal void StopServing(ulong id) => _loop.TryEnter(_ =>
    {
        _loop.Core.Unregister(id);
        _waits.StopServing(id);
    });
}
