using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Linux;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Udp;

/// <summary>A non-blocking UDP socket: what the platform throws comes back as a status.</summary>
/// <remarks>Thread-safe for one receiving thread and any number of sending ones; nothing here allocates but a failure.</remarks>
internal sealed class UdpSocket : IDisposable
{
    private const int SolSocket = 1;
    private const int SoSendBufferForce = 32;
    private const int SoReceiveBufferForce = 33;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly bool _isConnected;

    private UdpSocket(Socket socket, bool isConnected)
    {
        _socket = socket;
        _isConnected = isConnected;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    internal IPEndPoint LocalEndPoint { get; }

    /// <summary>What the system granted of the receive buffer that was asked for.</summary>
    internal int ReceiveBufferOctets => _socket.ReceiveBufferSize;

    /// <summary>Opens a socket that hears every peer.</summary>
    /// <exception cref="LinkOpenException">The address cannot be bound.</exception>
    internal static UdpSocket Bind(IPEndPoint local, UdpOptions options)
    {
        Socket? socket = null;
        try
        {
            socket = Make(local.AddressFamily, options);
            socket.Bind(local);
            return new UdpSocket(socket, isConnected: false);
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw LinkOpenException.FromSocket(FaceUri.FromAddress("udp", local.Address, (ushort)local.Port).ToString(), error);
        }
    }

    /// <summary>Opens a socket that hears one peer only, and its ICMP errors.</summary>
    /// <exception cref="LinkOpenException">There is no way to the peer.</exception>
    internal static UdpSocket ConnectTo(IPEndPoint remote, UdpOptions options)
    {
        Socket? socket = null;
        try
        {
            socket = Make(remote.AddressFamily, options);
            socket.Connect(remote);
            return new UdpSocket(socket, isConnected: true);
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw LinkOpenException.FromSocket(Addresses.ToUri("udp", remote), error);
        }
    }

    /// <summary>Waits until there is something to read, or to wake up for.</summary>
    /// <returns>False when the time passed without either.</returns>
    internal bool WaitReadable(TimeSpan timeout)
    {
        try
        {
            return _socket.Poll(timeout, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            // The system has no memory to wait with: a while later it may. The next receive reports what else it is.
            Thread.Sleep(RetryDelay);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Whether another datagram is there; false also for one without octets, which the next wait finds.</summary>
    internal bool HasMore
    {
        get
        {
            try
            {
                return _socket.Available > 0;
            }
            catch (SocketException)
            {
                // An error is pending: the next receive reports it.
                return true;
            }
        }
    }

    /// <summary>Whether the socket would take a datagram at the moment.</summary>
    internal bool IsWritable
    {
        get
        {
            try
            {
                return _socket.Poll(0, SelectMode.SelectWrite);
            }
            catch (SocketException)
            {
                return false;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Takes one datagram, if there is one.</summary>
    internal SocketError Receive(Span<byte> buffer, SocketAddress from, out int octets)
    {
        if (_isConnected)
        {
            octets = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
            return error;
        }

        try
        {
            octets = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            octets = 0;
            return error.SocketErrorCode;
        }
    }

    /// <summary>Takes what waits, with one system call; only where <see cref="DatagramBatches.AreSupported"/>.</summary>
    internal SocketError ReceiveBatch(DatagramReceiver receiver, out int count)
    {
        try
        {
            count = receiver.Receive(_socket.SafeHandle, out SocketError error);
            return error;
        }
        catch (ObjectDisposedException)
        {
            count = 0;
            return SocketError.OperationAborted;
        }
    }

    /// <summary>Sends datagrams with as few system calls as there can be; stops at the first that fails.</summary>
    /// <param name="frames">The datagrams; they stay the caller's.</param>
    /// <param name="to">Where to.</param>
    /// <param name="sent">How many were sent.</param>
    /// <returns>Success, or why the one after those was not sent.</returns>
    internal SocketError SendBatch(ReadOnlySpan<FrameLease> frames, SocketAddress to, out int sent)
    {
        sent = 0;
        if (!DatagramBatches.AreSupported || frames.Length == 1)
        {
            SocketError error = SocketError.Success;
            while (sent < frames.Length && error == SocketError.Success)
            {
                error = Send(frames[sent].Span, to);
                sent += error == SocketError.Success ? 1 : 0;
            }

            return error;
        }

        try
        {
            ReadOnlySpan<byte> address = _isConnected ? default : to.Buffer.Span[..to.Size];
            while (sent < frames.Length)
            {
                int count = DatagramSender.Send(_socket.SafeHandle, frames[sent..], address, out SocketError error);
                sent += count;
                if (count == 0 && error != SocketError.Interrupted)
                {
                    return error;
                }
            }

            return SocketError.Success;
        }
        catch (ObjectDisposedException)
        {
            return SocketError.OperationAborted;
        }
    }

    /// <summary>Sends one datagram or fails at once.</summary>
    internal SocketError Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        try
        {
            if (_isConnected)
            {
                _socket.Send(datagram, SocketFlags.None, out SocketError error);
                return error;
            }

            _socket.SendTo(datagram, SocketFlags.None, to);
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
        catch (ObjectDisposedException)
        {
            return SocketError.OperationAborted;
        }
    }

    /// <summary>Wakes whoever waits; the socket is of no use afterwards.</summary>
    internal void Shutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // "Not connected": Linux says so for datagram sockets, and wakes the waiting thread all the same.
            return;
        }
        catch (ObjectDisposedException)
        {
            // The receiving thread found out by itself.
            return;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static Socket Make(AddressFamily family, UdpOptions options)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        if (family == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = false;
        }

        socket.ReceiveBufferSize = options.SocketBufferOctets;
        socket.SendBufferSize = options.SocketBufferOctets;
        if (OperatingSystem.IsLinux())
        {
            // With the right to (CAP_NET_ADMIN), also beyond the system's usual limit.
            TrySetRaw(socket, SoReceiveBufferForce, options.SocketBufferOctets);
            TrySetRaw(socket, SoSendBufferForce, options.SocketBufferOctets);
        }

        return socket;
    }

    private static bool TrySetRaw(Socket socket, int name, int value)
    {
        try
        {
            socket.SetRawSocketOption(SolSocket, name, BitConverter.GetBytes(value));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
