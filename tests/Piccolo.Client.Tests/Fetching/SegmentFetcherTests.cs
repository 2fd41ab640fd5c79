using System.Security.Cryptography;
using Piccolo.Client.Congestion;
using Piccolo.Client.Fetching;
using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Client.Tests.Fetching;

public sealed class SegmentFetcherTests
{
    private const int TenMegabytes = 10_000_000;

    private static readonly Name Object = Name.Parse("/obj");
    private static readonly Name Versioned = Name.Parse("/obj/v=7");

    [Theory]
    [InlineData(CongestionAlgorithm.Cubic)]
    [InlineData(CongestionAlgorithm.Aimd)]
    public void Fetch_of_ten_megabytes_without_loss_is_identical_and_asks_for_nothing_twice(CongestionAlgorithm algorithm)
    {
        byte[] content = Fetch.MakeContent(TenMegabytes, 5);
        using TwoEndedWire wire = Publish(content, new WireFaults());
        var options = new FetchOptions
        {
            Window = new CongestionWindowOptions { Algorithm = algorithm },
            ExpectedSha256 = SHA256.HashData(content),
        };
        var fetch = new Fetch(wire, Versioned, options);
        fetch.Run(TimeSpan.FromMinutes(1));
        AssertComplete(fetch, content);
        Assert.Equal(1250UL, fetch.Fetcher.Progress.RequestsSent);
        Assert.Equal(0UL, fetch.Fetcher.Progress.Retransmissions);
        Assert.True(fetch.OutstandingMax > 8, "the window never grew");
    }

    [Theory]
    [InlineData(CongestionAlgorithm.Cubic, 11UL)]
    [InlineData(CongestionAlgorithm.Aimd, 12UL)]
    public void Fetch_of_ten_megabytes_with_a_fifth_lost_is_identical(CongestionAlgorithm algorithm, ulong seed)
    {
        byte[] content = Fetch.MakeContent(TenMegabytes, seed);
        using TwoEndedWire wire = Publish(content, new WireFaults { Loss = 200 }, seed);
        var options = new FetchOptions
        {
            Window = new CongestionWindowOptions { Algorithm = algorithm },
            ExpectedSha256 = SHA256.HashData(content),
        };
        var fetch = new Fetch(wire, Versioned, options);
        Instant start = wire.Now;
        fetch.Run(TimeSpan.FromMinutes(30));
        TimeSpan taken = wire.Now - start;
        AssertComplete(fetch, content);
        Assert.InRange(taken, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(4));
        Assert.True(fetch.Fetcher.Progress.Retransmissions > 400, "the wire lost too little to prove anything");
        Assert.True(fetch.Fetcher.Progress.WindowDecreases > 0);
    }

    [Theory]
    [InlineData(FetchDiscovery.FirstData)]
    [InlineData(FetchDiscovery.Metadata)]
    public void Fetch_does_not_take_an_answered_discovery_for_a_segment_that_was_overtaken(FetchDiscovery discovery)
    {
        byte[] content = Fetch.MakeContent(2_000_000, 9);
        using TwoEndedWire wire = Publish(content, new WireFaults { Loss = 200 }, seed: 9);
        var fetch = new Fetch(wire, Object, new FetchOptions { Discovery = discovery });
        fetch.Run(TimeSpan.FromMinutes(10));
        AssertComplete(fetch, content);
    }

    [Fact]
    public void Fetch_sees_most_losses_before_their_time_out()
    {
        byte[] content = Fetch.MakeContent(TenMegabytes, 10);
        using TwoEndedWire wire = Publish(content, new WireFaults { Loss = 200 }, seed: 10);
        var fetch = new Fetch(wire, Versioned, new FetchOptions());
        Instant start = wire.Now;
        fetch.Run(TimeSpan.FromMinutes(30));
        AssertComplete(fetch, content);
        Assert.True(
            fetch.Fetcher.Progress.OvertakenLosses > 5 * fetch.Fetcher.Progress.Timeouts,
            $"{fetch.Fetcher.Progress.OvertakenLosses} seen early, {fetch.Fetcher.Progress.Timeouts} by time-out");
        Assert.True(wire.Now - start < TimeSpan.FromSeconds(40), $"it took {wire.Now - start} of virtual time");
    }

