using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Strategies;

public class BestRouteTests
{
    private readonly TestNode _node = new();
    private readonly FaceId _consumer;
    private readonly FaceId _cheap;
    private readonly FaceId _dear;
    private uint _nonce;

    public BestRouteTests()
    {
        _consumer = _node.AddFace();
        _cheap = _node.AddFace();
        _dear = _node.AddFace();
        _node.Route("/a", _dear, 20);
        _node.Route("/a", _cheap, 10);
    }

    [Fact]
    public void BestRoute_new_interest_goes_to_the_cheapest()
    {
        Assert.Equal([_cheap], Send());
    }

    [Fact]
    public void BestRoute_equal_cost_goes_to_the_lower_face_number()
    {
        _node.Route("/a", _dear, 10);
        Assert.Equal([_cheap], Send());
    }

    [Fact]
    public void BestRoute_cost_can_change()
    {
        _node.Route("/a", _dear, 5);
        Assert.Equal([_dear], Send());
    }

    [Fact]
    public void BestRoute_retransmission_within_10_ms_is_suppressed()
    {
        Send();
        _node.Advance(9.9);
        Assert.Empty(Send());
        _node.Advance(0.1);
        Assert.Equal([_dear], Send());
        Assert.Equal(1UL, _node.Core.Counters.SuppressedInterests);
    }

    [Fact]
    public void BestRoute_suppression_interval_doubles_up_to_250_ms()
    {
        Send();
        foreach (double interval in new[] { 10, 20, 40, 80, 160, 250, 250 })
        {
            _node.Advance(interval - 0.01);
            Assert.Empty(Send());
            _node.Advance(0.01);
            Assert.Single(Send());
        }
    }

    [Fact]
    public void BestRoute_retransmission_when_all_are_used_takes_the_earliest()
    {
        Assert.Equal([_cheap], Send());
        _node.Advance(10);
        Assert.Equal([_dear], Send());
        _node.Advance(20);
        Assert.Equal([_cheap], Send());
        _node.Advance(40);
        Assert.Equal([_dear], Send());
    }

    [Fact]
    public void BestRoute_other_consumers_interest_counts_as_retransmission()
    {
        FaceId other = _node.AddFace();
        Send();
        _node.Advance(5);
        Assert.Empty(_node.Receive(other, Wire.Interest("/a", ++_nonce)));
        _node.Advance(5);
        Assert.Equal([_dear], _node.Receive(other, Wire.Interest("/a", ++_nonce)).Select(s => s.Face));
    }

    [Fact]
    public void BestRoute_used_nexthop_with_expired_out_record_is_free_again()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 100, lifetimeMs: 15));
        _node.Advance(12);
        Assert.Equal([_dear], Send());
        _node.Advance(20);
        Assert.Equal([_cheap], Send());
    }

    [Fact]
    public void BestRoute_without_nexthop_refuses_and_drops_the_entry()
    {
        Sent sent = Assert.Single(_node.Receive(_consumer, Wire.Interest("/none", 1), token: "09"));

        Assert.Equal($"{_consumer}:N /none NoRoute", sent.ToString());
        Assert.Equal("09", sent.Token);
        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.Equal(0, _node.Core.DeadNonceCount);
    }

    [Fact]
    public void BestRoute_suppression_parameters_are_taken_from_the_strategy_name()
    {
        Name strategy = StrategyRegistry.BestRoute.Append("retx-suppression-initial~40")
            .Append("retx-suppression-multiplier~1.5").Append("retx-suppression-max~100");
        Assert.Equal(StrategyChoiceStatus.Ok, _node.Core.SetStrategy(Name.Parse("/a"), strategy));

        Send();
        foreach (double interval in new[] { 40, 60, 90, 100, 100 })
        {
            _node.Advance(interval - 0.01);
            Assert.Empty(Send());
            _node.Advance(0.01);
            Assert.Single(Send());
        }
    }

    [Fact]
    public void BestRoute_sends_again_as_new_after_every_upstream_refused()
    {
        FaceId other = _node.AddFace();
        _node.Receive(other, Wire.Interest("/a", 50, canBePrefix: true));
        _node.ReceiveNack(_cheap, Wire.Interest("/a", 50, canBePrefix: true), NackReason.NoRoute);

        Assert.Equal([_cheap], _node.Receive(other, Wire.Interest("/a", 51, canBePrefix: true)).Select(s => s.Face));
    }

    private FaceId[] Send() =>
        [.. _node.Receive(_consumer, Wire.Interest("/a", ++_nonce)).Where(s => s.Kind == 'I').Select(s => s.Face)];
}
