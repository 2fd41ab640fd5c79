using System.Net.Sockets;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Streams;

/// <summary>Accepts connections on a listening socket until it is closed; what TCP and Unix listeners have in common.</summary>
/// <remarks>Bound: <see cref="StreamOptions.PeersMax"/> links at a time; more are accepted and closed at once.</remarks>
internal sealed class StreamAcceptor(Socket listening, HostClock clock, StreamOptions options, TransportCounters counters)
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private int _liveCount;
    private bool _isClosed;
    private int _isStarted;

    /// <summary>Begins to accept, on the thread pool.</summary>
    /// <param name="makeLink">Makes the link of an accepted socket; its argument is to be called when that link has ended.</param>
    /// <param name="onAccepted">Gets the link.</param>
    internal void Start(Func<Socket, Action, ILink> makeLink, Action<ILink> onAccepted)
    {
        ArgumentNullException.ThrowIfNull(onAccepted);
        if (Interlocked.Exchange(ref _isStarted, 1) != 0)
        {
            throw new InvalidOperationException("a listener is started once");
        }

        _ = Task.Run(() => AcceptAsync(makeLink, onAccepted));
    }

    internal void Close()
    {
        Volatile.Write(ref _isClosed, true);
        listening.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, Action, ILink> makeLink, Action<ILink> onAccepted)
    {
        while (!Volatile.Read(ref _isClosed))
        {
            try
            {
                Socket socket = await listening.AcceptAsync().ConfigureAwait(false);
                Admit(socket, makeLink, onAccepted);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (Volatile.Read(ref _isClosed))
            {
                return;
            }
            catch (SocketException)
            {
                // The peer hung up in the queue, or we are out of descriptors: neither is a reason to stop listening.
                counters.CountReceiveError();
                await Task.Delay(PauseAfterError, clock.TimeProvider).ConfigureAwait(false);
            }
        }
    }

    private void Admit(Socket socket, Func<Socket, Action, ILink> makeLink, Action<ILink> onAccepted)
    {
        if (Interlocked.Increment(ref _liveCount) > options.PeersMax)
        {
            Interlocked.Decrement(ref _liveCount);
            counters.CountPeerRefused();
            socket.Dispose();
            return;
        }

        ILink link;
        try
        {
            link = makeLink(socket, () => Interlocked.Decrement(ref _liveCount));
        }
        catch (SocketException)
        {
            // It was reset before we could ask for its addresses.
            Interlocked.Decrement(ref _liveCount);
            counters.CountReceiveError();
            socket.Dispose();
            return;
        }

        onAccepted(link);
    }
}