    [Fact]
    public void Fetch_over_a_wire_that_repeats_and_reorders_is_identical()
    {
        byte[] content = Fetch.MakeContent(1_000_000, 6);
        for (ulong seed = 100; seed < 110; seed++)
        {
            using TwoEndedWire wire = Publish(
                content, new WireFaults { Loss = 50, Duplication = 300, Reordering = 500 }, seed);
            var fetch = new Fetch(wire, Versioned, new FetchOptions { ReorderSegmentsMax = 16 });
            fetch.Run(TimeSpan.FromMinutes(10));
            AssertComplete(fetch, content);
            Assert.True(fetch.HeldMax <= 16, $"{fetch.HeldMax} segments in memory, seed {seed}");
        }
    }

    [Fact]
    public void Fetch_from_a_producer_that_vanishes_fails_in_bounded_time_and_names_the_segment()
    {
        using TwoEndedWire wire = Publish(Fetch.MakeContent(1_000_000, 7), new WireFaults());
        var fetch = new Fetch(wire, Versioned, new FetchOptions());
        wire.Run(() => fetch.Fetcher.Progress.SegmentsReceived >= 40, TimeSpan.FromMinutes(1));
        wire.IsProducerGone = true;
        Instant goneAt = wire.Now;
        fetch.Run(TimeSpan.FromHours(1));
        FetchError error = Assert.IsType<FetchError>(fetch.Fetcher.Error);
        Assert.Equal(FetchFailure.Stalled, error.Failure);
        ulong segment = Assert.IsType<ulong>(error.Segment);
        Assert.InRange(segment, 1UL, 124UL);
        Assert.Contains($"/obj/v=7/seg={segment} ", error.Message, StringComparison.Ordinal);
        Assert.InRange(wire.Now - goneAt, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        AssertNothingLeft(wire);
    }

    [Fact]
    public void Fetch_fails_after_the_allowed_tries_of_one_segment()
    {
        using TwoEndedWire wire = Publish(Fetch.MakeContent(10, 7), new WireFaults());
        wire.IsProducerGone = true;
        var options = new FetchOptions { RetransmissionsMax = 2, StallTimeout = TimeSpan.FromHours(1) };
        var fetch = new Fetch(wire, Versioned, options);
        Instant start = wire.Now;
        fetch.Run(TimeSpan.FromHours(2));
        Assert.Equal(FetchFailure.RetriesExhausted, fetch.Fetcher.Error?.Failure);
        Assert.Equal(0UL, fetch.Fetcher.Error?.Segment);
        Assert.Equal(3, wire.FramesToProducer);

        // 1 s, then doubled twice.
        Assert.Equal(TimeSpan.FromSeconds(7), wire.Now - start);
    }

    [Fact]
    public void Fetch_ends_at_its_deadline_even_while_segments_come()
    {
        using TwoEndedWire wire = Publish(Fetch.MakeContent(1_000_000, 8), new WireFaults { DelayMs = 300 });
        var options = new FetchOptions
        {
            Deadline = TimeSpan.FromSeconds(3),
            Window = new CongestionWindowOptions { Initial = 2, Max = 2 },
        };
        var fetch = new Fetch(wire, Versioned, options);
        fetch.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(FetchFailure.DeadlineExceeded, fetch.Fetcher.Error?.Failure);
        Assert.True(fetch.Fetcher.Progress.SegmentsReceived > 0);
        AssertNothingLeft(wire);
    }

    [Theory]
    [InlineData(FetchDiscovery.FirstData)]
    [InlineData(FetchDiscovery.Metadata)]
    public void Fetch_with_discovery_gets_the_newest_version(FetchDiscovery discovery)
    {
        byte[] content = Fetch.MakeContent(50_000, 9);
        using TwoEndedWire wire = Publish(content, new WireFaults { Loss = 100 });
        wire.Store.Publish(Object, 3, new byte[] { 1 }, Fetch.Plain);
        var fetch = new Fetch(wire, Object, new FetchOptions { Discovery = discovery });
        fetch.Run(TimeSpan.FromMinutes(1));
        AssertComplete(fetch, content);
        Assert.Equal(Versioned, fetch.Fetcher.ObjectName);
        Assert.Contains(fetch.Events, e => e.Kind == FetchEventKind.Discovered && e.Name == Versioned);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8000)]
    [InlineData(8001)]
    public void Fetch_of_any_length_is_identical(int octets)
    {
        byte[] content = Fetch.MakeContent(octets, 10);
        using TwoEndedWire wire = Publish(content, new WireFaults());
        var fetch = new Fetch(wire, Versioned, new FetchOptions { ExpectedSha256 = SHA256.HashData(content) });
        fetch.Run(TimeSpan.FromMinutes(1));
        AssertComplete(fetch, content);
    }

