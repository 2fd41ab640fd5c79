using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Tests;

/// <summary>What every driver owes to the contract, over real sockets on loopback.</summary>
public sealed class EveryDriverTests
{
    public static TheoryData<string> Schemes => ["unix", "tcp4", "tcp6", "udp4", "udp6"];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Link_carries_frames_of_every_size_class_both_ways_in_order(string scheme)
    {
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        int skipped = fixture.Far.Frames.Count;
        int[] sizes = [2, 3, 254, 257, 1500, 4000, PacketLimits.MaxPacketOctets];
        byte[][] there = [.. sizes.Select((size, i) => TestFrames.Make(size, i + 1))];
        byte[][] back = [.. sizes.Select((size, i) => TestFrames.Make(size, i + 100, TlvType.LpPacket))];

        Assert.Equal(sizes.Length, fixture.NearLink.Send(TestFrames.Rent(fixture.Pool, there)));
        Assert.Equal(there, (await fixture.Far.ReceiveAsync(skipped + sizes.Length)).Skip(skipped));
        foreach (byte[] frame in back)
        {
            Assert.Equal(1, fixture.FarLink.Send(TestFrames.Rent(fixture.Pool, frame)));
        }

        Assert.Equal(back, await fixture.Near.ReceiveAsync(sizes.Length));
        Assert.Equal(sizes.Sum(), fixture.FarLink.Counters.OctetsSent);
        Assert.Equal(sizes.Sum(), fixture.NearLink.Counters.OctetsReceived);
        Assert.All(fixture.Near.Arrivals, arrival => Assert.InRange(arrival.Nanoseconds, 1, fixture.Clock.Now.Nanoseconds));
        await fixture.EndAsync();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Close_is_reported_once_with_the_first_reason_and_later_sends_are_dropped(string scheme)
    {
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        Parallel.For(0, 8, _ => fixture.NearLink.Close(LinkCloseReason.Requested));
        fixture.NearLink.Close(LinkCloseReason.TransportError);
        Assert.Equal(LinkCloseReason.Requested, await fixture.Near.ClosedAsync());

        Assert.Equal(0, fixture.NearLink.Send(TestFrames.Rent(fixture.Pool, TestFrames.Make(10), TestFrames.Make(10))));
        Assert.Equal(2, fixture.NearLink.Counters.SendClosed);
        if (!scheme.StartsWith("udp", StringComparison.Ordinal))
        {
            Assert.Equal(LinkCloseReason.PeerClosed, await fixture.Far.ClosedAsync());
        }

        await fixture.EndAsync();
        await fixture.Far.ClosedAsync();
        Assert.Equal(1, fixture.Near.CloseCount);
        Assert.Equal(1, fixture.Far.CloseCount);
        Assert.False(fixture.Near.GotFramesAfterClose);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Close_before_start_is_reported_at_start(string scheme)
    {
        using var fixture = new DriverFixture();
        fixture.Listen(scheme);
        ICountedLink link = await fixture.Factory.OpenAsync(fixture.Listener.LocalUri);
        link.Close(LinkCloseReason.Requested);
        Assert.Equal(0, fixture.Near.CloseCount);
        link.Start(fixture.Near);
        Assert.Equal(LinkCloseReason.Requested, await fixture.Near.ClosedAsync());
        Assert.Throws<InvalidOperationException>(() => link.Start(fixture.Near));
        await fixture.EndAsync();
        Assert.Equal(1, fixture.Near.CloseCount);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Close_from_inside_a_delivery_comes_after_it(string scheme)
    {
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        int closedInside = -1;
        fixture.Near.OnBatch = link =>
        {
            link.Close(LinkCloseReason.Requested);
            closedInside = fixture.Near.CloseCount;
        };
        fixture.FarLink.Send(TestFrames.Rent(fixture.Pool, TestFrames.Make(30)));
        Assert.Equal(LinkCloseReason.Requested, await fixture.Near.ClosedAsync());
        Assert.Equal(0, closedInside);
        Assert.False(fixture.Near.GotFramesAfterClose);
        await fixture.EndAsync();
        Assert.Equal(1, fixture.Near.CloseCount);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_receiver_that_throws_loses_its_link_and_the_driver_serves_the_next(string scheme)
    {
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        fixture.Far.OnBatch = _ => throw new FormatException("boom");
        int before = fixture.Far.CloseCount;
        fixture.NearLink.Send(TestFrames.Rent(fixture.Pool, TestFrames.Make(30)));
        Assert.Equal(LinkCloseReason.TransportError, await fixture.Far.ClosedAsync());
        Assert.Contains("boom", await fixture.Far.ClosedDetailAsync(), StringComparison.Ordinal);
        Assert.Equal(0, before);

        fixture.Far.OnBatch = null;
        int known = fixture.Far.Frames.Count;
        ICountedLink second = await new LinkFactory(fixture.Pool, fixture.Clock, new DriverOptions())
            .OpenAsync(fixture.Listener.LocalUri);
        second.Start(new RecordingReceiver());
        second.Send(TestFrames.Rent(fixture.Pool, TestFrames.Make(40)));
        await fixture.Far.ReceiveAsync(known + 1);
        second.Close(LinkCloseReason.Requested);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Oversize_frame_is_not_sent_and_is_counted(string scheme)
    {
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        int known = fixture.Far.Frames.Count;
        byte[] small = TestFrames.Make(50);
        byte[] large = TestFrames.Make(PacketLimits.MaxPacketOctets + 1);
        Assert.Equal(2, fixture.NearLink.Send(TestFrames.Rent(fixture.Pool, small, large, small)));
        Assert.Equal(0, fixture.NearLink.Send(TestFrames.Rent(fixture.Pool, large)));
        Assert.Equal(2, fixture.NearLink.Counters.SendOversize);
        await fixture.Far.ReceiveAsync(known + 2);
        await fixture.EndAsync();
    }

    [Theory]
    [InlineData("unix", LinkScope.Local)]
    [InlineData("tcp4", LinkScope.Local)]
    [InlineData("tcp6", LinkScope.Local)]
    [InlineData("udp4", LinkScope.NonLocal)]
    [InlineData("udp6", LinkScope.NonLocal)]
    public async Task Capabilities_name_both_ends_canonically(string scheme, LinkScope scope)
    {
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        Assert.Equal(fixture.Listener.LocalUri, fixture.NearLink.Capabilities.RemoteUri);
        Assert.Equal(fixture.Listener.LocalUri, fixture.FarLink.Capabilities.LocalUri);
        foreach (ICountedLink link in (ICountedLink[])[fixture.NearLink, fixture.FarLink])
        {
            Assert.Equal(scope, link.Capabilities.Scope);
            Assert.True(FaceUri.Parse(link.Capabilities.LocalUri).IsCanonical, link.Capabilities.LocalUri);
            Assert.True(FaceUri.Parse(link.Capabilities.RemoteUri).IsCanonical, link.Capabilities.RemoteUri);
        }

        Assert.Equal(FacePersistency.Persistent, fixture.NearLink.Capabilities.Persistency);
        Assert.Equal(FacePersistency.OnDemand, fixture.FarLink.Capabilities.Persistency);
        await fixture.EndAsync();
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("tcp4")]
    public async Task Burst_of_ten_thousand_frames_arrives_or_is_counted(string scheme)
    {
        const int Count = 10_000;
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        int accepted = 0;
        bool queued = false;
        FrameLease[] batch = new FrameLease[16];
        for (int i = 0; i < Count; i += batch.Length)
        {
            for (int j = 0; j < batch.Length; j++)
            {
                batch[j] = fixture.Pool.Rent(TestFrames.Make(1000 + ((i + j) % 5000), i + j));
            }

            accepted += fixture.NearLink.Send(batch);
            queued |= fixture.NearLink.SendQueueOctets > 0;
            Assert.InRange(fixture.NearLink.SendQueueOctets, 0, 4 * 1024 * 1024 + 64 * 1024);
        }

        List<byte[]> received = await fixture.Far.ReceiveAsync(accepted);
        Assert.Equal(accepted, received.Count);
        Assert.Equal(Count, accepted + fixture.NearLink.Counters.SendQueueFull);
        Assert.True(queued, "the burst never met back-pressure, so that nothing was tested");
        int previous = -1;
        foreach (byte[] frame in received)
        {
            int number = BitConverter.ToInt32(frame, 4);
            Assert.True(number > previous, "frames were reordered");
            Assert.Equal(TestFrames.Make(1000 + (number % 5000), number), frame);
            previous = number;
        }

        Assert.Equal(0, fixture.NearLink.SendQueueOctets);
        Assert.False(fixture.Far.Overlapped);
        await fixture.EndAsync();
    }

    [Theory]
    [InlineData("udp4")]
    [InlineData("udp6")]
    public async Task Datagram_burst_is_delivered_in_batches_and_in_order(string scheme)
    {
        const int Count = 10_000;
        using var fixture = new DriverFixture();
        await fixture.ConnectAsync(scheme);
        for (int i = 0; i < Count; i += 50)
        {
            FrameLease[] batch = [.. Enumerable.Range(i, 50).Select(n => fixture.Pool.Rent(TestFrames.Make(100, n)))];
            Assert.Equal(50, fixture.NearLink.Send(batch));

            // The kernel drops what its buffer cannot hold: wait for this half thousand before the next.
            if (i % 500 == 450)
            {
                await fixture.Far.ReceiveAsync(i + 51);
            }
        }

        List<byte[]> received = await fixture.Far.ReceiveAsync(Count + 1);
        Assert.Equal(Enumerable.Range(0, Count), received.Skip(1).Select(frame => BitConverter.ToInt32(frame, 2)));
        Assert.Equal(Count + 1, fixture.FarLink.Counters.FramesReceived);
        Assert.InRange(fixture.Far.Batches.Max(), 2, 64);
        Assert.False(fixture.Far.Overlapped);
        await fixture.EndAsync();
    }
}
