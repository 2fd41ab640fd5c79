using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Tests.Objects;

public sealed class SegmentStoreTests
{
    private static readonly Name Object = Name.Parse("/o");
    private static readonly PublishOptions Deferred = new()
    {
        SignatureInfo = new SignatureInfo { Type = SignatureType.DigestSha256 },
        SignatureOctetsMax = 32,
    };

    private readonly SegmentStore _store = new(new SegmentStoreOptions { UnixTimeAtZeroMs = 1000 });

    [Fact]
    public void Store_answers_segments_that_exist_and_no_others()
    {
        byte[] content = Fetch.MakeContent(20_000, 1);
        _store.Publish(Object, 5, content, Fetch.Plain);
        byte[] joined = [];
        for (ulong segment = 0; segment < 3; segment++)
        {
            Data data = Ask(new Interest { Name = Name.Parse($"/o/v=5/seg={segment}") })!;
            Assert.Equal(NameComponent.Segment(2), data.FinalBlockId);
            Assert.InRange(data.Wire.Length, 1, PacketLimits.MaxPacketOctets);
            joined = [.. joined, .. data.Content.Span];
        }

        Assert.Equal(content, joined);
        Assert.Null(Ask(new Interest { Name = Name.Parse("/o/v=5/seg=3") }));
        Assert.Null(Ask(new Interest { Name = Name.Parse("/o/v=6/seg=0") }));
        Assert.Null(Ask(new Interest { Name = Name.Parse("/o/v=5") }));
        Assert.Null(Ask(new Interest { Name = Name.Parse("/o/v=5/50=%00%00") }));
        Assert.Null(Ask(new Interest { Name = Name.Parse("/o/v=5/50=%00%00%00") }));
        Assert.Equal(5UL, _store.Counters.NotFound);
    }

    [Fact]
    public void Store_finds_the_newest_version_in_whatever_order_they_came()
    {
        _store.Publish(Object, 5, new byte[] { 5 }, Fetch.Plain);
        _store.Publish(Object, 9, new byte[] { 9 }, Fetch.Plain);
        _store.Publish(Object, 7, new byte[] { 7 }, Fetch.Plain);
        Assert.Equal(PublishStatus.AlreadyPublished, _store.Publish(Object, 7, default, Fetch.Plain));
        Data newest = Ask(new Interest { Name = Object, CanBePrefix = true, MustBeFresh = true })!;
        Assert.Equal(Name.Parse("/o/v=9/seg=0"), newest.Name);
        Assert.True(newest.FreshnessPeriodMs > 0);
        Assert.Equal(Name.Parse("/o/v=5/seg=0"), Ask(new Interest { Name = Name.Parse("/o/v=5"), CanBePrefix = true })!.Name);
        Assert.True(_store.Withdraw(Name.Parse("/o/v=9")));
        Assert.False(_store.Withdraw(Name.Parse("/o/v=9")));
        Assert.Equal(Name.Parse("/o/v=7/seg=0"), Ask(new Interest { Name = Object, CanBePrefix = true })!.Name);
        Assert.Equal((Name.Parse("/o/v=7"), 0UL), _store.Newest(Object));
    }

    [Fact]
    public void Store_answers_metadata_of_the_newest_version_with_growing_versions()
    {
        _store.Publish(Object, 5, new byte[] { 5 }, Fetch.Plain);
        Data first = Ask(RdrMetadata.DiscoveryInterest(Object))!;
        Assert.Equal(TlvStatus.Ok, RdrMetadata.TryParse(first, out RdrMetadata? metadata));
        Assert.Equal(Name.Parse("/o/v=5"), metadata!.VersionedName);
        Assert.Equal(first.Name, Ask(RdrMetadata.DiscoveryInterest(Object))!.Name);
        _store.Publish(Object, 6, new byte[] { 6 }, Fetch.Plain);
        Data second = Ask(RdrMetadata.DiscoveryInterest(Object))!;
        RdrMetadata.TryParse(second, out metadata);
        Assert.Equal(Name.Parse("/o/v=6"), metadata!.VersionedName);
        Assert.True(second.Name > first.Name);
        Data third = Ask(RdrMetadata.DiscoveryInterest(Object), Instant.FromMilliseconds(1000))!;
        Assert.True(third.Name > second.Name);
    }

