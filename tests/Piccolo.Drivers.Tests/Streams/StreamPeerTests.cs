using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests.Streams;

/// <summary>TCP and Unix listeners against peers that are no driver of ours: slow, rude, or gone.</summary>
public sealed class StreamPeerTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly HostClock _clock = new(TimeProvider.System);
    private readonly string _folder = Directory.CreateTempSubdirectory("drivers-").FullName;
    private readonly List<(ICountedLink Link, RecordingReceiver Receiver)> _accepted = [];
    private readonly SemaphoreSlim _acceptance = new(0);
    private ICountedListener? _listener;

    public static TheoryData<string> Schemes => ["unix", "tcp4"];

    public void Dispose()
    {
        _listener?.Close();
        foreach ((ICountedLink link, _) in _accepted)
        {
            link.Close(LinkCloseReason.Requested);
        }

        _acceptance.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Octet_by_octet_peer_is_understood(string scheme)
    {
        Listen(scheme, new StreamOptions());
        using Socket peer = await DialAsync();
        byte[][] frames = [TestFrames.Make(300, 1), TestFrames.Make(5, 2), TestFrames.Make(260, 3)];
        foreach (byte octet in frames.SelectMany(frame => frame))
        {
            peer.Send([octet]);
        }

        Assert.Equal(frames, await _accepted[0].Receiver.ReceiveAsync(3));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Garbage_ends_the_guilty_link_only(string scheme)
    {
        Listen(scheme, new StreamOptions());
        using Socket guilty = await DialAsync();
        using Socket innocent = await DialAsync();
        guilty.Send([.. TestFrames.Make(50), .. "GET / HTTP/1.1\r\n\r\n"u8]);
        Assert.Equal(LinkCloseReason.ProtocolError, await _accepted[0].Receiver.ClosedAsync());
        Assert.Single(_accepted[0].Receiver.Frames);
        Assert.Equal(1, _accepted[0].Link.Counters.ReceiveMalformed);
        Assert.Equal(0, await guilty.ReceiveAsync(new byte[1]).WaitAsync(RecordingReceiver.Patience));

        innocent.Send(TestFrames.Make(60));
        await _accepted[1].Receiver.ReceiveAsync(1);
        _accepted[1].Link.Send(TestFrames.Rent(_pool, TestFrames.Make(70)));
        Assert.Equal(TestFrames.Make(70), await ReceiveExactlyAsync(innocent, 70));
        Assert.Equal(0, _accepted[1].Receiver.CloseCount);
        using Socket next = await DialAsync();
        Assert.Equal(1, _accepted[0].Receiver.CloseCount);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Oversize_element_ends_the_link_before_its_body_came(string scheme)
    {
        Listen(scheme, new StreamOptions());
        using Socket peer = await DialAsync();
        peer.Send([0x06, 0xFD, 0x22, 0x5D]);
        Assert.Equal(LinkCloseReason.ProtocolError, await _accepted[0].Receiver.ClosedAsync());
        Assert.Equal(1, _accepted[0].Link.Counters.ReceiveOversize);
        Assert.Equal(0, _accepted[0].Link.Counters.ReceiveMalformed);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Peer_that_leaves_in_the_middle_of_a_frame_closed_the_link(string scheme)
    {
        Listen(scheme, new StreamOptions());
        Socket peer = await DialAsync();
        peer.Send([.. TestFrames.Make(50), .. TestFrames.Make(50)[..30]]);
        peer.Dispose();
        Assert.Equal(LinkCloseReason.PeerClosed, await _accepted[0].Receiver.ClosedAsync());
        Assert.Single(_accepted[0].Receiver.Frames);
        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Slow_peer_fills_the_queue_then_frames_are_dropped_whole_and_the_rest_arrives(string scheme)
    {
        var options = new StreamOptions { SendQueueOctetsMax = 200_000 };
        Listen(scheme, options);
        using Socket peer = await DialAsync();
        ICountedLink link = _accepted[0].Link;
        int sent = 0;
        List<byte[]> expected = [];
        while (link.Counters.SendQueueFull < 10)
        {
            byte[] frame = TestFrames.Make(3000 + (sent % 1000), sent);
            if (link.Send(TestFrames.Rent(_pool, frame)) == 1)
            {
                expected.Add(frame);
            }

            sent++;
            Assert.InRange(link.SendQueueOctets, 0, options.SendQueueOctetsMax + options.GatherOctetsMax);
            Assert.True(sent < 100_000, "the queue never filled");
        }

        Assert.InRange(link.SendQueueOctets, options.SendQueueOctetsMax - 4000 - options.GatherOctetsMax, long.MaxValue);
        byte[] stream = [.. expected.SelectMany(frame => frame)];
        Assert.Equal(stream, await ReceiveExactlyAsync(peer, stream.Length));

        // And once it is empty, frames go straight out again.
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(99)));
        Assert.Equal(TestFrames.Make(99), await ReceiveExactlyAsync(peer, 99));
        Assert.Equal(0, link.SendQueueOctets);
        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Close_with_a_full_queue_gives_every_lease_back(string scheme)
    {
        Listen(scheme, new StreamOptions());
        using Socket peer = await DialAsync();
        ICountedLink link = _accepted[0].Link;
        for (int i = 0; i < 2000 && link.SendQueueOctets < 1_000_000; i++)
        {
            link.Send(TestFrames.Rent(_pool, TestFrames.Make(8000), TestFrames.Make(8000)));
        }

        Assert.True(link.SendQueueOctets >= 1_000_000);
        link.Close(LinkCloseReason.Requested);
        Assert.Equal(LinkCloseReason.Requested, await _accepted[0].Receiver.ClosedAsync());
        Assert.True(link.Counters.SendClosed > 0);
        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task What_was_sent_before_a_close_still_arrives(string scheme)
    {
        Listen(scheme, new StreamOptions());
        using Socket peer = await DialAsync();
        _accepted[0].Link.Send(TestFrames.Rent(_pool, TestFrames.Make(4000, 5)));
        _accepted[0].Link.Close(LinkCloseReason.Requested);
        Assert.Equal(TestFrames.Make(4000, 5), await ReceiveExactlyAsync(peer, 4000));
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WaitAsync(RecordingReceiver.Patience));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Peers_beyond_the_limit_are_turned_away_until_one_leaves(string scheme)
    {
        Listen(scheme, new StreamOptions { PeersMax = 1 });
        using Socket first = await DialAsync();
        using Socket refused = Dial();
        Assert.Equal(0, await ReceiveOrResetAsync(refused));
        Assert.Equal(1, _listener!.Counters.PeersRefused);
        _accepted[0].Link.Close(LinkCloseReason.Requested);
        using Socket second = await DialAsync();
        Assert.Equal(2, _accepted.Count);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Concurrent_senders_never_mix_their_frames(string scheme)
    {
        const int PerSender = 2000;
        Listen(scheme, new StreamOptions { SendQueueOctetsMax = int.MaxValue });
        using Socket peer = await DialAsync();
        ICountedLink link = _accepted[0].Link;
        Task[] senders = [.. Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (int i = 0; i < PerSender; i++)
            {
                Assert.Equal(1, link.Send(TestFrames.Rent(_pool, TestFrames.Make(500 + sender, (sender << 16) | i))));
            }
        }))];
        byte[] stream = await ReceiveExactlyAsync(peer, PerSender * (500 + 501 + 502 + 503));
        await Task.WhenAll(senders);
        int[] next = new int[4];
        for (int at = 0; at < stream.Length;)
        {
            int number = BitConverter.ToInt32(stream, at + 4);
            int sender = number >> 16;
            Assert.Equal(next[sender]++, number & 0xFFFF);
            Assert.Equal(TestFrames.Make(500 + sender, number), stream[at..(at + 500 + sender)]);
            at += 500 + sender;
        }
    }

    private static async Task<byte[]> ReceiveExactlyAsync(Socket socket, int count)
    {
        byte[] buffer = new byte[count];
        using var patience = new CancellationTokenSource(RecordingReceiver.Patience);
        for (int have = 0; have < count;)
        {
            int octets = await socket.ReceiveAsync(buffer.AsMemory(have), SocketFlags.None, patience.Token);
            Assert.NotEqual(0, octets);
            have += octets;
        }

        return buffer;
    }

    private static async Task<int> ReceiveOrResetAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1]).WaitAsync(RecordingReceiver.Patience);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private void Listen(string scheme, StreamOptions options)
    {
        var factory = new LinkFactory(_pool, _clock, new DriverOptions { Streams = options });
        _listener = factory.Listen(scheme == "unix" ? $"unix://{_folder}/s" : scheme + "://127.0.0.1:0");
        _listener.Start(link =>
        {
            var receiver = new RecordingReceiver();
            _accepted.Add(((ICountedLink)link, receiver));
            link.Start(receiver);
            _acceptance.Release();
        });
    }

    private Socket Dial()
    {
        FaceUri uri = FaceUri.Parse(_listener!.LocalUri);
        bool isUnix = uri.Scheme == "unix";
        var socket = new Socket(
            isUnix ? AddressFamily.Unix : AddressFamily.InterNetwork,
            SocketType.Stream,
            isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        socket.Connect(isUnix
            ? new UnixDomainSocketEndPoint(uri.Path)
            : new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port!.Value));
        return socket;
    }

    private async Task<Socket> DialAsync()
    {
        Socket socket = Dial();
        Assert.True(await _acceptance.WaitAsync(RecordingReceiver.Patience), "the connection was not accepted");
        return socket;
    }
}
