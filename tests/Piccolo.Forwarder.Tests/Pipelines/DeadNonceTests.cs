using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class DeadNonceTests
{
    private readonly TestNode _node = new();
    private readonly FaceId _consumer;
    private readonly FaceId _upstream;

    public DeadNonceTests()
    {
        _consumer = _node.AddFace();
        _upstream = _node.AddFace();
        _node.Route("/a", _upstream);
    }

    [Fact]
    public void DeadNonce_of_an_unsatisfied_interest_is_a_loop_for_six_seconds()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1, lifetimeMs: 10));
        _node.Advance(10);
        _node.Advance(5999);
        Assert.Equal(NackReason.Duplicate, Assert.Single(_node.Receive(_consumer, Wire.Interest("/a", 1))).Headers.NackReason);

        _node.Advance(1);
        Assert.Equal('I', Assert.Single(_node.Receive(_consumer, Wire.Interest("/a", 1))).Kind);
    }

    [Fact]
    public void DeadNonce_is_not_kept_when_the_cache_can_answer_a_copy()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(_upstream, Wire.Data("/a"));

        Assert.Equal(0, _node.Core.DeadNonceCount);
        Assert.Equal('D', Assert.Single(_node.Receive(_consumer, Wire.Interest("/a", 1))).Kind);
    }

    [Theory]
    [InlineData(5999, true)]
    [InlineData(6000, false)]
    public void DeadNonce_is_kept_after_must_be_fresh_and_a_freshness_below_six_seconds(ulong freshnessMs, bool isKept)
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1, mustBeFresh: true));
        _node.Receive(_upstream, Wire.Data("/a", freshnessMs));

        Assert.Equal(isKept ? 1 : 0, _node.Core.DeadNonceCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void DeadNonce_is_kept_when_the_answer_came_one_way_and_a_copy_went_another(int cache)
    {
        FaceId other = _node.AddFace();
        _node.Route("/a", other);
        _node.Core.SetStrategy(Name.Parse("/a"), StrategyRegistry.Multicast);
        _node.Core.ConfigureContentStore(cache, null, null);
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(_upstream, Wire.Data("/a"));

        Assert.Equal(NackReason.Duplicate, Assert.Single(_node.Receive(other, Wire.Interest("/a", 1))).Headers.NackReason);
    }

    [Fact]
    public void DeadNonce_is_not_kept_when_an_uncached_answer_came_the_only_way()
    {
        _node.Core.ConfigureContentStore(0, null, null);
        _node.Receive(_consumer, Wire.Interest("/a", 1));
        _node.Receive(_upstream, Wire.Data("/a"));

        Assert.Equal(0, _node.Core.DeadNonceCount);
    }

    [Fact]
    public void DeadNonce_belongs_to_the_name()
    {
        _node.Receive(_consumer, Wire.Interest("/a", 1, lifetimeMs: 10));
        _node.Advance(10);

        Assert.Equal('I', Assert.Single(_node.Receive(_consumer, Wire.Interest("/a/b", 1))).Kind);
    }

    [Fact]
    public void DeadNonce_keeps_every_nonce_that_was_sent_upstream()
    {
        FaceId second = _node.AddFace();
        _node.Route("/a", second, 5);
        _node.Receive(_consumer, Wire.Interest("/a", 1, lifetimeMs: 100));
        _node.Advance(20);
        _node.Receive(_consumer, Wire.Interest("/a", 2, lifetimeMs: 50));
        _node.Advance(200);

        Assert.Equal(2, _node.Core.DeadNonceCount);
    }
}
