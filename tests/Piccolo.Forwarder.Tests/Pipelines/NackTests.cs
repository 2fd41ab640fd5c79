using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class NackTests
{
    private readonly TestNode _node = new();
    private readonly FaceId _consumer;
    private readonly FaceId _cheap;
    private readonly FaceId _dear;

    public NackTests()
    {
        _consumer = _node.AddFace();
        _cheap = _node.AddFace();
        _dear = _node.AddFace();
        _node.Route("/a", _cheap, 1);
        _node.Route("/a", _dear, 2);
    }

    [Fact]
    public void Nack_of_the_only_upstream_is_passed_on_with_the_token_and_ends_the_entry()
    {
        byte[] interest = Wire.Interest("/a", 1);
        _node.Receive(_consumer, interest, token: "0a0b");

        Sent sent = Assert.Single(_node.ReceiveNack(_cheap, interest, NackReason.Congestion));

        Assert.Equal($"{_consumer}:N /a Congestion", sent.ToString());
        Assert.Equal("0a0b", sent.Token);
        Assert.Equal(interest, sent.Packet);
        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.Equal(1UL, _node.Core.Counters.UnsatisfiedInterests);
    }

    [Fact]
    public void Nack_waits_for_the_other_upstream_and_then_the_least_severe_reason_goes_down()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Advance(20);
        _node.Receive(_consumer, Wire.Interest("/a", 2));

        Assert.Empty(_node.ReceiveNack(_cheap, Wire.Interest("/a", 1), NackReason.Congestion));
        Sent sent = Assert.Single(_node.ReceiveNack(_dear, Wire.Interest("/a", 2), NackReason.NoRoute));

        Assert.Equal($"{_consumer}:N /a Congestion", sent.ToString());
        Assert.Equal(2u, sent.Nonce);
    }

    [Fact]
    public void Nack_goes_to_all_downstreams_each_with_its_own_interest()
    {
        FaceId second = _node.AddFace();
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(second, Wire.Interest("/a", 2, lifetimeMs: 9000));

        List<Sent> sent = _node.ReceiveNack(_cheap, Wire.Interest("/a", 1), NackReason.NoRoute);

        Assert.Equal(Wire.Interest("/a", 1), sent.Single(s => s.Face == _consumer).Packet);
        Assert.Equal(Wire.Interest("/a", 2, lifetimeMs: 9000), sent.Single(s => s.Face == second).Packet);
    }

    [Fact]
    public void Nack_when_the_one_outstanding_upstream_is_also_a_downstream_goes_to_that_face_only()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Advance(20);
        _node.Receive(_consumer, Wire.Interest("/a", 2));
        _node.Receive(_dear, Wire.Interest("/a", 3));

        List<Sent> sent = _node.ReceiveNack(_cheap, Wire.Interest("/a", 1), NackReason.Duplicate);

        Assert.Equal([$"{_dear}:N /a Duplicate"], sent.Select(s => s.ToString()));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Nack_with_an_old_nonce_is_dropped()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));

        Assert.Empty(_node.ReceiveNack(_cheap, Wire.Interest("/a", 9), NackReason.NoRoute));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.UnmatchedNack));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Nack_without_pit_entry_or_from_a_face_without_out_record_is_dropped()
    {
        _node.ReceiveNack(_cheap, Wire.Interest("/a", 1), NackReason.NoRoute);
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.ReceiveNack(_dear, Wire.Interest("/a", 1), NackReason.NoRoute);

        Assert.Equal(2UL, _node.Core.Counters.Dropped(DropReason.UnmatchedNack));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Nack_on_a_shared_link_is_dropped()
    {
        FaceId shared = _node.AddFace(type: LinkType.MultiAccess);
        _node.Route("/b", shared);
        _node.Receive(_consumer, Wire.Interest("/b", 1));

        Assert.Empty(_node.ReceiveNack(shared, Wire.Interest("/b", 1), NackReason.NoRoute));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.NackOnSharedLink));
    }

    [Fact]
    public void Nack_is_not_sent_to_a_shared_link()
    {
        FaceId shared = _node.AddFace(type: LinkType.MultiAccess);

        Assert.Empty(_node.Receive(shared, Wire.Interest("/nowhere", 1)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.NackOnSharedLink));
        Assert.Equal(0, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Nack_without_a_known_reason_is_the_most_severe()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Advance(20);
        _node.Receive(_consumer, Wire.Interest("/a", 2));
        _node.ReceiveNack(_cheap, Wire.Interest("/a", 1), NackReason.None);

        Assert.Equal(
            NackReason.NoRoute,
            Assert.Single(_node.ReceiveNack(_dear, Wire.Interest("/a", 2), NackReason.NoRoute)).Headers.NackReason);
    }

    [Fact]
    public void Nack_mark_is_cleared_when_the_upstream_is_asked_again()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Advance(20);
        _node.Receive(_consumer, Wire.Interest("/a", 2));
        _node.ReceiveNack(_cheap, Wire.Interest("/a", 1), NackReason.Congestion);
        _node.Advance(300);
        Assert.Equal(_cheap, Assert.Single(_node.Receive(_consumer, Wire.Interest("/a", 3))).Face);

        Assert.Empty(_node.ReceiveNack(_dear, Wire.Interest("/a", 2), NackReason.NoRoute));
        Assert.Equal([_consumer], _node.Receive(_cheap, Wire.Data("/a")).Select(s => s.Face));
    }
}
