using System.Net.Sockets;

namespace Piccolo.Drivers.UnixStream;

/// <summary>The file of a Unix socket: whether it is one, whether somebody answers on it, and its removal.</summary>
internal static class UnixSocketFile
{
    private const int NoSuchDeviceOrAddress = 6; // ENXIO: what opening a socket file says on Linux
    private const int NotSupportedOnSocket = 102; // EOPNOTSUPP: the same on macOS

    /// <summary>The end point of a path.</summary>
    /// <exception cref="LinkOpenException">The path is too long for a socket.</exception>
    internal static UnixDomainSocketEndPoint EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException error)
        {
            throw new LinkOpenException(
                "unix://" + path, LinkOpenFailure.BadUri, "the path is too long for a Unix socket", error);
        }
    }

    /// <summary>Removes the file when it is a socket on which nobody answers; does nothing when there is no file.</summary>
    /// <exception cref="LinkOpenException">Somebody answers, it is no socket, or it may not be removed.</exception>
    internal static void RemoveIfStale(string path)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        string uri = "unix://" + path;
        if (SomebodyAnswers(path))
        {
            throw new LinkOpenException(uri, LinkOpenFailure.AddressInUse, "another process listens on this socket");
        }

        if (!IsSocket(path))
        {
            throw new LinkOpenException(uri, LinkOpenFailure.AddressInUse, "there is a file of another kind in this place");
        }

        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LinkOpenException(
                uri, LinkOpenFailure.NotPermitted, "an old socket is in the way and may not be removed", error);
        }
    }

    /// <summary>Whether a listener accepts connections on the path at the moment.</summary>
    internal static bool SomebodyAnswers(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(EndPointOf(path));
            return true;
        }
        catch (SocketException error)
        {
            // A full backlog says "would block": somebody is there, only busy.
            return error.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable
                or SocketError.SocketError);
        }
    }

    /// <summary>A socket file is the only kind that cannot be opened; reading and writing keeps a FIFO from blocking us.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream opened = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return false;
        }
        catch (IOException error)
        {
            return error.HResult is NoSuchDeviceOrAddress or NotSupportedOnSocket;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
