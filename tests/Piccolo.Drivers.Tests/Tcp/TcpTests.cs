using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Drivers.Tcp;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests.Tcp;

public sealed class TcpTests
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(7);

    private readonly FramePool _pool = new();

    [Fact]
    public async Task Permanent_link_connects_again_when_its_peer_comes_back()
    {
        var options = new StreamOptions { ReconnectDelay = TimeSpan.FromMilliseconds(5) };
        var clock = new HostClock(TimeProvider.System);
        var first = new Peer(new IPEndPoint(IPAddress.Loopback, 0), _pool, clock);
        IPEndPoint remote = first.Listener.LocalEndPoint;
        using StreamLink link = await TcpConnector.ConnectAsync(
            remote, FacePersistency.Permanent, _pool, clock, options, CancellationToken.None);
        var near = new RecordingReceiver();
        link.Start(near);
        ILink far = await first.AcceptedAsync();
        first.Listener.Close();
        far.Close(LinkCloseReason.Requested);
        while (link.IsConnected)
        {
            await Task.Yield();
        }

        Assert.Equal(0, link.Send(TestFrames.Rent(_pool, TestFrames.Make(10))));
        Assert.Equal(1, link.Counters.SendClosed);

        var second = new Peer(remote, _pool, clock);
        far = await second.AcceptedAsync();
        far.Send(TestFrames.Rent(_pool, TestFrames.Make(40)));
        await near.ReceiveAsync(1);
        Assert.Equal(1, link.Send(TestFrames.Rent(_pool, TestFrames.Make(50))));
        await second.Receiver.ReceiveAsync(1);
        Assert.Equal(0, near.CloseCount);

        link.Close(LinkCloseReason.Requested);
        Assert.Equal(LinkCloseReason.Requested, await near.ClosedAsync());
        Assert.Equal(LinkCloseReason.PeerClosed, await second.Receiver.ClosedAsync());
        second.Listener.Close();
        await TestFrames.AllLeasesAreBackAsync(_pool);
        Assert.Equal(1, near.CloseCount);
    }

    [Fact]
    public async Task Reconnection_waits_one_second_then_twice_as_long_each_time_up_to_five_minutes()
    {
        var time = new HurriedTimeProvider(ConnectTimeout, enough: 12);
        var clock = new HostClock(time);
        var peer = new Peer(new IPEndPoint(IPAddress.Loopback, 0), _pool, clock);
        using StreamLink link = await TcpConnector.ConnectAsync(
            peer.Listener.LocalEndPoint,
            FacePersistency.Permanent,
            _pool,
            clock,
            new StreamOptions { ConnectTimeout = ConnectTimeout },
            CancellationToken.None);
        link.Start(new RecordingReceiver());
        ILink far = await peer.AcceptedAsync();
        peer.Listener.Close();
        far.Close(LinkCloseReason.Requested);
        IReadOnlyList<TimeSpan> delays = await time.DelaysAsync();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task Persistent_link_ends_with_its_connection()
    {
        var clock = new HostClock(TimeProvider.System);
        var peer = new Peer(new IPEndPoint(IPAddress.Loopback, 0), _pool, clock);
        using StreamLink link = await TcpConnector.ConnectAsync(
            peer.Listener.LocalEndPoint, FacePersistency.Persistent, _pool, clock, new StreamOptions(), CancellationToken.None);
        var near = new RecordingReceiver();
        link.Start(near);
        (await peer.AcceptedAsync()).Close(LinkCloseReason.Requested);
        Assert.Equal(LinkCloseReason.PeerClosed, await near.ClosedAsync());
        peer.Listener.Close();
    }

    [Fact]
    public async Task Persistency_changes_where_the_link_can_live_up_to_it()
    {
        var clock = new HostClock(TimeProvider.System);
        var peer = new Peer(new IPEndPoint(IPAddress.Loopback, 0), _pool, clock);
        using StreamLink link = await TcpConnector.ConnectAsync(
            peer.Listener.LocalEndPoint, FacePersistency.Persistent, _pool, clock, new StreamOptions(), CancellationToken.None);
        var accepted = (IPersistencyControl)await peer.AcceptedAsync();
        Assert.True(link.TrySetPersistency(FacePersistency.Permanent));
        Assert.Equal(FacePersistency.Permanent, link.Persistency);
        Assert.True(accepted.TrySetPersistency(FacePersistency.Persistent));
        Assert.False(accepted.TrySetPersistency(FacePersistency.Permanent));
        Assert.Equal(FacePersistency.Persistent, accepted.Persistency);
        peer.Listener.Close();
    }

    [Fact]
    public async Task Peer_that_does_not_answer_times_out()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        var remote = (IPEndPoint)silent.LocalEndPoint!;
        var options = new StreamOptions { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        List<StreamLink> fillers = [];
        LinkOpenException? error = null;
        for (int i = 0; i < 8 && error is null; i++)
        {
            try
            {
                // The backlog takes one or two; then the kernel drops what asks for more.
                fillers.Add(await TcpConnector.ConnectAsync(
                    remote, FacePersistency.Persistent, _pool, new HostClock(TimeProvider.System), options, CancellationToken.None));
            }
            catch (LinkOpenException found)
            {
                error = found;
            }
        }

        Assert.NotNull(error);
        Assert.Equal(LinkOpenFailure.TimedOut, error.Failure);
        Assert.Contains($"tcp4://{remote}", error.Message, StringComparison.Ordinal);
        fillers.ForEach(filler => filler.Dispose());
    }

    private sealed class Peer
    {
        private readonly TaskCompletionSource<ILink> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Peer(IPEndPoint local, FramePool pool, HostClock clock)
        {
            Listener = new TcpLinkListener(local, pool, clock, new StreamOptions());
            Listener.Start(link =>
            {
                link.Start(Receiver);
                _accepted.TrySetResult(link);
            });
        }

        internal TcpLinkListener Listener { get; }

        internal RecordingReceiver Receiver { get; } = new();

        internal Task<ILink> AcceptedAsync() => _accepted.Task.WaitAsync(RecordingReceiver.Patience);
    }

    /// <summary>Notes each delay asked for, and lets it pass in a millisecond; connect time-outs excepted.</summary>
    private sealed class HurriedTimeProvider(TimeSpan ignored, int enough) : TimeProvider
    {
        private readonly Lock _gate = new();
        private readonly List<TimeSpan> _delays = [];
        private readonly TaskCompletionSource _isEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == ignored || dueTime == Timeout.InfiniteTimeSpan)
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            lock (_gate)
            {
                if (_delays.Count < enough)
                {
                    _delays.Add(dueTime);
                }

                if (_delays.Count == enough)
                {
                    _isEnough.TrySetResult();
                }
            }

            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }

        internal async Task<IReadOnlyList<TimeSpan>> DelaysAsync()
        {
            await _isEnough.Task.WaitAsync(RecordingReceiver.Patience);
            lock (_gate)
            {
                return [.. _delays];
            }
        }
    }
}
