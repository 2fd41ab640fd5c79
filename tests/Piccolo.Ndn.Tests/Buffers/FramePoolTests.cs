using Piccolo.Ndn.Buffers;

namespace Piccolo.Ndn.Tests.Buffers;

public sealed class FramePoolTests
{
    [Fact]
    public void Frame_comes_back_empty_and_is_used_again()
    {
        FramePool pool = new(frameSize: 64, retainedMax: 4);
        FrameLease first = pool.Rent([1, 2, 3]);
        Assert.Equal([1, 2, 3], first.Span.ToArray());
        first.Dispose();
        FrameLease second = pool.Rent();
        Assert.Same(first, second);
        Assert.Equal(0, second.Length);
        Assert.Equal(1, pool.Outstanding);
        second.Dispose();
        Assert.Equal(0, pool.Outstanding);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Pool_keeps_as_many_idle_frames_as_allowed(int retainedMax)
    {
        FramePool pool = new(frameSize: 16, retainedMax);
        FrameLease[] leases = [.. Enumerable.Range(0, 12).Select(_ => pool.Rent())];
        Assert.Equal(12, leases.Distinct().Count());
        foreach (FrameLease lease in leases)
        {
            lease.Dispose();
        }

        FrameLease[] again = [.. Enumerable.Range(0, 12).Select(_ => pool.Rent())];
        Assert.Equal(retainedMax, again.Intersect(leases).Count());
        Assert.Equal(12, again.Distinct().Count());
    }

    [Fact]
    public void Second_return_throws()
    {
        FramePool pool = new(frameSize: 16);
        FrameLease lease = pool.Rent();
        lease.Dispose();
        Assert.Throws<InvalidOperationException>(lease.Dispose);
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void Octets_that_do_not_fit_are_refused_without_a_leak()
    {
        FramePool pool = new(frameSize: 16);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(new byte[17]));
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void Threads_that_rent_and_return_crosswise_never_share_a_frame()
    {
        const int Rounds = 20_000;
        FramePool pool = new(frameSize: 16, retainedMax: 8);
        using System.Collections.Concurrent.BlockingCollection<FrameLease> handover = new(32);
        int collisions = 0;

        // Two threads rent and mark, two look at the mark and return.
        Thread[] renters = [.. Enumerable.Range(1, 2).Select(id => new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                FrameLease lease = pool.Rent([(byte)id, (byte)i]);
                if (lease.Span[0] != id || lease.Span[1] != (byte)i)
                {
                    Interlocked.Increment(ref collisions);
                }

                handover.Add(lease);
            }
        }))];
        Thread[] returners = [.. Enumerable.Range(1, 2).Select(_ => new Thread(() =>
        {
            foreach (FrameLease lease in handover.GetConsumingEnumerable())
            {
                lease.Dispose();
            }
        }))];
        foreach (Thread thread in renters.Concat(returners))
        {
            thread.Start();
        }

        foreach (Thread thread in renters)
        {
            thread.Join();
        }

        handover.CompleteAdding();
        foreach (Thread thread in returners)
        {
            thread.Join();
        }

        Assert.Equal(0, collisions);
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void Warm_pool_allocates_nothing()
    {
        FramePool pool = new(frameSize: 64, retainedMax: 16);
        FrameLease[] leases = new FrameLease[8];
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < leases.Length; i++)
            {
                leases[i] = pool.Rent();
            }

            for (int i = 0; i < leases.Length; i++)
            {
                leases[i].Dispose();
            }
        }));
    }

#if DEBUG
    [Fact]
    public void Leak_is_named_by_file_and_line_in_debug_builds()
    {
        FramePool pool = new(frameSize: 16);
        using FrameLease kept = pool.Rent();
        pool.Rent().Dispose();
        Assert.Matches("^1 rented at FramePoolTests\\.cs:\\d+\n$", pool.DescribeOutstanding());
    }

    [Fact]
    public void Returned_lease_is_poisoned_and_refuses_access_in_debug_builds()
    {
        FramePool pool = new(frameSize: 16);
        FrameLease lease = pool.Rent([1, 2, 3]);
        Memory<byte> kept = lease.Memory;
        lease.Dispose();
        Assert.Equal([0xDB, 0xDB, 0xDB], kept.ToArray());
        Assert.Throws<InvalidOperationException>(() => lease.Span.Length);
        Assert.Throws<InvalidOperationException>(() => lease.Memory.Length);
        Assert.Throws<InvalidOperationException>(() => lease.Buffer.Length);
    }
#endif
}
