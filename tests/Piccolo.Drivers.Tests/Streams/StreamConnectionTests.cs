using System.Net;
using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests.Streams;

public sealed class StreamConnectionTests
{
    [Fact]
    public async Task Whatever_stops_the_receiving_loop_is_reported_as_the_end()
    {
        var pool = new FramePool();
        var owner = new FailingOwner();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndpoint);
        Socket accepted = await listener.AcceptSocketAsync();
        var clock = new HostClock(TimeProvider.System);
        var connection = new StreamConnection(accepted, owner, pool, clock, new StreamOptions(), new TransportCounters());
        connection.Start();
        await peer.SendAsync(TestFrames.Make(20));

        (LinkCloseReason reason, string detail) = await owner.Ended.WaitAsync(RecordingReceiver.Patience);
        Assert.Equal(LinkCloseReason.TransportError, reason);
        Assert.Contains("no such thing", detail, StringComparison.Ordinal);
        Assert.Equal(0, pool.Outstanding);
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WaitAsync(RecordingReceiver.Patience));
    }

    private sealed class FailingOwner : IStreamConnectionOwner
    {
        private readonly TaskCompletionSource<(LinkCloseReason Reason, string Detail)> _ended =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<(LinkCloseReason Reason, string Detail)> Ended => _ended.Task;

        public void OnFrames(ReadOnlySpan<FrameLease> frames)
        {
            foreach (FrameLease frame in frames)
            {
                frame.Dispose();
            }

            throw new NotSupportedException("no such thing");
        }

        public void OnEnded(StreamConnection connection, LinkCloseReason reason, string detail) =>
            _ended.TrySetResult((reason, detail));
    }
}