    [Fact]
    public void Fetch_with_a_wrong_digest_fails()
    {
        using TwoEndedWire wire = Publish(Fetch.MakeContent(20_000, 11), new WireFaults());
        var fetch = new Fetch(wire, Versioned, new FetchOptions { ExpectedSha256 = new byte[32] });
        fetch.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(FetchFailure.DigestMismatch, fetch.Fetcher.Error?.Failure);
        Assert.DoesNotContain(fetch.Events, e => e.Kind == FetchEventKind.Completed);
    }

    [Fact]
    public void Fetch_asks_again_for_a_segment_that_is_not_genuine_and_then_fails_naming_it()
    {
        byte[] content = Fetch.MakeContent(100_000, 12);
        using TwoEndedWire wire = Publish(content, new WireFaults());
        int refusals = 1;
        Name suspect = Versioned.Append(NameComponent.Segment(3));
        var fetch = new Fetch(wire, Versioned, new FetchOptions { MustVerify = true })
        {
            IsGenuine = e => e.Data!.Name != suspect || refusals-- <= 0,
        };
        fetch.Run(TimeSpan.FromMinutes(1));
        AssertComplete(fetch, content);
        Assert.Equal(1UL, fetch.Fetcher.Progress.VerificationFailures);

        var second = new Fetch(wire, Versioned, new FetchOptions { MustVerify = true })
        {
            IsGenuine = e => e.Data!.Name != suspect,
        };
        second.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(FetchFailure.VerificationFailed, second.Fetcher.Error?.Failure);
        Assert.Equal(3UL, second.Fetcher.Error?.Segment);
        AssertNothingLeft(wire);
    }

    [Fact]
    public void Fetch_of_what_is_larger_than_allowed_fails()
    {
        using TwoEndedWire wire = Publish(Fetch.MakeContent(100_000, 13), new WireFaults());
        var fetch = new Fetch(wire, Versioned, new FetchOptions { OctetsMax = 50_000 });
        fetch.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(FetchFailure.TooLarge, fetch.Fetcher.Error?.Failure);
        Assert.Equal(6UL, fetch.Fetcher.Error?.Segment);
    }

    [Fact]
    public void Fetch_that_is_cancelled_leaves_nothing()
    {
        using TwoEndedWire wire = Publish(Fetch.MakeContent(1_000_000, 14), new WireFaults());
        var fetch = new Fetch(wire, Versioned, new FetchOptions());
        wire.Run(() => fetch.Fetcher.Progress.SegmentsReceived >= 20, TimeSpan.FromMinutes(1));
        fetch.Fetcher.Cancel();
        fetch.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(FetchFailure.Cancelled, fetch.Fetcher.Error?.Failure);
        Assert.Equal(Instant.Never, fetch.Fetcher.NextTimeout);
        AssertNothingLeft(wire);
    }

    [Fact]
    public void Fetcher_asks_for_one_segment_until_it_knows_the_end_or_was_told()
    {
        SegmentFetcher unknowing = Make(new FetchOptions());
        Assert.Single(TakeAll(unknowing, Instant.Zero));
        SegmentFetcher knowing = Make(new FetchOptions { LastSegment = 4 });
        Assert.Equal(5, TakeAll(knowing, Instant.Zero).Count);
    }

    [Fact]
    public void Fetcher_shrinks_its_window_once_for_all_marks_of_a_round()
    {
        var options = new FetchOptions
        {
            LastSegment = 1000,
            Window = new CongestionWindowOptions { Algorithm = CongestionAlgorithm.Aimd, Initial = 16 },
        };
        SegmentFetcher fetcher = Make(options);
        Assert.Equal(16, TakeAll(fetcher, Instant.Zero).Count);
        Instant now = Instant.FromMilliseconds(10);
        for (ulong segment = 0; segment < 16; segment++)
        {
            fetcher.HandleData(MakeSegment(segment, 1000), congestionMark: 1, now);
        }

        Assert.Equal(8, fetcher.WindowSegments);
        Assert.Equal(1UL, fetcher.Progress.WindowDecreases);
        Assert.Equal(8, TakeAll(fetcher, now).Count);
        fetcher.HandleData(MakeSegment(16, 1000), congestionMark: 1, now);
        Assert.Equal(4, fetcher.WindowSegments);
    }

