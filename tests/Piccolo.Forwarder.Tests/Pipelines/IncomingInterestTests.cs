using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class IncomingInterestTests
{
    private readonly TestNode _node = new();

    [Fact]
    public void Interest_with_route_is_forwarded_unchanged_to_the_nexthop()
    {
        FaceId consumer = _node.AddFace();
        FaceId producer = _node.AddFace();
        _node.Route("/a", producer);
        byte[] packet = Wire.Interest("/a/b", 0x01020304, canBePrefix: true, mustBeFresh: true, lifetimeMs: 900);

        Sent sent = Assert.Single(_node.Receive(consumer, packet));

        Assert.Equal(producer, sent.Face);
        Assert.Equal(packet, sent.Packet);
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Interest_without_nonce_gets_one_and_keeps_the_rest()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddFace());

        Sent sent = Assert.Single(_node.Receive(consumer, Wire.Interest("/a", null, lifetimeMs: 700, hopLimit: 9)));

        Assert.Equal(Wire.Interest("/a", sent.Nonce, lifetimeMs: 700, hopLimit: 8), sent.Packet);
    }

    [Fact]
    public void Interest_with_hop_limit_0_is_dropped_and_counted()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddApp());

        Assert.Empty(_node.Receive(consumer, Wire.Interest("/a", 1, hopLimit: 0)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.HopLimitZero));
        Assert.Equal(0, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Interest_hop_limit_is_counted_down_by_one()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddFace());

        Assert.Equal((byte)4, Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 1, hopLimit: 5))).HopLimit);
    }

    [Fact]
    public void Interest_for_localhost_from_another_host_is_dropped()
    {
        FaceId remote = _node.AddFace();
        _node.Route("/localhost", _node.AddApp());

        Assert.Empty(_node.Receive(remote, Wire.Interest("/localhost/x", 1)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.ScopeViolation));
    }

    [Fact]
    public void Interest_for_localhost_from_this_host_is_forwarded()
    {
        FaceId app = _node.AddApp();
        FaceId other = _node.AddApp();
        _node.Route("/localhost", other);

        Assert.Equal(other, Assert.Single(_node.Receive(app, Wire.Interest("/localhost/x", 1))).Face);
    }

    [Fact]
    public void Interest_with_nonce_of_another_in_record_is_refused_as_duplicate()
    {
        FaceId first = _node.AddFace();
        FaceId second = _node.AddFace();
        _node.Route("/a", _node.AddFace());
        _node.Receive(first, Wire.Interest("/a", 7));

        Sent sent = Assert.Single(_node.Receive(second, Wire.Interest("/a", 7)));

        Assert.Equal($"{second}:N /a Duplicate", sent.ToString());
        Assert.Equal(1UL, _node.Core.Counters.LoopedInterests);
    }

    [Fact]
    public void Interest_that_comes_back_from_its_upstream_is_refused_as_duplicate()
    {
        FaceId consumer = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(consumer, Wire.Interest("/a", 7));

        Assert.Equal($"{upstream}:N /a Duplicate", Assert.Single(_node.Receive(upstream, Wire.Interest("/a", 7))).ToString());
    }

    [Fact]
    public void Interest_same_nonce_same_point_to_point_face_is_a_retransmission()
    {
        FaceId consumer = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(consumer, Wire.Interest("/a", 7));
        _node.Advance(20);

        Assert.Equal($"{upstream}:I /a", Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 7))).ToString());
    }

    [Fact]
    public void Interest_that_circles_with_one_nonce_ends_with_its_lifetime()
    {
        int forwarded = Circle(turns: 100, nonces: 1);

        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.InRange(forwarded, 1, 2 * 4 * 5);
        Assert.NotEqual(0UL, _node.Core.Counters.LoopedInterests);
    }

    [Fact]
    public void Interests_of_one_name_that_circle_by_turns_end_with_their_lifetime()
    {
        int forwarded = Circle(turns: 20, nonces: 2);

        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.InRange(forwarded, 2, 5);
    }

    [Theory]
    [InlineData(LinkType.MultiAccess)]
    [InlineData(LinkType.AdHoc)]
    public void Interest_same_nonce_same_shared_face_is_a_loop_and_dropped_without_nack(LinkType type)
    {
        FaceId shared = _node.AddFace(type: type);
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(shared, Wire.Interest("/a", 7));
        _node.Advance(20);

        Assert.Empty(_node.Receive(shared, Wire.Interest("/a", 7)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.LoopOnSharedLink));
    }

    [Fact]
    public void Interest_loop_nack_carries_the_pit_token_and_leaves_the_pit_alone()
    {
        FaceId first = _node.AddFace();
        FaceId second = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(first, Wire.Interest("/a", 7));

        Assert.Equal("c0ffee", Assert.Single(_node.Receive(second, Wire.Interest("/a", 7), token: "c0ffee")).Token);
        Assert.Equal([$"{first}:D /a"], _node.Receive(upstream, Wire.Data("/a")).Select(s => s.ToString()));
    }

    [Fact]
    public void Interest_selectors_are_part_of_the_pit_key_and_the_hint_is_not()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddFace());
        _node.Route("/region", _node.AddFace());
        uint nonce = 0;
        foreach (bool canBePrefix in new[] { false, true })
        {
            foreach (bool mustBeFresh in new[] { false, true })
            {
                _node.Receive(consumer, Wire.Interest("/a", ++nonce, canBePrefix, mustBeFresh));
            }
        }

        _node.Receive(consumer, Wire.Interest("/a", ++nonce, hint: ["/region"]));

        Assert.Equal(4, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Interest_of_second_face_within_the_interval_is_aggregated()
    {
        FaceId first = _node.AddFace();
        FaceId second = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(first, Wire.Interest("/a", 1));

        Assert.Empty(_node.Receive(second, Wire.Interest("/a", 2)));
        Assert.Equal(2, _node.Receive(upstream, Wire.Data("/a")).Count);
    }

    [Fact]
    public void Interest_with_hint_in_our_region_loses_the_hint()
    {
        _node.Core.SetNetworkRegions([Name.Parse("/region/site")]);
        FaceId consumer = _node.AddFace();
        FaceId byName = _node.AddFace();
        _node.Route("/a", byName);
        _node.Route("/region", _node.AddFace());

        Sent sent = Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 1, lifetimeMs: 50, hint: ["/other", "/region"])));

        Assert.Equal(byName, sent.Face);
        Assert.Equal(Wire.Interest("/a", 1, lifetimeMs: 50), sent.Packet);
    }

    [Fact]
    public void Interest_with_hint_goes_to_the_first_delegation_that_has_nexthops()
    {
        FaceId consumer = _node.AddFace();
        FaceId second = _node.AddFace();
        _node.Route("/a", _node.AddFace());
        _node.Route("/two", second);
        _node.Route("/three", _node.AddFace());
        byte[] packet = Wire.Interest("/a", 1, hint: ["/one", "/two/x", "/three"]);

        Sent sent = Assert.Single(_node.Receive(consumer, packet));

        Assert.Equal(second, sent.Face);
        Assert.Equal(packet, sent.Packet);
    }

    [Fact]
    public void Interest_with_hint_nobody_routes_is_refused_although_its_name_has_a_route()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddFace());

        Assert.Equal(
            $"{consumer}:N /a NoRoute", Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 1, hint: ["/one"]))).ToString());
    }

    [Fact]
    public void Interest_with_next_hop_face_id_goes_there_without_asking_the_fib()
    {
        FaceId app = _node.AddFace(LinkScope.Local, allowLocalFields: true);
        FaceId chosen = _node.AddFace();
        _node.Route("/a", _node.AddFace());

        Assert.Equal(chosen, Assert.Single(_node.Receive(app, Wire.Interest("/a", 1), nextHop: chosen)).Face);
    }

    [Fact]
    public void Interest_with_unknown_next_hop_face_id_waits_in_silence()
    {
        FaceId app = _node.AddFace(LinkScope.Local, allowLocalFields: true);
        _node.Route("/a", _node.AddFace());

        Assert.Empty(_node.Receive(app, Wire.Interest("/a", 1), nextHop: new FaceId(9999)));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Interest_expires_after_its_lifetime_and_the_latest_downstream_counts()
    {
        FaceId first = _node.AddFace();
        FaceId second = _node.AddFace();
        _node.Route("/a", _node.AddFace());
        _node.Receive(first, Wire.Interest("/a", 1, lifetimeMs: 100));
        _node.Receive(second, Wire.Interest("/a", 2, lifetimeMs: 300));

        _node.Advance(299);
        Assert.Equal(1, _node.Core.PitEntryCount);
        _node.Advance(1);
        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.Equal(1UL, _node.Core.Counters.UnsatisfiedInterests);
    }

    [Fact]
    public void Interest_without_lifetime_waits_4_seconds()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddFace());
        _node.Receive(consumer, Wire.Interest("/a", 1));

        _node.Advance(3999);
        Assert.Equal(1, _node.Core.PitEntryCount);
        _node.Advance(1);
        Assert.Equal(0, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Interest_congestion_mark_is_passed_on()
    {
        FaceId consumer = _node.AddFace();
        _node.Route("/a", _node.AddFace());

        Assert.Equal(1UL, Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 1), mark: 1)).Headers.CongestionMark);
        Assert.Equal(0UL, Assert.Single(_node.Receive(consumer, Wire.Interest("/a/2", 2))).Headers.CongestionMark);
    }

    [Fact]
    public void Interest_sent_upstream_carries_no_pit_token_and_names_its_face_to_those_who_may_know()
    {
        FaceId consumer = _node.AddFace();
        FaceId app = _node.AddFace(LinkScope.Local, allowLocalFields: true);
        _node.Route("/a", app);

        Sent sent = Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 1), token: "0102"));

        Assert.Equal("", sent.Token);
        Assert.Equal(consumer.Value, sent.Headers.IncomingFaceId);
    }

    [Fact]
    public void Interest_that_does_not_decode_is_dropped_and_counted()
    {
        FaceId consumer = _node.AddFace();

        _node.Receive(consumer, [0x05, 0x02, 0x07, 0x00]);
        _node.Receive(consumer, [0x05, 0x09, 0x07]);

        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.MalformedPacket));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.MalformedFrame));
    }

    /// <summary>Receives an Interest every 300 ms over the same face, with so many Nonces by turns.</summary>
    /// <returns>How often it was forwarded.</returns>
    private int Circle(int turns, int nonces)
    {
        FaceId downstream = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        int forwarded = 0;
        for (int turn = 0; turn < turns; turn++)
        {
            foreach (Sent sent in _node.Receive(downstream, Wire.Interest("/a", (uint)(turn % nonces), lifetimeMs: 1000)))
            {
                forwarded += sent.ToString() == $"{upstream}:I /a" ? 1 : 0;
            }

            _node.Advance(300);
        }

        return forwarded;
    }
}
