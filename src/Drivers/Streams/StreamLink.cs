using System.Net.Sockets;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Streams;

/// <summary>A link over a TCP or Unix stream: TLV elements back to back.</summary>
/// <remarks>
/// A peer that sends what cannot be framed loses its connection. A permanent link then, as after any other end, connects
/// again after a delay that doubles with each failure; frames sent meanwhile are dropped and counted.
/// </remarks>
public sealed class StreamLink : ICountedLink, IPersistencyControl, IStreamConnectionOwner, IDisposable
{
    private readonly DeliveryGate _gate;
    private readonly StreamLinkSettings _settings;
    private readonly CancellationTokenSource _closing = new();
    private StreamConnection? _connection;
    private int _persistency;

    internal StreamLink(Socket socket, LinkCapabilities capabilities, StreamLinkSettings settings)
    {
        Capabilities = capabilities;
        _settings = settings;
        _persistency = (int)capabilities.Persistency;
        _gate = new DeliveryGate(this, Counters, Release);
        _connection = MakeConnection(socket);
    }

    /// <inheritdoc/>
    public LinkCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public TransportCounters Counters { get; } = new();

    /// <inheritdoc/>
    public long SendQueueOctets => Volatile.Read(ref _connection)?.Sender.WaitingOctets ?? 0;

    /// <inheritdoc/>
    public FacePersistency Persistency => (FacePersistency)Volatile.Read(ref _persistency);

    /// <summary>Whether there is a connection at the moment; false while a permanent link waits to connect again.</summary>
    public bool IsConnected => Volatile.Read(ref _connection) is not null && !_gate.IsClosed;

    /// <inheritdoc/>
    public void Start(ILinkReceiver receiver)
    {
        if (_gate.Start(receiver))
        {
            Volatile.Read(ref _connection)?.Start();
        }
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<FrameLease> frames)
    {
        StreamConnection? connection = Volatile.Read(ref _connection);
        if (connection is null)
        {
            Counters.CountSendClosed(frames.Length);
            Leases.Dispose(frames);
            return 0;
        }

        return connection.Sender.Send(frames);
    }

    /// <inheritdoc/>
    public void Close(LinkCloseReason reason) => _gate.Close(reason, "closed by this side");

    /// <summary>Closes the link, for owners that have no other reason to give.</summary>
    public void Dispose() => Close(LinkCloseReason.Requested);

    /// <summary>Changes when the link ends by itself: TCP links can, and only outgoing ones can be permanent.</summary>
    /// <inheritdoc/>
    public bool TrySetPersistency(FacePersistency persistency)
    {
        bool isPossible = _settings.IsPersistencyAdjustable
            && (persistency != FacePersistency.Permanent || _settings.Reconnect is not null);
        if (isPossible)
        {
            Volatile.Write(ref _persistency, (int)persistency);
        }

        return isPossible || persistency == Persistency;
    }

    void IStreamConnectionOwner.OnFrames(ReadOnlySpan<FrameLease> frames) => _gate.Deliver(frames);

    void IStreamConnectionOwner.OnEnded(StreamConnection connection, LinkCloseReason reason, string detail)
    {
        Interlocked.CompareExchange(ref _connection, null, connection);
        if (Persistency == FacePersistency.Permanent && _settings.Reconnect is not null && !_gate.IsClosed)
        {
            _ = Task.Run(ReconnectAsync);
        }
        else
        {
            _gate.Close(reason, detail);
        }
    }

    private StreamConnection MakeConnection(Socket socket) =>
        new(socket, this, _settings.Pool, _settings.Clock, _settings.Options, Counters);

    private void Release()
    {
        _closing.Cancel();
        Volatile.Read(ref _connection)?.Shutdown();
        _settings.OnReleased?.Invoke();
    }

    private async Task ReconnectAsync()
    {
        TimeSpan delay = _settings.Options.ReconnectDelay;
        while (!_gate.IsClosed)
        {
            try
            {
                await Task.Delay(delay, _settings.Clock.TimeProvider, _closing.Token).ConfigureAwait(false);
                Socket socket = await _settings.Reconnect!(_closing.Token).ConfigureAwait(false);
                Adopt(socket);
                return;
            }
            catch (LinkOpenException)
            {
                Counters.CountReceiveError();
                delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, _settings.Options.ReconnectDelayMax.Ticks));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Adopt(Socket socket)
    {
        StreamConnection connection = MakeConnection(socket);
        Volatile.Write(ref _connection, connection);
        if (_gate.IsClosed)
        {
            // Closed while connecting: whoever closed saw no connection to shut down.
            connection.Shutdown();
            return;
        }

        connection.Start();
    }
}