    [Fact]
    public void Store_answers_an_implicit_digest_only_with_that_packet()
    {
        _store.Publish(Object, 5, new byte[] { 5 }, Fetch.Plain);
        Data data = Ask(new Interest { Name = Name.Parse("/o/v=5/seg=0") })!;
        Assert.NotNull(Ask(new Interest { Name = data.FullName }));
        Assert.Null(Ask(new Interest { Name = data.Name.Append(NameComponent.ImplicitDigest(new byte[32])) }));
    }

    [Fact]
    public void Store_asks_for_signatures_and_answers_all_who_wait()
    {
        _store.Publish(Object, 5, new byte[] { 5 }, Deferred);
        var interest = new Interest { Name = Name.Parse("/o/v=5/seg=0") };
        Assert.Equal(StoreLookup.Waiting, _store.HandleInterest(1, interest, Instant.Zero));
        Assert.Equal(StoreLookup.Waiting, _store.HandleInterest(2, interest, Instant.Zero));
        Assert.True(_store.TryTakeEvent(out StoreEvent needed));
        Assert.Equal(StoreEventKind.SignatureNeeded, needed.Kind);
        Assert.False(_store.TryTakeEvent(out _));
        byte[] signature = new byte[32];
        DigestSha256Signer.Instance.Sign(needed.Unsigned!.SignedPortion.Span, signature);
        _store.HandleSigned(needed.JobId, signature, Instant.Zero);
        Assert.True(_store.TryTakeAnswer(out StoreAnswer first));
        Assert.True(_store.TryTakeAnswer(out StoreAnswer second));
        Assert.Equal((1UL, 2UL), (first.ReplyToken, second.ReplyToken));
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(first.Data.Span, out Data? data));
        Assert.True(DigestSha256Verifier.Instance.Verify(
            data!.SignatureInfo.Type, data.SignedPortion.Span, data.SignatureValue.Span));
        _store.HandleSigned(needed.JobId, signature, Instant.Zero);
        Assert.Equal(1UL, _store.Counters.BadOutcomes);
        Assert.Equal(0, _store.JobCount);
    }

    [Fact]
    public void Store_asks_for_the_content_of_a_lazy_object_segment_by_segment()
    {
        byte[] content = Fetch.MakeContent(10_000, 2);
        Assert.Equal(PublishStatus.Published, _store.PublishLazily(Object, 1, 10_000, Fetch.Plain));
        Assert.Equal(0, _store.RetainedOctets);
        Assert.Equal(StoreLookup.Waiting, _store.HandleInterest(1, new Interest { Name = Name.Parse("/o/v=1/seg=1") }, default));
        Assert.True(_store.TryTakeEvent(out StoreEvent needed));
        Assert.Equal((StoreEventKind.ContentNeeded, 8000UL, 2000), (needed.Kind, needed.Offset, needed.Length));
        _store.HandleContent(needed.JobId, content.AsSpan(8000, 1999), default);
        Assert.Equal(1UL, _store.Counters.BadOutcomes);
        _store.HandleContent(needed.JobId, content.AsSpan(8000), default);
        Assert.True(_store.TryTakeAnswer(out StoreAnswer answer));
        Data.TryDecode(answer.Data.Span, out Data? data);
        Assert.Equal(content[8000..], data!.Content.ToArray());
    }

    [Fact]
    public void Store_forgets_jobs_that_failed()
    {
        _store.PublishLazily(Object, 1, 10, Fetch.Plain);
        _store.HandleInterest(1, new Interest { Name = Name.Parse("/o/v=1/seg=0") }, default);
        Assert.True(_store.TryTakeEvent(out StoreEvent needed));
        _store.HandleFailed(needed.JobId);
        Assert.Equal((0, 1UL), (_store.JobCount, _store.Counters.Unanswered));
        Assert.False(_store.TryTakeAnswer(out _));
    }

    [Fact]
    public void Store_evicts_what_was_longest_not_asked_for_but_nothing_pinned()
    {
        var store = new SegmentStore(new SegmentStoreOptions { RetainedOctetsMax = 300 });
        store.Publish(Name.Parse("/pinned"), 1, new byte[100], Fetch.Plain with { IsPinned = true });
        store.Publish(Name.Parse("/x"), 1, new byte[100], Fetch.Plain);
        store.Publish(Name.Parse("/y"), 1, new byte[100], Fetch.Plain);
        store.HandleInterest(1, new Interest { Name = Name.Parse("/x/v=1/seg=0") }, default);
        Assert.Equal(PublishStatus.Published, store.Publish(Name.Parse("/z"), 1, new byte[100], Fetch.Plain));
        Assert.True(store.TryTakeEvent(out StoreEvent evicted));
        Assert.Equal((StoreEventKind.Evicted, Name.Parse("/y/v=1")), (evicted.Kind, evicted.Name));
        Assert.Equal(300, store.RetainedOctets);
        Assert.Equal(PublishStatus.NoRoom, store.Publish(Name.Parse("/w"), 1, new byte[201], Fetch.Plain));
    }

    [Fact]
    public void Store_keeps_signed_packets_within_its_limit()
    {
        var store = new SegmentStore(new SegmentStoreOptions { SignedOctetsMax = 20_000 });
        store.Publish(Object, 1, new byte[100_000], Fetch.Plain);
        for (int segment = 0; segment < 12; segment++)
        {
            store.HandleInterest(1, new Interest { Name = Name.Parse($"/o/v=1/seg={segment}") }, default);
            Assert.True(store.TryTakeAnswer(out _));
            Assert.InRange(store.SignedOctets, 1, 20_000);
        }

        store.HandleInterest(1, new Interest { Name = Name.Parse("/o/v=1/seg=11") }, default);
        Assert.Equal(12UL, store.Counters.PacketsMade);
        store.HandleInterest(1, new Interest { Name = Name.Parse("/o/v=1/seg=0") }, default);
        Assert.Equal(13UL, store.Counters.PacketsMade);
        store.Withdraw(Name.Parse("/o/v=1"));
        Assert.Equal(0, store.SignedOctets);
    }

    [Fact]
    public void Store_turns_away_more_than_it_may_have_under_way()
    {
        var store = new SegmentStore(new SegmentStoreOptions { JobsMax = 1, WaitersPerJobMax = 1 });
        store.Publish(Object, 1, new byte[20_000], Deferred);
        var first = new Interest { Name = Name.Parse("/o/v=1/seg=0") };
        Assert.Equal(StoreLookup.Waiting, store.HandleInterest(1, first, default));
        Assert.Equal(StoreLookup.Busy, store.HandleInterest(2, first, default));
        Assert.Equal(StoreLookup.Busy, store.HandleInterest(3, new Interest { Name = Name.Parse("/o/v=1/seg=1") }, default));
    }

    [Fact]
    public void Store_cuts_smaller_where_the_name_is_long_and_refuses_where_nothing_is_left()
    {
        Name longName = Object.Append(new string('x', 2000));
        _store.Publish(longName, 1, new byte[20_000], Fetch.Plain);
        Data data = Ask(new Interest { Name = longName, CanBePrefix = true })!;
        Assert.InRange(data.Wire.Length, 8700, PacketLimits.MaxPacketOctets);
        Assert.Equal(PublishStatus.NameTooLong, _store.Publish(Object.Append(new string('x', 8780)), 1, default, Fetch.Plain));
    }

    private Data? Ask(Interest interest, Instant now = default)
    {
        StoreLookup lookup = _store.HandleInterest(77, interest, now);
        bool hasAnswer = _store.TryTakeAnswer(out StoreAnswer answer);
        Assert.Equal(lookup == StoreLookup.Answered, hasAnswer);
        if (!hasAnswer)
        {
            return null;
        }

        Assert.Equal(77UL, answer.ReplyToken);
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(answer.Data.Span, out Data? data));
        Assert.True(interest.Matches(data!));
        return data;
    }
}