    [Fact]
    public void Fetcher_ignores_data_that_nobody_asked_for()
    {
        SegmentFetcher fetcher = Make(new FetchOptions());
        TakeAll(fetcher, Instant.Zero);
        fetcher.HandleData(MakeSegment(5, 9), 0, Instant.Zero);
        fetcher.HandleData(Data.Create(Name.Parse("/other/v=7/seg=0"), default, DigestSha256Signer.Instance), 0, Instant.Zero);
        fetcher.HandleData(Data.Create(Versioned, default, DigestSha256Signer.Instance), 0, Instant.Zero);
        fetcher.HandleNack(Name.Parse("/other"), NackReason.NoRoute, Instant.Zero);
        Assert.Equal(3UL, fetcher.Progress.Unexpected);
        Assert.Equal(1, fetcher.Outstanding);
        fetcher.HandleData(MakeSegment(0, 9), 0, Instant.Zero);
        fetcher.HandleData(MakeSegment(0, 9), 0, Instant.Zero);
        Assert.Equal(1UL, fetcher.Progress.Duplicates);
        Assert.Equal(1UL, fetcher.Progress.SegmentsReceived);
    }

    [Fact]
    public void Fetcher_takes_no_sample_from_a_segment_that_was_sent_twice()
    {
        SegmentFetcher fetcher = Make(new FetchOptions());
        TakeAll(fetcher, Instant.Zero);
        fetcher.HandleTimeout(Instant.FromMilliseconds(1000));
        TakeAll(fetcher, Instant.FromMilliseconds(1000));
        fetcher.HandleData(MakeSegment(0, 9), 0, Instant.FromMilliseconds(1001));
        Assert.Equal(TimeSpan.Zero, fetcher.SmoothedRtt);
        Assert.Equal(TimeSpan.FromSeconds(2), fetcher.RetransmissionTimeout);
    }

    [Fact]
    public void Fetcher_waits_after_nacks_and_gives_up_without_a_route()
    {
        SegmentFetcher fetcher = Make(new FetchOptions { NoRouteMax = 2 });
        Instant now = Instant.Zero;
        Name first = Versioned.Append(NameComponent.Segment(0));
        for (int i = 0; i < 2; i++)
        {
            Assert.Single(TakeAll(fetcher, now));
            fetcher.HandleNack(first, NackReason.NoRoute, now);
            Assert.Empty(TakeAll(fetcher, now));
            Assert.InRange(fetcher.NextTimeout - now, TimeSpan.FromMilliseconds(50 << i), TimeSpan.FromMilliseconds(75 << i));
            now = fetcher.NextTimeout;
            fetcher.HandleTimeout(now);
        }

        Assert.Single(TakeAll(fetcher, now));
        fetcher.HandleNack(first, NackReason.NoRoute, now);
        Assert.Equal(FetchFailure.NoRoute, fetcher.Error?.Failure);
        Assert.Equal(0UL, fetcher.Error?.Segment);
    }

    [Fact]
    public void Fetcher_fails_when_segments_disagree_about_the_end()
    {
        SegmentFetcher fetcher = Make(new FetchOptions());
        TakeAll(fetcher, Instant.Zero);
        fetcher.HandleData(MakeSegment(0, 9), 0, Instant.Zero);
        TakeAll(fetcher, Instant.Zero);
        fetcher.HandleData(MakeSegment(1, 8), 0, Instant.Zero);
        Assert.Equal(FetchFailure.InconsistentEnd, fetcher.Error?.Failure);
    }

    [Fact]
    public void Fetcher_passes_on_the_refusal_of_the_producer()
    {
        SegmentFetcher fetcher = Make(new FetchOptions());
        TakeAll(fetcher, Instant.Zero);
        Name name = Versioned.Append(NameComponent.Segment(0));
        Data refusal = Data.Create(name, new byte[] { 1 }, DigestSha256Signer.Instance, contentType: ContentTypes.Nack);
        fetcher.HandleData(refusal, 0, Instant.Zero);
        Assert.Equal(FetchFailure.RefusedByProducer, fetcher.Error?.Failure);
        Assert.Same(refusal, fetcher.Error?.Data);
    }

