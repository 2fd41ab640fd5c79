using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Udp;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Tests.Udp;

public sealed class UdpTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly HostClock _clock = new(TimeProvider.System);
    private readonly Socket _peer = BindPeer();
    private readonly List<ILink> _accepted = [];
    private readonly RecordingReceiver _receiver = new();
    private UdpLinkListener? _listener;

    public void Dispose()
    {
        _peer.Dispose();
        _listener?.Close();
        foreach (ILink link in _accepted)
        {
            link.Close(LinkCloseReason.Requested);
        }
    }

    [Fact]
    public async Task Datagram_that_is_not_exactly_one_frame_is_counted_and_makes_no_link()
    {
        Listen(new UdpOptions());
        byte[] whole = TestFrames.Make(40);
        SendRaw([.. whole, 0]);
        SendRaw([.. whole, .. whole]);
        SendRaw(whole[..^1]);
        SendRaw("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        SendRaw(TestFrames.Make(40, 0, 0x80));
        SendRaw([]);
        SendRaw([0x06, 0xFD, 0x00, 0x01, 0x00]);
        SendRaw(TestFrames.Make(PacketLimits.MaxPacketOctets + 1));
        SendRaw(new byte[40_000]);
        SendRaw(whole);
        Assert.Equal([whole], await _receiver.ReceiveAsync(1));
        Assert.Single(_accepted);
        Assert.Equal(7, _listener!.Counters.ReceiveMalformed);
        Assert.Equal(2, _listener.Counters.ReceiveOversize);

        SendRaw(whole[..^1]);
        SendRaw(whole);
        await _receiver.ReceiveAsync(2);
        Assert.Equal(1, ((UdpLink)_accepted[0]).Counters.ReceiveMalformed);
        Assert.Equal(7, _listener.Counters.ReceiveMalformed);
    }

    [Fact]
    public async Task Peers_are_told_apart_and_answers_find_their_peer()
    {
        List<RecordingReceiver> receivers = [];
        _listener = new UdpLinkListener(new IPEndPoint(IPAddress.Loopback, 0), _pool, _clock, new UdpOptions());
        var third = new TaskCompletionSource();
        _listener.Start(link =>
        {
            receivers.Add(new RecordingReceiver());
            _accepted.Add(link);
            link.Start(receivers[^1]);
            if (receivers.Count == 3)
            {
                third.SetResult();
            }
        });
        Socket[] peers = [BindPeer(), BindPeer(), BindPeer()];
        for (int i = 0; i < 30; i++)
        {
            peers[i % 3].SendTo(TestFrames.Make(60, i), _listener.LocalEndPoint);
        }

        await third.Task.WaitAsync(RecordingReceiver.Patience);
        for (int p = 0; p < 3; p++)
        {
            List<byte[]> frames = await receivers[p].ReceiveAsync(10);
            Assert.Equal(Enumerable.Range(0, 10).Select(i => (i * 3) + p), frames.Select(f => BitConverter.ToInt32(f, 2)));
            _accepted[p].Send(TestFrames.Rent(_pool, TestFrames.Make(70, p)));
            Assert.Equal(TestFrames.Make(70, p), ReceiveRaw(peers[p]));
            Assert.Equal(Addresses.ToUri("udp", (IPEndPoint)peers[p].LocalEndPoint!), _accepted[p].Capabilities.RemoteUri);
            peers[p].Dispose();
        }
    }

    [Fact]
    public async Task Peers_beyond_the_limit_are_refused_until_one_leaves()
    {
        Listen(new UdpOptions { PeersMax = 1 });
        using Socket late = BindPeer();
        SendRaw(TestFrames.Make(20, 1));
        await _receiver.ReceiveAsync(1);
        late.SendTo(TestFrames.Make(20, 2), _listener!.LocalEndPoint);
        SendRaw(TestFrames.Make(20, 3));
        Assert.Equal([1, 3], (await _receiver.ReceiveAsync(2)).Select(f => BitConverter.ToInt32(f, 2)));
        Assert.Equal(1, _listener.Counters.PeersRefused);

        _accepted[0].Close(LinkCloseReason.Requested);
        late.SendTo(TestFrames.Make(20, 4), _listener.LocalEndPoint);
        Assert.Equal(4, BitConverter.ToInt32((await _receiver.ReceiveAsync(3))[2], 2));
    }

    [Fact]
    public async Task Silent_on_demand_link_ends_and_one_made_persistent_does_not()
    {
        Listen(new UdpOptions { IdleTimeout = TimeSpan.FromMilliseconds(60) });
        var kept = new RecordingReceiver();
        using Socket other = BindPeer();
        SendRaw(TestFrames.Make(20));
        Assert.Equal(LinkCloseReason.Idle, await _receiver.ClosedAsync());

        UdpLink outgoing = _listener!.Connect((IPEndPoint)other.LocalEndPoint!, FacePersistency.OnDemand);
        Assert.True(outgoing.TrySetPersistency(FacePersistency.Persistent));
        outgoing.Start(kept);
        RecordingReceiver second = new();
        UdpLink idle = _listener.Connect((IPEndPoint)_peer.LocalEndPoint!, FacePersistency.OnDemand);
        idle.Start(second);
        Assert.Equal(LinkCloseReason.Idle, await second.ClosedAsync());
        Assert.Equal(0, kept.CloseCount);
        outgoing.Close(LinkCloseReason.Requested);
    }

    [Fact]
    public async Task Outgoing_link_leaves_from_the_listening_port_and_is_the_only_one_to_its_peer()
    {
        var factory = new LinkFactory(_pool, _clock, new DriverOptions());
        _listener = (UdpLinkListener)factory.Listen("udp4://127.0.0.1:0");
        _listener.Start(_ => throw new InvalidOperationException("nobody should be accepted"));
        string peerUri = Addresses.ToUri("udp", (IPEndPoint)_peer.LocalEndPoint!);
        ICountedLink link = await factory.OpenAsync(peerUri);
        _accepted.Add(link);
        link.Start(_receiver);
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(33)));
        byte[] buffer = new byte[100];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        Assert.Equal(33, _peer.ReceiveFrom(buffer, ref from));
        Assert.Equal(_listener.LocalEndPoint, from);

        // The answer belongs to the outgoing link, not to a second, on-demand one.
        SendRaw(TestFrames.Make(44));
        Assert.Equal(44, (await _receiver.ReceiveAsync(1))[0].Length);

        LinkOpenException error = await Assert.ThrowsAsync<LinkOpenException>(() => factory.OpenAsync(peerUri));
        Assert.Equal(LinkOpenFailure.AlreadyOpen, error.Failure);
        Assert.Same(link, error.Existing);
        link.Close(LinkCloseReason.Requested);
        ICountedLink again = await factory.OpenAsync(peerUri);
        again.Close(LinkCloseReason.Requested);
    }

    [Fact]
    public async Task Link_to_a_closed_port_survives_and_works_once_somebody_listens()
    {
        var remote = (IPEndPoint)_peer.LocalEndPoint!;
        _peer.Dispose();
        UdpLink link = UdpLinkListener.ConnectAlone(remote, FacePersistency.Persistent, _pool, _clock, new UdpOptions());
        _accepted.Add(link);
        link.Start(_receiver);
        for (int i = 0; i < 50; i++)
        {
            link.Send(TestFrames.Rent(_pool, TestFrames.Make(20, i)));
        }

        using Socket revived = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        revived.Bind(remote);
        revived.ReceiveTimeout = (int)RecordingReceiver.Patience.TotalMilliseconds;
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(20, 77)));
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(20, 77)));
        Assert.Equal(TestFrames.Make(20, 77), ReceiveRaw(revived));
        revived.SendTo(TestFrames.Make(21), ParseUdp(link.Capabilities.LocalUri));
        await _receiver.ReceiveAsync(1);
        Assert.Equal(0, _receiver.CloseCount);
    }

    [Fact]
    public async Task Closed_listener_keeps_its_links_and_its_port_until_they_end()
    {
        Listen(new UdpOptions());
        IPEndPoint local = _listener!.LocalEndPoint;
        SendRaw(TestFrames.Make(20));
        await _receiver.ReceiveAsync(1);
        _listener.Close();
        using Socket stranger = BindPeer();
        stranger.SendTo(TestFrames.Make(20), local);
        SendRaw(TestFrames.Make(22));
        Assert.Equal(22, (await _receiver.ReceiveAsync(2))[1].Length);
        Assert.Single(_accepted);
        Assert.Throws<LinkOpenException>(() => new UdpLinkListener(local, _pool, _clock, new UdpOptions()));

        _accepted[0].Close(LinkCloseReason.Requested);
        UdpLinkListener next = await BindWhenFreeAsync(local);
        next.Close();
        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    private async Task<UdpLinkListener> BindWhenFreeAsync(IPEndPoint local)
    {
        using var patience = new CancellationTokenSource(RecordingReceiver.Patience);
        while (true)
        {
            try
            {
                return new UdpLinkListener(local, _pool, _clock, new UdpOptions());
            }
            catch (LinkOpenException error) when (error.Failure == LinkOpenFailure.AddressInUse)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    private static IPEndPoint ParseUdp(string uri) => IPEndPoint.Parse(uri["udp4://".Length..]);

    private static Socket BindPeer()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.ReceiveTimeout = (int)RecordingReceiver.Patience.TotalMilliseconds;
        return socket;
    }

    private static byte[] ReceiveRaw(Socket socket)
    {
        byte[] buffer = new byte[10_000];
        return buffer[..socket.Receive(buffer)];
    }

    [Fact]
    public async Task First_datagrams_of_a_peer_wait_for_the_start_of_its_link_and_come_before_later_ones()
    {
        var accepted = new TaskCompletionSource<UdpLink>(TaskCreationOptions.RunContinuationsAsynchronously);
        _listener = new UdpLinkListener(new IPEndPoint(IPAddress.Loopback, 0), _pool, _clock, new UdpOptions());
        _listener.Start(link => accepted.SetResult((UdpLink)link));
        for (int i = 0; i < UdpLink.KeptFramesMax + 3; i++)
        {
            SendRaw(TestFrames.Make(20, i));
        }

        UdpLink link = await accepted.Task.WaitAsync(RecordingReceiver.Patience);
        _accepted.Add(link);
        using var patience = new CancellationTokenSource(RecordingReceiver.Patience);
        while (link.Counters.ReceiveClosed < 3)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        link.Start(_receiver);
        SendRaw(TestFrames.Make(20, 100));
        List<byte[]> frames = await _receiver.ReceiveAsync(UdpLink.KeptFramesMax + 1);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 100], frames.Select(frame => BitConverter.ToInt32(frame, 2)));
        Assert.Equal(3, link.Counters.ReceiveClosed);
        Assert.Equal(20 * frames.Count, link.Counters.OctetsReceived);
        link.Close(LinkCloseReason.Requested);
        _listener.Close();
        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    private void Listen(UdpOptions options)
    {
        _listener = new UdpLinkListener(new IPEndPoint(IPAddress.Loopback, 0), _pool, _clock, options);
        _listener.Start(link =>
        {
            _accepted.Add(link);
            link.Start(_receiver);
        });
    }

    private void SendRaw(byte[] datagram) => _peer.SendTo(datagram, _listener!.LocalEndPoint);
}
