using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class IncomingDataTests
{
    private readonly TestNode _node = new();
    private readonly FaceId _consumer;
    private readonly FaceId _other;
    private readonly FaceId _upstream;

    public IncomingDataTests()
    {
        _consumer = _node.AddFace();
        _other = _node.AddFace();
        _upstream = _node.AddFace();
        _node.Route("/a", _upstream);
    }

    [Fact]
    public void Data_goes_to_every_waiting_face_with_that_faces_token_and_ends_the_entry()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1), token: "11");
        _node.Receive(_other, Wire.Interest("/a", 2), token: "2222222222222222222222222222222222222222222222222222222222222222");
        byte[] data = Wire.Data("/a");

        List<Sent> sent = _node.Receive(_upstream, data);

        Assert.Equal(2, sent.Count);
        Assert.Equal("11", sent.Single(s => s.Face == _consumer).Token);
        Assert.Equal(64, sent.Single(s => s.Face == _other).Token.Length);
        Assert.All(sent, s => Assert.Equal(data, s.Packet));
        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.Equal(0, _node.Core.PitRecordCount);
        Assert.Equal(1UL, _node.Core.Counters.SatisfiedInterests);
    }

    [Fact]
    public void Data_for_several_entries_goes_once_to_a_face_and_keeps_tokens()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1, canBePrefix: true), token: "aa");
        _node.Receive(_consumer, Wire.Interest("/a/b", 2));
        _node.Receive(_other, Wire.Interest("/a/b", 3, mustBeFresh: true), token: "bb");
        _node.Receive(_other, Wire.Interest("/a/b", 4, canBePrefix: true), token: "cc");

        List<Sent> sent = _node.Receive(_upstream, Wire.Data("/a/b"));

        Assert.Equal(["aa"], sent.Where(s => s.Face == _consumer).Select(s => s.Token).Where(t => t.Length > 0));
        Assert.Equal(["bb", "cc"], sent.Where(s => s.Face == _other).Select(s => s.Token).Order());
        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.Equal(4UL, _node.Core.Counters.SatisfiedInterests);
    }

    [Fact]
    public void Data_of_a_longer_name_satisfies_only_interests_that_can_be_prefix()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(_other, Wire.Interest("/a", 2, canBePrefix: true));

        Assert.Equal([_other], _node.Receive(_upstream, Wire.Data("/a/b/c")).Select(s => s.Face));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Data_satisfies_an_interest_for_its_full_name_and_for_no_other_digest()
    {
        byte[] data = Wire.Data("/a/b", content: "right");
        _node.Receive(_consumer, Wire.Interest(Wire.FullName("/a/b", data), 1));
        _node.Receive(_other, Wire.Interest(Wire.FullName("/a/b", Wire.Data("/a/b", content: "wrong")), 2));

        Assert.Equal([_consumer], _node.Receive(_upstream, data).Select(s => s.Face));
    }

    [Fact]
    public void Data_that_is_stale_at_once_still_satisfies_a_waiting_must_be_fresh()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1, mustBeFresh: true));

        Assert.Equal([_consumer], _node.Receive(_upstream, Wire.Data("/a")).Select(s => s.Face));
    }

    [Fact]
    public void Data_for_localhost_from_another_host_is_dropped()
    {
        FaceId app = _node.AddApp();
        _node.Route("/localhost/a", _node.AddApp());
        _node.Receive(app, Wire.Interest("/localhost/a", 1));

        Assert.Empty(_node.Receive(_upstream, Wire.Data("/localhost/a")));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.ScopeViolation));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Data_nobody_asked_for_is_dropped_and_not_cached()
    {
        Assert.Empty(_node.Receive(_upstream, Wire.Data("/a", freshnessMs: 1000)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.UnsolicitedData));
        Assert.Equal(0, _node.Core.ContentStoreEntryCount);
    }

    [Fact]
    public void Data_from_a_face_that_was_not_asked_is_accepted()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));

        Assert.Equal([_consumer], _node.Receive(_other, Wire.Data("/a")).Select(s => s.Face));
    }

    [Fact]
    public void Data_does_not_go_back_to_the_face_it_came_from_except_ad_hoc()
    {
        FaceId radio = _node.AddFace(type: LinkType.AdHoc);
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        Assert.Empty(_node.Receive(_consumer, Wire.Data("/a")));

        _node.Receive(radio, Wire.Interest("/a/2", 2));
        Assert.Equal([radio], _node.Receive(radio, Wire.Data("/a/2")).Select(s => s.Face));
    }

    [Fact]
    public void Data_does_not_go_to_a_downstream_whose_time_is_over()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1, lifetimeMs: 50));
        _node.Receive(_other, Wire.Interest("/a", 2, lifetimeMs: 500));
        _node.Advance(100);

        Assert.Equal([_other], _node.Receive(_upstream, Wire.Data("/a")).Select(s => s.Face));
    }

    [Fact]
    public void Data_congestion_mark_is_passed_to_every_downstream()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(_other, Wire.Interest("/a", 2));

        List<Sent> sent = _node.Receive(_upstream, Wire.Data("/a"), mark: 1);

        Assert.Equal([1UL, 1UL], sent.Select(s => s.Headers.CongestionMark));
    }

    [Fact]
    public void Data_with_no_cache_is_forwarded_and_not_stored()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));

        Assert.Single(_node.ReceiveFrame(_upstream, Wire.Lp(Wire.Data("/a", 1000), new LpHeaders { NoCache = true })));
        Assert.Equal(0, _node.Core.ContentStoreEntryCount);
    }

    [Fact]
    public void Data_second_copy_is_unsolicited()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(_upstream, Wire.Data("/a"));

        Assert.Empty(_node.Receive(_upstream, Wire.Data("/a")));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.UnsolicitedData));
    }
}
