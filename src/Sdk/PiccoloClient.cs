using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Rice.Client;
using Piccolo.Sdk.Connection;

namespace Piccolo.Sdk;

/// <summary>An application's connection to its node: express Interests, serve prefixes, move objects, call functions.</summary>
/// <remarks>
/// Thread-safe. Its methods continue where they were called: on the caller's scheduler or synchronisation context, the thread pool
/// where there is neither; so never block a context's only thread on one of its tasks. The connection ends when the client is disposed
/// or the node goes away; <see cref="Closed"/> tells, and every wait then fails.
/// </remarks>
public sealed partial class PiccoloClient : IAsyncDisposable
{
    private readonly PiccoloClientOptions _options;
    private readonly PacketLoop _loop;
    private readonly IRandomSource _random;
    private readonly RiceCaller _caller;
    private readonly ClientWaits _waits;

    private PiccoloClient(ILink link, PiccoloClientOptions options)
    {
        _options = options;
        _random = options.Random ?? new SystemRandomSource();
        _waits = new ClientWaits(options.Scheduler);
        _loop = new PacketLoop(link, new FramePool(), _random, options.TimeProvider, _waits);
        _waits.Join(_loop);
        IsLocal = link.Capabilities.Scope == LinkScope.Local;
        var rice = new RiceClientCore(new RiceClientOptions { UnixTimeAtZeroMs = _loop.UnixTimeAtZeroMs }, _random);
        _caller = new RiceCaller(_loop, rice, options.Scheduler);
        _loop.Add(_caller);
        Management = new ManagementApi(this);
    }

    /// <summary>Management of the node.</summary>
    public ManagementApi Management { get; }

    /// <summary>Whether the node is on this host, so that <c>/localhost</c> names reach it.</summary>
    public bool IsLocal { get; }

    /// <summary>Ends when the connection does.</summary>
    public Task Closed => _loop.Closed;

    internal PacketLoop Loop => _loop;

    /// <summary>Answers and fetches that somebody waits for.</summary>
    internal int WaitCount
    {
        get
        {
            int count = 0;
            _loop.TryEnter(_ => count = _waits.Count);
            return count;
        }
    }

    internal PiccoloClientOptions Options => _options;

    internal IRandomSource Random => _random;

    /// <summary>Begins to use a link to a node.</summary>
    /// <param name="link">A link that nobody has started; the client owns it from here on.</param>
    /// <param name="options">Time, randomness, scheduler, trust; null for the system's, and no trust.</param>
    public static PiccoloClient Start(ILink link, PiccoloClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        var client = new PiccoloClient(link, options ?? new PiccoloClientOptions());
        client._loop.Start();
        return client;
    }

    /// <summary>Waits until the transport has taken everything that was sent, at most two seconds.</summary>
    public Task FlushAsync(CancellationToken cancellation = default) => _loop.FlushAsync(TimeSpan.FromSeconds(2), cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _loop.FlushAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        _loop.Dispose();
        await _loop.Closed;
        _waits.Dispose();
    }

    /// <summary>Told of exceptions that handlers of served prefixes threw.</summary>
    public Action<Exception>? HandlerFailed
    {
        get => _waits.HandlerFailed;
        set => _waits.HandlerFailed = value;
    }

    internal ulong UnixMs => _loop.UnixMs;
}
