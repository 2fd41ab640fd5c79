using System.Runtime.CompilerServices;
using Piccolo.Forwarder.Tables;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

/// <summary>Each limit drops, counts and leaves the tables whole.</summary>
public class LimitTests
{
    [Fact]
    public void Limit_of_pit_entries_drops_and_counts()
    {
        TestNode node = NodeWith(new ForwarderOptions { PitCapacity = 3 }, out FaceId consumer, out FaceId upstream);
        for (uint index = 0; index < 5; index++)
        {
            Assert.Equal(index < 3 ? 1 : 0, node.Receive(consumer, Wire.Interest($"/{index}", index)).Count);
        }

        Assert.Equal(2UL, node.Core.Counters.Dropped(DropReason.PitFull));
        Assert.Single(node.Receive(upstream, Wire.Data("/1")));
        Assert.Single(node.Receive(consumer, Wire.Interest("/4", 9)));
    }

    [Fact]
    public void Limit_of_pit_octets_drops_and_counts()
    {
        TestNode node = NodeWith(new ForwarderOptions { PitOctetsMax = 1 }, out FaceId consumer, out _);
        for (uint index = 0; index < 50; index++)
        {
            node.Receive(consumer, Wire.Interest($"/{index}/{new string('x', 4000)}", index));
        }

        Assert.InRange(node.Core.PitEntryCount, 1, 4);
        Assert.True(node.Core.Counters.Dropped(DropReason.PitFull) > 40);
        node.Advance(5000);
        Assert.Equal(0, node.Core.PitEntryCount);
    }

    [Fact]
    public void Limit_of_records_leaves_no_entry_without_downstream()
    {
        TestNode node = NodeWith(new ForwarderOptions { PitRecordCapacity = 1 }, out FaceId consumer, out _);
        node.Receive(consumer, Wire.Interest("/1", 1));
        node.Receive(consumer, Wire.Interest("/2", 2), token: "000102030405060708090a0b0c0d0e0f");

        Assert.Equal(1, node.Core.PitEntryCount);
        Assert.Equal(1UL, node.Core.Counters.Dropped(DropReason.PitRecordsFull));
    }

    [Fact]
    public void Limit_of_fib_entries_and_nexthops_refuses()
    {
        var node = new TestNode(new ForwarderOptions { FibCapacity = 3, FibNextHopCapacity = 3, PageOctets = 16384 });
        FaceId one = node.AddFace();
        FaceId two = node.AddFace();

        Assert.True(node.Core.AddNextHop(Name.Parse("/1"), one, 0, node.Now));
        Assert.True(node.Core.AddNextHop(Name.Parse("/2"), one, 0, node.Now));
        Assert.False(node.Core.AddNextHop(Name.Parse("/3"), one, 0, node.Now));
        Assert.True(node.Core.AddNextHop(Name.Parse("/1"), two, 0, node.Now));
        Assert.False(node.Core.AddNextHop(Name.Parse("/2"), two, 0, node.Now));
        Assert.True(node.Core.AddNextHop(Name.Parse("/2"), one, 8, node.Now));
        Assert.True(node.Core.RemoveNextHop(Name.Parse("/1"), one));
        Assert.False(node.Core.RemoveNextHop(Name.Parse("/1"), one));
        Assert.True(node.Core.AddNextHop(Name.Parse("/2"), two, 0, node.Now));
        Assert.Equal([0UL, 8UL], node.Core.FindRoute(Name.Parse("/2/x")).NextHops.Select(h => h.Cost));
    }

    [Fact]
    public void Limit_of_queues_disposes_what_does_not_fit_and_counts()
    {
        TestNode node = NodeWith(
            new ForwarderOptions { TransmitQueueMax = 2, EventQueueMax = 1 }, out FaceId consumer, out _);
        for (uint index = 0; index < 5; index++)
        {
            node.Core.HandleFrame(consumer, Wire.Interest($"/{index}", index), node.Now);
        }

        Assert.Equal(2, node.Pool.Outstanding);
        Assert.Equal(3UL, node.Core.Counters.Dropped(DropReason.TransmitQueueFull));
        Assert.Equal(1UL, node.Core.Counters.Dropped(DropReason.EventQueueFull));
        Assert.Equal(2, node.Take().Count);
    }

    [Fact]
    public void Limit_of_one_timeout_call_leaves_the_rest_due()
    {
        TestNode node = NodeWith(new ForwarderOptions { TimeoutBatchMax = 10 }, out FaceId consumer, out _);
        for (uint index = 0; index < 25; index++)
        {
            node.Receive(consumer, Wire.Interest($"/{index}", index, lifetimeMs: 10));
        }

        Piccolo.Ndn.Instant later = node.Now.Add(TimeSpan.FromMilliseconds(10));
        node.Core.HandleTimeout(later);
        Assert.Equal(15, node.Core.PitEntryCount);
        Assert.True(node.Core.NextTimeout <= later);
        node.Core.HandleTimeout(later);
        node.Core.HandleTimeout(later);
        Assert.Equal(0, node.Core.PitEntryCount);
        Assert.Equal(Piccolo.Ndn.Instant.Never, node.Core.NextTimeout);
    }

    [Fact]
    public void Limit_of_lifetime_ends_an_interest_that_would_wait_for_ever()
    {
        TestNode node = NodeWith(
            new ForwarderOptions { InterestLifetimeMsMax = 60_000 }, out FaceId consumer, out _);
        node.Receive(consumer, Wire.Interest("/a", 1, lifetimeMs: ulong.MaxValue));
        node.Advance(59_999);
        Assert.Equal(1, node.Core.PitEntryCount);
        node.Advance(1);
        Assert.Equal(0, node.Core.PitEntryCount);
    }

    [Fact]
    public void Memory_per_entry_stays_small()
    {
        Assert.Equal(48, Unsafe.SizeOf<PitEntry>());
        Assert.Equal(48, Unsafe.SizeOf<InRecord>());
        Assert.Equal(40, Unsafe.SizeOf<OutRecord>());
        Assert.Equal(56, Unsafe.SizeOf<ContentStoreEntry>());
        MemoryReport report = new TestNode().Core.MemoryReport;
        Assert.InRange(report.BytesPerFibEntry, 1, 64);
        Assert.InRange(report.BytesPerPitEntry, 1, 96);
        Assert.InRange(report.BytesPerContentStoreEntry, 1, 72);
    }

    [Fact]
    public void Memory_of_an_idle_small_node_is_small()
    {
        MemoryReport report = new TestNode(new ForwarderOptions { PageOctets = 4096 }).Core.MemoryReport;

        Assert.InRange(report.ReservedBytes, 1, 64 * 1024);
    }

    private static TestNode NodeWith(ForwarderOptions options, out FaceId consumer, out FaceId upstream)
    {
        var node = new TestNode(options with { PageOctets = 16384 });
        consumer = node.AddFace();
        upstream = node.AddFace();
        node.Route("/", upstream);
        return node;
    }
}
