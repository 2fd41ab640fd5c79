using Piccolo.Drivers;
using Piccolo.Ndn.Link;
using Piccolo.Sdk;

namespace Piccolo.Cli.Nodes;

/// <summary>A connection of one command to its node.</summary>
internal sealed class NodeSession : IAsyncDisposable
{
    private NodeSession(string uri, PiccoloClient client, bool isLocal)
    {
        Uri = uri;
        Client = client;
        IsLocal = isLocal;
    }

    /// <summary>The node, as a FaceUri.</summary>
    public string Uri { get; }

    /// <summary>The application's end of the connection.</summary>
    public PiccoloClient Client { get; }

    /// <summary>Whether the node is on this host.</summary>
    public bool IsLocal { get; }

    /// <summary>Connects to the node.</summary>
    /// <exception cref="CliException">Nobody answers there; the message says where and what to try.</exception>
    public static async Task<NodeSession> OpenAsync(string? node, CancellationToken cancellation)
    {
        string uri = ClientConfiguration.NodeUri(node);
        try
        {
            ILink link = await LinkFactory.ConnectAsync(uri, cancellation).ConfigureAwait(false);
            bool isLocal = link.Capabilities.Scope == LinkScope.Local;
            return new NodeSession(uri, PiccoloClient.Start(link, new PiccoloClientOptions()), isLocal);
        }
        catch (LinkOpenException error)
        {
            throw new CliException(
                $"no node answers at {uri}: {error.Message}. Start one with 'pcl-node', "
                + "or name another with --node unix:///PATH or tcp4://HOST:PORT");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
