using System.Globalization;
using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.UnixStream;

/// <summary>Makes outgoing Unix stream links: how an application reaches the forwarder of its host.</summary>
public static class UnixStreamConnector
{
    /// <summary>Connects to a listening socket.</summary>
    /// <exception cref="LinkOpenException">Nobody listens there, or it is not permitted.</exception>
    public static async Task<StreamLink> ConnectAsync(
        string path, FramePool pool, HostClock clock, StreamOptions options, CancellationToken cancellation)
    {
        UnixDomainSocketEndPoint endPoint = UnixSocketFile.EndPointOf(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellation).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw File.Exists(path)
                ? LinkOpenException.FromSocket("unix://" + path, error)
                : new LinkOpenException("unix://" + path, LinkOpenFailure.Refused, "there is no such socket", error);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }

        LinkCapabilities capabilities = Describe(DescriptorUri(socket), "unix://" + path, FacePersistency.Persistent);
        return new StreamLink(socket, capabilities, new StreamLinkSettings(pool, clock, options));
    }

    internal static LinkCapabilities Describe(string localUri, string remoteUri, FacePersistency persistency) => new(
        localUri,
        remoteUri,
        LinkScope.Local,
        LinkType.PointToPoint,
        persistency,
        LinkCapabilities.UnlimitedMtu,
        BatchSize: 64,
        ReportsSendQueue: true);

    /// <summary>The end without a path is named by its file descriptor, as NFD does.</summary>
    internal static string DescriptorUri(Socket socket) =>
        string.Create(CultureInfo.InvariantCulture, $"fd://{socket.Handle}");
}
