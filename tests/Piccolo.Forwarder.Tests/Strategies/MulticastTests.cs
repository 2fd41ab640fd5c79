using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Strategies;

public class MulticastTests
{
    private readonly TestNode _node = new();
    private readonly FaceId _consumer;
    private uint _nonce;

    public MulticastTests()
    {
        _consumer = _node.AddFace();
        _node.Core.SetStrategy(Name.Parse("/a"), StrategyRegistry.Multicast);
    }

    [Fact]
    public void Multicast_goes_to_every_eligible_nexthop()
    {
        FaceId one = _node.AddFace();
        FaceId two = _node.AddFace();
        _node.Route("/a", one);
        _node.Route("/a", two, 7);
        _node.Route("/a", _consumer);

        Assert.Equal([one, two], Send());
    }

    [Fact]
    public void Multicast_without_nexthop_waits_in_silence()
    {
        Assert.Empty(_node.Receive(_consumer, Wire.Interest("/a", 1)));
        Assert.Equal(1, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Multicast_nexthop_added_later_gets_the_pending_interest()
    {
        _node.Receive(_consumer, Wire.Interest("/a/b", 1));
        _node.Receive(_consumer, Wire.Interest("/c", 2));
        FaceId late = _node.AddFace();
        _node.Route("/a", late);

        Assert.Equal([$"{late}:I /a/b"], _node.Take().Select(s => s.ToString()));
    }

    [Fact]
    public void Multicast_nexthop_of_a_shorter_prefix_is_no_news_below_another_fib_entry()
    {
        _node.Route("/a/b", _node.AddFace());
        _node.Receive(_consumer, Wire.Interest("/a/b/c", 1));
        _node.Route("/a", _node.AddFace());

        Assert.Empty(_node.Take());
    }

    [Fact]
    public void Multicast_new_nexthop_that_is_the_only_downstream_gets_nothing()
    {
        _node.Receive(_consumer, Wire.Interest("/a/b", 1));
        _node.Route("/a", _consumer);

        Assert.Empty(_node.Take());
    }

    [Fact]
    public void Multicast_changed_cost_is_no_new_nexthop()
    {
        FaceId face = _node.AddFace();
        _node.Route("/a", face);
        Send();
        _node.Advance(500);
        _node.Route("/a", face, 9);

        Assert.Empty(_node.Take());
    }

    [Fact]
    public void Multicast_suppresses_for_each_upstream_by_itself()
    {
        FaceId one = _node.AddFace();
        _node.Route("/a", one);
        Send();
        _node.Advance(5);
        FaceId two = _node.AddFace();
        _node.Route("/a", two);
        Assert.Equal([two], _node.Take().Select(s => s.Face));
        _node.Advance(5);
        Assert.Equal([one], Send());
        _node.Advance(5);
        Assert.Equal([two], Send());
        _node.Advance(14.9);
        Assert.Empty(Send());
        _node.Advance(0.1);
        Assert.Equal([one], Send());
    }

    [Fact]
    public void Multicast_ignores_nacks()
    {
        FaceId one = _node.AddFace();
        FaceId two = _node.AddFace();
        _node.Route("/a", one);
        _node.Route("/a", two);
        _node.Receive(_consumer, Wire.Interest("/a", 1));

        Assert.Empty(_node.ReceiveNack(one, Wire.Interest("/a", 1), NackReason.NoRoute));
        Assert.Equal([_consumer], _node.Receive(two, Wire.Data("/a")).Select(s => s.Face));
    }

    private FaceId[] Send() => [.. _node.Receive(_consumer, Wire.Interest("/a", ++_nonce)).Select(s => s.Face)];
}
