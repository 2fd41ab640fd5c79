using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tcp;

/// <summary>Makes outgoing TCP links, and prepares TCP sockets in general.</summary>
public static class TcpConnector
{
    private const int TcpNotSentLowWater = 25;

    /// <summary>Connects to a peer.</summary>
    /// <exception cref="LinkOpenException">It did not work; the message names the peer and why.</exception>
    public static async Task<StreamLink> ConnectAsync(
        IPEndPoint remote,
        FacePersistency persistency,
        FramePool pool,
        HostClock clock,
        StreamOptions options,
        CancellationToken cancellation)
    {
        Socket socket = await ConnectSocketAsync(remote, clock, options, cancellation).ConfigureAwait(false);
        var settings = new StreamLinkSettings(
            pool, clock, options, again => ConnectSocketAsync(remote, clock, options, again), IsPersistencyAdjustable: true);
        return new StreamLink(socket, Describe(socket, persistency), settings);
    }

    /// <summary>What a connected TCP socket offers; local only when both ends are on the loopback interface.</summary>
    internal static LinkCapabilities Describe(Socket socket, FacePersistency persistency)
    {
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        bool isLocal = IPAddress.IsLoopback(local.Address) && IPAddress.IsLoopback(remote.Address);
        return new LinkCapabilities(
            Addresses.ToUri("tcp", local),
            Addresses.ToUri("tcp", remote),
            isLocal ? LinkScope.Local : LinkScope.NonLocal,
            LinkType.PointToPoint,
            persistency,
            LinkCapabilities.UnlimitedMtu,
            BatchSize: 64,
            ReportsSendQueue: true);
    }

    /// <summary>No delay for small frames, and a backlog that we see rather than the kernel.</summary>
    internal static void Prepare(Socket socket, StreamOptions options)
    {
        socket.NoDelay = true;
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(
                (int)SocketOptionLevel.Tcp, TcpNotSentLowWater, BitConverter.GetBytes(options.KernelBacklogOctets));
        }
    }

    private static async Task<Socket> ConnectSocketAsync(
        IPEndPoint remote, HostClock clock, StreamOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, clock.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await socket.ConnectAsync(remote, either.Token).ConfigureAwait(false);
            Prepare(socket, options);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw LinkOpenException.FromSocket(Addresses.ToUri("tcp", remote), error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new LinkOpenException(
                Addresses.ToUri("tcp", remote),
                LinkOpenFailure.TimedOut,
                $"no answer within {options.ConnectTimeout.TotalSeconds:0.###} s",
                error);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
