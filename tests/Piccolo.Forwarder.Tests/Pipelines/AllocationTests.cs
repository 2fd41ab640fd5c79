using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

/// <summary>A warm forwarder allocates nothing for a packet.</summary>
public class AllocationTests
{
    private const int Warm = 3000;
    private const int Measured = 1000;
    private const int Rounds = 3;
    private const int Operations = Warm + (Rounds * Measured);

    private readonly TestNode _node = new(new ForwarderOptions { ContentStoreCapacity = 256, DeadNonceCapacity = 1024 });
    private readonly FaceId _consumer;
    private readonly FaceId _other;
    private readonly FaceId _upstream;
    private readonly byte[][] _interests;
    private readonly byte[][] _data;
    private Instant _now = Instant.FromMilliseconds(5000);

    public AllocationTests()
    {
        _consumer = _node.AddFace();
        _other = _node.AddFace();
        _upstream = _node.AddFace();
        _node.Route("/a", _upstream);
        _interests = new byte[Operations][];
        _data = new byte[Operations][];
        for (int index = 0; index < _interests.Length; index++)
        {
            string name = $"/a/some/where/seg={index}";
            byte[] interest = Wire.Interest(name, (uint)index, mustBeFresh: true, hopLimit: 9);
            _interests[index] = Wire.Lp(interest, new LpHeaders { PitToken = new PitToken([1, 2, 3, (byte)index]) });
            _data[index] = Wire.Data(Name.Parse(name), 1000, new byte[1000 + (index % 100)]);
        }
    }

    [Fact]
    public void Allocation_of_a_forwarded_exchange_with_cache_insertion_is_0()
    {
        Assert.Equal(0, Measure(Exchange));
    }

    [Fact]
    public void Allocation_of_a_cache_hit_is_0()
    {
        byte[] interest = Wire.Interest("/a/hit", 1);
        _node.Receive(_consumer, interest);
        _node.Receive(_upstream, Wire.Data("/a/hit", 1000));

        Assert.Equal(0, Measure(_ => Feed(_consumer, interest)));
        Assert.Equal((ulong)Operations, _node.Core.Counters.ContentStoreHits);
    }

    [Fact]
    public void Allocation_of_a_prefix_hit_is_0()
    {
        byte[] interest = Wire.Interest("/a", 1, canBePrefix: true);
        _node.Receive(_consumer, interest);
        _node.Receive(_upstream, Wire.Data("/a/hit", 1000));

        Assert.Equal(0, Measure(_ => Feed(_consumer, interest)));
    }

    [Fact]
    public void Allocation_of_refusal_and_expiry_is_0()
    {
        Assert.Equal(0, Measure(RefuseAndExpire));
    }

    [Fact]
    public void Allocation_of_a_multicast_exchange_with_aggregation_and_long_tokens_is_0()
    {
        _node.Core.SetStrategy(Name.Parse("/a"), StrategyRegistry.Multicast);
        _node.Route("/a", _node.AddFace());
        byte[] again = Wire.Lp(Wire.Interest("/a/x", 2), new LpHeaders { PitToken = new PitToken(new byte[32]) });
        byte[] first = Wire.Interest("/a/x", 1);
        byte[] answer = Wire.Data("/a/x");
        _node.Core.ConfigureContentStore(0, null, null);

        Assert.Equal(0, Measure(_ =>
        {
            Feed(_consumer, first);
            Feed(_other, again);
            Feed(_upstream, answer);
        }));
    }

    [Fact]
    public void Allocation_of_a_fib_lookup_among_10_000_prefixes_is_0()
    {
        for (int index = 0; index < 10_000; index++)
        {
            _node.Route($"/a/some/{index}/deep", _upstream);
        }

        Assert.Equal(0, Measure(Exchange));
    }

    [Fact]
    public void Allocation_without_nonce_and_with_hint_is_0()
    {
        _node.Core.SetNetworkRegions([Name.Parse("/region")]);
        byte[] interest = Wire.Interest("/a/x", null, hint: ["/elsewhere", "/region"]);
        byte[] routed = Wire.Interest("/b/x", null, hint: ["/elsewhere", "/a"]);
        byte[] answer = Wire.Data("/a/x");
        byte[] routedAnswer = Wire.Data("/b/x");
        _node.Core.ConfigureContentStore(0, null, null);

        Assert.Equal(0, Measure(_ =>
        {
            Feed(_consumer, interest);
            Feed(_upstream, answer);
            Feed(_consumer, routed);
            Feed(_upstream, routedAnswer);
        }));
    }

    private void Exchange(int index)
    {
        Feed(_consumer, _interests[index]);
        Feed(_upstream, _data[index]);
    }

    private void RefuseAndExpire(int index)
    {
        Feed(_consumer, _interests[index]);
        Feed(_upstream, _interests[index]);
        _now = _now.AddNanoseconds(5_000_000_000);
        while (_node.Core.NextTimeout <= _now)
        {
            _node.Core.HandleTimeout(_now);
        }
    }

    private void Feed(FaceId face, byte[] frame)
    {
        _node.Core.HandleFrame(face, frame, _now);
        while (_node.Core.TryTakeTransmit(out Transmit transmit))
        {
            transmit.Frame.Dispose();
        }
    }

    /// <summary>
    /// The octets of the thriftiest of a few rounds. What a packet allocates shows in every round; what the runtime
    /// allocates once on this thread, when it compiles a method again that has become hot, in one of them.
    /// </summary>
    private static long Measure(Action<int> operation)
    {
        for (int index = 0; index < Warm; index++)
        {
            operation(index);
        }

        long least = long.MaxValue;
        for (int first = Warm; first < Operations; first += Measured)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int index = first; index < first + Measured; index++)
            {
                operation(index);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
