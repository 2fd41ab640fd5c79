using Piccolo.Ndn.Naming;

namespace Piccolo.Sdk;

/// <summary>A prefix that an application serves; dispose it to serve no longer.</summary>
public sealed class PrefixRegistration : IAsyncDisposable
{
    private readonly PiccoloClient _client;
    private readonly ulong _id;
    private int _ended;

    internal PrefixRegistration(PiccoloClient client, Name prefix, ulong id)
    {
        _client = client;
        _id = id;
        Prefix = prefix;
    }

    /// <summary>The prefix.</summary>
    public Name Prefix { get; }

    /// <summary>Serves no longer, and tells the node so if it is still there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        _client.StopServing(_id);
        if (_client.Closed.IsCompleted)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), _client.Options.TimeProvider);
            await _client.Management.UnregisterAsync(Prefix, limit.Token);
        }
        catch (Exception error) when (error is PiccoloException or OperationCanceledException)
        {
            // The node forgets the registration when the face goes, which it is about to do or has done.
            return;
        }
    }
}
