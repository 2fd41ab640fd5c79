using Piccolo.Drivers.InMemory;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests;

public sealed class DeliveryGateTests
{
    private const int KeptMax = 4;

    private readonly FramePool _pool = new();
    private readonly TransportCounters _counters = new();
    private readonly RecordingReceiver _receiver = new();
    private readonly ILink _link = InMemoryLink.CreatePair(new HostClock(TimeProvider.System), new InMemoryOptions()).First;

    [Fact]
    public async Task The_end_is_reported_also_when_the_release_fails()
    {
        var gate = new DeliveryGate(_link, _counters, () => throw new IOException("the socket said no"));
        Assert.True(gate.Start(_receiver));
        Assert.Throws<IOException>(() => gate.Close(LinkCloseReason.Requested, "closed"));
        Assert.Equal(LinkCloseReason.Requested, await _receiver.ClosedAsync());
        gate.Close(LinkCloseReason.TransportError, "closed again");
        Assert.Equal(1, _receiver.CloseCount);
    }

    [Fact]
    public void Frames_kept_for_a_link_that_is_never_started_are_given_back_and_counted()
    {
        DeliveryGate gate = MakeGate();
        Assert.False(gate.Deliver(Frames(0, KeptMax + 1)));
        Assert.Equal(KeptMax, _pool.Outstanding);
        gate.Close(LinkCloseReason.Idle, "nobody wanted it");
        Assert.False(gate.Deliver(Frames(0, 1)));
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(KeptMax + 2, _counters.ReceiveClosed);
        Assert.False(gate.Start(_receiver));
        Assert.Equal(1, _receiver.CloseCount);
        Assert.Empty(_receiver.Frames);
    }

    [Fact]
    public void A_close_while_kept_frames_are_handed_over_comes_after_them_and_drops_later_ones()
    {
        DeliveryGate gate = MakeGate();
        gate.Deliver(Frames(0, 2));
        int closedInside = -1;
        _receiver.OnBatch = _ =>
        {
            gate.Deliver(Frames(2, 1));
            gate.Close(LinkCloseReason.Requested, "closed");
            closedInside = _receiver.CloseCount;
        };
        Assert.False(gate.Start(_receiver));
        Assert.Equal(0, closedInside);
        Assert.Equal(1, _receiver.CloseCount);
        Assert.Equal(2, _receiver.Frames.Count);
        Assert.Equal(1, _counters.ReceiveClosed);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public async Task Start_close_and_deliveries_on_three_threads_lose_no_lease_and_keep_the_order()
    {
        for (int round = 0; round < 300; round++)
        {
            var receiver = new RecordingReceiver();
            DeliveryGate gate = MakeGate();
            using var together = new Barrier(3);
            Task delivering = OnThread(together, () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    gate.Deliver(Frames(i, 1));
                }
            });
            Task closing = OnThread(together, () =>
            {
                Thread.SpinWait(Random.Shared.Next(2000));
                gate.Close(LinkCloseReason.Requested, "closed");
            });
            Task starting = OnThread(together, () => gate.Start(receiver));
            await Task.WhenAll(delivering, closing, starting).WaitAsync(RecordingReceiver.Patience);
            int[] numbers = [.. receiver.Frames.Select(frame => BitConverter.ToInt32(frame, 2))];
            Assert.Equal(numbers.Order(), numbers);
            Assert.Equal(1, receiver.CloseCount);
            Assert.False(receiver.Overlapped || receiver.GotFramesAfterClose);
            Assert.Equal(0, _pool.Outstanding);
        }

        Assert.Equal(300 * 20, _counters.FramesReceived + _counters.ReceiveClosed);
    }

    private static Task OnThread(Barrier together, Action work) => Task.Factory.StartNew(
        () =>
        {
            together.SignalAndWait();
            work();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private DeliveryGate MakeGate() => new(_link, _counters, () => { }, KeptMax);

    private FrameLease[] Frames(int first, int count) =>
        TestFrames.Rent(_pool, [.. Enumerable.Range(first, count).Select(i => TestFrames.Make(20, i))]);
}