    [Fact]
    public void Fetcher_forgets_segments_beyond_an_end_that_it_learns_late()
    {
        SegmentFetcher fetcher = Make(new FetchOptions());
        TakeAll(fetcher, Instant.Zero);
        fetcher.HandleData(MakeSegment(0, null), 0, Instant.Zero);
        Assert.Equal(8, TakeAll(fetcher, Instant.Zero).Count);
        fetcher.HandleData(MakeSegment(2, 2), 0, Instant.Zero);
        Assert.Equal(1, fetcher.Outstanding);
        Assert.Empty(TakeAll(fetcher, Instant.Zero));
        fetcher.HandleData(MakeSegment(1, null), 0, Instant.Zero);
        Assert.True(fetcher.IsCompleted);
        Assert.Equal(0, fetcher.Outstanding);
        Assert.Equal(0UL, fetcher.Progress.Timeouts);
    }

    [Fact]
    public void Fetcher_stops_asking_while_segments_are_not_taken_and_does_not_call_that_a_stall()
    {
        SegmentFetcher fetcher = Make(new FetchOptions { LastSegment = 100, ReorderSegmentsMax = 4 });
        Assert.Equal(4, TakeAll(fetcher, Instant.Zero).Count);
        for (ulong segment = 0; segment < 4; segment++)
        {
            fetcher.HandleData(MakeSegment(segment, 100), 0, Instant.Zero);
        }

        Assert.Empty(TakeAll(fetcher, Instant.Zero));
        Assert.Equal(Instant.Never, fetcher.NextTimeout);
        Instant later = Instant.FromMilliseconds(3_600_000);
        fetcher.HandleTimeout(later);
        Assert.True(fetcher.TryTakeSegment(out _));
        Assert.Single(TakeAll(fetcher, later));
        fetcher.HandleTimeout(later);
        Assert.Null(fetcher.Error);
    }

    private static TwoEndedWire Publish(byte[] content, WireFaults faults, ulong seed = 1)
    {
        var wire = new TwoEndedWire(seed, faults);
        wire.Serve(Object);
        Assert.Equal(PublishStatus.Published, wire.Store.Publish(Object, 7, content, Fetch.Plain));
        return wire;
    }

    private static void AssertComplete(Fetch fetch, byte[] content)
    {
        Assert.Null(fetch.Fetcher.Error?.Message);
        Assert.True(fetch.Fetcher.IsCompleted, "the fetch did not end");
        Assert.True(fetch.StayedInWindow, "more than the window was outstanding");
        Assert.Equal(content.Length, fetch.Content.Length);
        Assert.True(content.AsSpan().SequenceEqual(fetch.Content), "the content differs");
        Assert.Contains(fetch.Events, e => e.Kind == FetchEventKind.Completed);
        AssertNothingLeft(fetch.Wire);
    }

    private static void AssertNothingLeft(TwoEndedWire wire)
    {
        wire.Run(() => false, TimeSpan.FromMinutes(10));
        Assert.Equal(0, wire.Consumer.PendingCount);
        Assert.Equal(0, wire.Consumer.FetcherCount);
        Assert.Equal(0, wire.Producer.IncomingCount);
        Assert.Equal(0, wire.Store.JobCount);
        Assert.Equal(0, wire.Pool.Outstanding);
        Assert.Equal(Instant.Never, wire.Consumer.NextTimeout);
    }

    private static SegmentFetcher Make(FetchOptions options) =>
        new(Versioned, options, new XoshiroRandomSource(3), Instant.Zero);

    private static List<SegmentRequest> TakeAll(SegmentFetcher fetcher, Instant now)
    {
        List<SegmentRequest> requests = [];
        while (fetcher.TryTakeRequest(now, out SegmentRequest request))
        {
            requests.Add(request);
        }

        return requests;
    }

    private static Data MakeSegment(ulong segment, ulong? last)
    {
        NameComponent? final = last is { } number ? NameComponent.Segment(number) : null;
        return Data.Create(
            Versioned.Append(NameComponent.Segment(segment)), new byte[10], DigestSha256Signer.Instance, finalBlockId: final);
    }
}
