using System.Net;
using System.Net.Sockets;

namespace Piccolo.SystemTests;

/// <summary>A bad wire between two nodes: a UDP relay on loopback that loses datagrams of both directions by a seeded choice.</summary>
internal sealed class LossyUdpRelay : IDisposable
{
    private readonly Socket _front = NewSocket();
    private readonly Socket _back = NewSocket();
    private readonly EndPoint _server;
    private readonly double _loss;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private EndPoint? _client;
    private long _lost;
    private long _relayed;

    /// <summary>Starts relaying.</summary>
    /// <param name="server">The FaceUri of the node behind the wire.</param>
    /// <param name="loss">Part of the datagrams that is lost, 0 to 1.</param>
    /// <param name="seed">Seed of the choice.</param>
    public LossyUdpRelay(string server, double loss, int seed)
    {
        _server = IPEndPoint.Parse(server["udp4://".Length..]);
        _loss = loss;
        _random = new Random(seed);
        new Thread(() => Relay(_front, isFromClient: true)) { IsBackground = true }.Start();
        new Thread(() => Relay(_back, isFromClient: false)) { IsBackground = true }.Start();
    }

    /// <summary>Where clients send to.</summary>
    public string Uri => $"udp4://{_front.LocalEndPoint}";

    /// <summary>Where the server sees its client.</summary>
    public string BackUri => $"udp4://{_back.LocalEndPoint}";

    /// <summary>Datagrams lost on purpose.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Datagrams passed on.</summary>
    public long Relayed => Interlocked.Read(ref _relayed);

    /// <inheritdoc/>
    public void Dispose()
    {
        _front.Dispose();
        _back.Dispose();
    }

    private static Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = 8 << 20,
            SendBufferSize = 8 << 20,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private void Relay(Socket socket, bool isFromClient)
    {
        byte[] datagram = new byte[65_536];
        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            int length;
            try
            {
                length = socket.ReceiveFrom(datagram, ref sender);
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            EndPoint? target;
            bool isLost;
            lock (_gate)
            {
                isLost = _random.NextDouble() < _loss;
                _client = isFromClient ? sender : _client;
                target = isFromClient ? _server : _client;
            }

            if (isLost || target is null)
            {
                Interlocked.Increment(ref _lost);
                continue;
            }

            try
            {
                (isFromClient ? _back : _front).SendTo(datagram.AsSpan(0, length), SocketFlags.None, target);
                Interlocked.Increment(ref _relayed);
            }
            catch (SocketException)
            {
                Interlocked.Increment(ref _lost);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}
