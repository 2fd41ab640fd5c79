using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests.Udp;

[CollectionDefinition("measures", DisableParallelization = true)]
public sealed class MeasuresCollection;

[Collection("measures")]
public sealed class UdpAllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 10_000;

    /// <summary>
    /// Room for a few frames that the pool makes when threads meet in it at a bad moment. The smallest object there is,
    /// allocated with each datagram, would come to 240,000.
    /// </summary>
    private const long SlackBytes = 64 * 1024;

    [Theory]
    [InlineData("udp4")]
    [InlineData("udp6")]
    public async Task Datagram_costs_no_allocation_on_either_side(string scheme)
    {
        using var fixture = new DriverFixture();
        FillPool(fixture.Pool);
        await fixture.ConnectAsync(scheme);
        fixture.FarLink.Close(LinkCloseReason.Requested);
        await fixture.Far.ClosedAsync();
        fixture.Listener.Close();

        var meter = new Meter();
        using var shared = new SharedListener(fixture, scheme, meter);
        ICountedLink outgoing = await new LinkFactory(fixture.Pool, fixture.Clock, new DriverOptions())
            .OpenAsync(shared.Listener.LocalUri);
        outgoing.Start(fixture.Near);

        long sentBytes = SendInStep(outgoing, fixture.Pool, meter);
        Assert.InRange(sentBytes, 0, SlackBytes);
        Assert.Equal(WarmUp + Measured, meter.FrameCount);
        Assert.InRange(meter.AllocatedBytes, 0, SlackBytes);

        // The other way the socket is shared, and each datagram carries its address.
        long answeredBytes = Answer(shared.Link!, fixture.Pool);
        Assert.InRange(answeredBytes, 0, SlackBytes);
        outgoing.Close(LinkCloseReason.Requested);
    }

    /// <summary>Has the pool make its frames before anything is measured.</summary>
    private static void FillPool(FramePool pool)
    {
        FrameLease[] frames = [.. Enumerable.Range(0, 256).Select(_ => pool.Rent())];
        foreach (FrameLease frame in frames)
        {
            frame.Dispose();
        }
    }

    /// <summary>Sends batches of 20, each once the last has arrived; returns what the sending thread allocated meanwhile.</summary>
    private static long SendInStep(ICountedLink link, FramePool pool, Meter meter)
    {
        byte[] frame = TestFrames.Make(1200);
        var batch = new FrameLease[20];
        long before = 0;
        for (int sent = 0; sent < WarmUp + Measured; sent += batch.Length)
        {
            if (sent == WarmUp)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = pool.Rent(frame);
            }

            link.Send(batch);
            meter.WaitFor(sent + batch.Length);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Answer(ILink link, FramePool pool)
    {
        byte[] frame = TestFrames.Make(1200);
        var batch = new FrameLease[1];
        long before = 0;
        for (int sent = 0; sent < WarmUp + Measured; sent++)
        {
            if (sent == WarmUp)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            batch[0] = pool.Rent(frame);
            link.Send(batch);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Counts frames and what the receiving thread allocated between the warm-up and the last one.</summary>
    private sealed class Meter : ILinkReceiver
    {
        private int _frameCount;
        private long _before;
        private long _allocated;

        internal int FrameCount => Volatile.Read(ref _frameCount);

        internal long AllocatedBytes => Volatile.Read(ref _allocated);

        public void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames)
        {
            foreach (FrameLease frame in frames)
            {
                frame.Dispose();
            }

            int count = _frameCount + frames.Length;
            if (_frameCount < WarmUp && count >= WarmUp)
            {
                _before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (count > WarmUp)
            {
                Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - _before);
            }

            Volatile.Write(ref _frameCount, count);
        }

        public void OnClosed(ILink link, LinkCloseReason reason, string detail) => Volatile.Write(ref _before, 0);

        internal void WaitFor(int count)
        {
            long deadline = Environment.TickCount64 + (long)RecordingReceiver.Patience.TotalMilliseconds;
            while (FrameCount < count)
            {
                Assert.True(Environment.TickCount64 < deadline, "datagrams were lost");
                Thread.Yield();
            }
        }
    }

    private sealed class SharedListener : IDisposable
    {
        internal SharedListener(DriverFixture fixture, string scheme, Meter meter)
        {
            Listener = fixture.Factory.Listen(fixture.ListenUri(scheme));
            Listener.Start(link =>
            {
                Link = link;
                link.Start(meter);
            });
        }

        internal ICountedListener Listener { get; }

        internal ILink? Link { get; private set; }

        public void Dispose()
        {
            Link?.Close(LinkCloseReason.Requested);
            Listener.Close();
        }
    }
}
