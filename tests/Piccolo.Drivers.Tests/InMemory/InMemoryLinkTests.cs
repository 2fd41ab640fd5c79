using Piccolo.Drivers.InMemory;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests.InMemory;

public sealed class InMemoryLinkTests
{
    private readonly FramePool _pool = new();
    private readonly HostClock _clock = new(TimeProvider.System);
    private readonly RecordingReceiver _near = new();
    private readonly RecordingReceiver _far = new();

    [Fact]
    public void Inline_frame_arrives_before_send_returns_both_ways()
    {
        (InMemoryLink first, InMemoryLink second) = Pair(new InMemoryOptions());
        byte[] there = TestFrames.Make(9000);
        byte[] back = TestFrames.Make(20);
        Assert.Equal(1, first.Send(TestFrames.Rent(_pool, there)));
        Assert.Equal([there], _far.Frames);
        Assert.Equal(1, second.Send(TestFrames.Rent(_pool, back)));
        Assert.Equal([back], _near.Frames);
        Assert.Equal(first.Capabilities.LocalUri, second.Capabilities.RemoteUri);
        Assert.Equal("mem://b", first.Capabilities.RemoteUri);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Ends_that_answer_at_once_do_not_recurse()
    {
        const int Volleys = 100_000;
        (InMemoryLink first, InMemoryLink second) = InMemoryLink.CreatePair(_clock, new InMemoryOptions());
        var near = new Returner(Volleys);
        var far = new Returner(Volleys);
        first.Start(near);
        second.Start(far);
        first.Send(TestFrames.Rent(_pool, TestFrames.Make(10)));
        Assert.Equal(Volleys, near.Count);
        Assert.InRange(Math.Max(near.DepthMax, far.DepthMax), 1, 2);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Frame_over_the_mtu_is_dropped_and_counted()
    {
        (InMemoryLink first, _) = Pair(new InMemoryOptions { Mtu = 100 });
        Assert.Equal(1, first.Send(TestFrames.Rent(_pool, TestFrames.Make(101), TestFrames.Make(100))));
        Assert.Equal(1, first.Counters.SendOversize);
        Assert.Equal(100, first.Capabilities.Mtu);
        Assert.Single(_far.Frames);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Frames_wait_for_a_start_up_to_the_limit()
    {
        (InMemoryLink first, InMemoryLink second) =
            InMemoryLink.CreatePair(_clock, new InMemoryOptions { QueueFramesMax = 3 });
        first.Start(_near);
        for (int i = 0; i < 5; i++)
        {
            first.Send(TestFrames.Rent(_pool, TestFrames.Make(10, i)));
        }

        Assert.Equal(2, first.Counters.SendQueueFull);
        Assert.Equal(30, first.SendQueueOctets);
        second.Start(_far);
        Assert.Equal([0, 1, 2], _far.Frames.Select(frame => BitConverter.ToInt32(frame, 2)));
        Assert.Equal(0, first.SendQueueOctets);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public async Task Queued_frames_of_many_senders_all_arrive_without_overlap()
    {
        (InMemoryLink first, _) = Pair(
            new InMemoryOptions { Delivery = InMemoryDelivery.Queued, QueueFramesMax = int.MaxValue });
        Parallel.For(0, 4, sender =>
        {
            for (int i = 0; i < 2500; i++)
            {
                Assert.Equal(1, first.Send(TestFrames.Rent(_pool, TestFrames.Make(50, (sender << 16) | i))));
            }
        });
        List<byte[]> frames = await _far.ReceiveAsync(10_000);
        Assert.False(_far.Overlapped);
        foreach (IGrouping<int, int> sender in frames.Select(f => BitConverter.ToInt32(f, 2)).GroupBy(n => n >> 16))
        {
            Assert.Equal(Enumerable.Range(0, 2500), sender.Select(number => number & 0xFFFF));
        }

        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    [Fact]
    public void Manual_frames_wait_for_the_host()
    {
        (InMemoryLink first, InMemoryLink second) = Pair(new InMemoryOptions { Delivery = InMemoryDelivery.Manual });
        first.Send(TestFrames.Rent(_pool, TestFrames.Make(10), TestFrames.Make(20)));
        Assert.Empty(_far.Frames);
        Assert.Equal(2, second.DeliverQueued());
        Assert.Equal(2, _far.Frames.Count);
        Assert.Equal(0, second.DeliverQueued());
    }

    [Fact]
    public async Task Close_reaches_the_other_end_after_what_was_sent_before()
    {
        (InMemoryLink first, InMemoryLink second) = Pair(new InMemoryOptions { Delivery = InMemoryDelivery.Queued });
        first.Send([.. Enumerable.Range(0, 200).Select(i => _pool.Rent(TestFrames.Make(10, i)))]);
        first.Close(LinkCloseReason.Requested);
        Assert.Equal(LinkCloseReason.Requested, await _near.ClosedAsync());
        Assert.Equal(LinkCloseReason.PeerClosed, await _far.ClosedAsync());
        Assert.Equal(200, _far.Frames.Count);
        Assert.False(_far.GotFramesAfterClose);
        Assert.Equal(0, second.Send(TestFrames.Rent(_pool, TestFrames.Make(10))));
        Assert.Equal(1, second.Counters.SendClosed);
        second.Close(LinkCloseReason.Requested);
        Assert.Equal(1, _near.CloseCount);
        Assert.Equal(1, _far.CloseCount);
        await TestFrames.AllLeasesAreBackAsync(_pool);
    }

    [Fact]
    public void Close_of_an_end_gives_back_what_waits_for_it()
    {
        (InMemoryLink first, InMemoryLink second) = Pair(new InMemoryOptions { Delivery = InMemoryDelivery.Manual });
        first.Send(TestFrames.Rent(_pool, TestFrames.Make(10), TestFrames.Make(20)));
        second.Close(LinkCloseReason.Requested);
        Assert.Equal(2, second.Counters.ReceiveClosed);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Inline_delivery_allocates_nothing()
    {
        (InMemoryLink first, InMemoryLink second) = InMemoryLink.CreatePair(_clock, new InMemoryOptions());
        first.Start(new Returner(0));
        second.Start(new Returner(0));
        byte[] octets = TestFrames.Make(100);
        var batch = new FrameLease[4];
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            before = i == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            for (int j = 0; j < batch.Length; j++)
            {
                batch[j] = _pool.Rent(octets);
            }

            first.Send(batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private (InMemoryLink First, InMemoryLink Second) Pair(InMemoryOptions options)
    {
        (InMemoryLink first, InMemoryLink second) = InMemoryLink.CreatePair(_clock, options);
        first.Start(_near);
        second.Start(_far);
        return (first, second);
    }

    /// <summary>Sends each frame back until it has seen enough, and watches how deep its calls nest.</summary>
    private sealed class Returner(int volleys) : ILinkReceiver
    {
        private int _depth;

        internal int Count { get; private set; }

        internal int DepthMax { get; private set; }

        public void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames)
        {
            DepthMax = Math.Max(DepthMax, ++_depth);
            if (Count < volleys)
            {
                Count += frames.Length;
                link.Send(frames);
            }
            else
            {
                foreach (FrameLease frame in frames)
                {
                    frame.Dispose();
                }
            }

            _depth--;
        }

        public void OnClosed(ILink link, LinkCloseReason reason, string detail) => Count = -1;
    }
}
