using Piccolo.Drivers.InMemory;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests.InMemory;

public sealed class ImpairedLinkTests
{
    private readonly FramePool _pool = new();
    private readonly ManualTimeProvider _time = new();
    private readonly HostClock _clock;

    public ImpairedLinkTests() => _clock = new HostClock(_time);

    [Fact]
    public void Same_seed_gives_the_same_fate_and_another_seed_another()
    {
        var options = new ImpairmentOptions { LossMillionths = 200_000, DuplicateMillionths = 100_000, ReorderMillionths = 100_000 };
        List<int> first = Run(options, seed: 1, count: 500);
        Assert.Equal(first, Run(options, seed: 1, count: 500));
        Assert.NotEqual(first, Run(options, seed: 2, count: 500));
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Loss_has_its_share()
    {
        List<int> arrived = Run(new ImpairmentOptions { LossMillionths = 300_000 }, seed: 3, count: 10_000);
        Assert.InRange(arrived.Count, 6_800, 7_200);
        Assert.Equal(arrived.Order(), arrived);
    }

    [Fact]
    public void Duplicates_are_whole_copies()
    {
        List<int> arrived = Run(new ImpairmentOptions { DuplicateMillionths = 500_000 }, seed: 4, count: 1_000);
        Assert.Equal(Enumerable.Range(0, 1_000), arrived.Distinct());
        Assert.InRange(arrived.Count, 1_400, 1_600);
    }

    [Fact]
    public void Reordered_frame_is_passed_by_as_many_as_asked_for()
    {
        List<int> arrived = Run(
            new ImpairmentOptions { ReorderMillionths = 50_000, ReorderDistance = 3 }, seed: 5, count: 1_000);
        Assert.Equal(Enumerable.Range(0, 1_000), arrived.Order());
        Assert.NotEqual(arrived.Order(), arrived);
        for (int i = 0; i < arrived.Count; i++)
        {
            Assert.InRange(i - arrived[i], -20, 20);
        }
    }

    [Fact]
    public void Delayed_frames_arrive_when_their_time_has_come()
    {
        (ImpairedLink link, RecordingReceiver far) = Make(
            new ImpairmentOptions { Delay = TimeSpan.FromMilliseconds(50) }, seed: 6);
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(10, 1)));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(10, 2)));
        Assert.Equal(20, link.SendQueueOctets);
        _time.Advance(TimeSpan.FromMilliseconds(29));
        Assert.Empty(far.Frames);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal([1], far.Frames.Select(frame => BitConverter.ToInt32(frame, 2)));
        _time.Advance(TimeSpan.FromMilliseconds(30));
        Assert.Equal([1, 2], far.Frames.Select(frame => BitConverter.ToInt32(frame, 2)));
        Assert.Equal(0, link.SendQueueOctets);
        link.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Held_back_frame_that_nobody_passes_is_let_go_in_time()
    {
        (ImpairedLink link, RecordingReceiver far) = Make(new ImpairmentOptions { ReorderMillionths = 1_000_000 }, seed: 7);
        link.Send(TestFrames.Rent(_pool, TestFrames.Make(10)));
        Assert.Empty(far.Frames);
        _time.Advance(TimeSpan.FromMilliseconds(25));
        Assert.Single(far.Frames);
        link.Dispose();
    }

    [Fact]
    public async Task Close_gives_back_what_is_under_way_and_is_told_once_by_the_wrapper()
    {
        var options = new ImpairmentOptions { Delay = TimeSpan.FromSeconds(1), HeldFramesMax = 5 };
        (InMemoryLink first, InMemoryLink second) = InMemoryLink.CreatePair(_clock, new InMemoryOptions());
        var link = new ImpairedLink(first, options, new XoshiroRandomSource(8), _pool, _clock);
        var near = new RecordingReceiver();
        ILink? seen = null;
        near.OnBatch = from => seen = from;
        link.Start(near);
        second.Start(new RecordingReceiver());
        second.Send(TestFrames.Rent(_pool, TestFrames.Make(10)));
        Assert.Same(link, seen);

        Assert.Equal(8, link.Send([.. Enumerable.Range(0, 8).Select(i => _pool.Rent(TestFrames.Make(10, i)))]));
        Assert.Equal(3, link.Counters.Overflowed);
        Assert.Equal(5, _pool.Outstanding);
        link.Dispose();
        link.Dispose();
        Assert.Equal(LinkCloseReason.Requested, await near.ClosedAsync());
        Assert.Equal(1, near.CloseCount);
        Assert.Equal(0, link.Send(TestFrames.Rent(_pool, TestFrames.Make(10))));
        Assert.Equal(0, _pool.Outstanding);
    }

    private (ImpairedLink Link, RecordingReceiver Far) Make(ImpairmentOptions options, ulong seed)
    {
        (InMemoryLink first, InMemoryLink second) = InMemoryLink.CreatePair(_clock, new InMemoryOptions());
        var link = new ImpairedLink(first, options, new XoshiroRandomSource(seed), _pool, _clock);
        var far = new RecordingReceiver();
        link.Start(new RecordingReceiver());
        second.Start(far);
        return (link, far);
    }

    private List<int> Run(ImpairmentOptions options, ulong seed, int count)
    {
        (ImpairedLink link, RecordingReceiver far) = Make(options, seed);
        for (int i = 0; i < count; i++)
        {
            link.Send(TestFrames.Rent(_pool, TestFrames.Make(10, i)));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        link.Dispose();
        return [.. far.Frames.Select(frame => BitConverter.ToInt32(frame, 2))];
    }
}
