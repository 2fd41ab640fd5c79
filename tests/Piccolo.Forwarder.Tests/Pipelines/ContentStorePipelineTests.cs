using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class ContentStorePipelineTests
{
    private readonly TestNode _node = new();
    private readonly FaceId _consumer;
    private readonly FaceId _upstream;
    private uint _nonce = 1000;

    public ContentStorePipelineTests()
    {
        _consumer = _node.AddFace();
        _upstream = _node.AddFace();
        _node.Route("/", _upstream);
    }

    [Fact]
    public void Hit_returns_the_octets_and_the_token_and_leaves_no_pit_entry()
    {
        byte[] data = Wire.Data("/a", content: "octets");
        Publish("/a", data);

        Sent sent = Assert.Single(_node.Receive(_consumer, Wire.Interest("/a", 5), token: "77"));

        Assert.Equal($"{_consumer}:D /a", sent.ToString());
        Assert.Equal("77", sent.Token);
        Assert.Equal(data, sent.Packet);
        Assert.Equal(0, _node.Core.PitEntryCount);
        Assert.Equal(1UL, _node.Core.Counters.ContentStoreHits);
        Assert.Equal(2UL, _node.Core.Counters.SatisfiedInterests);
    }

    [Fact]
    public void Hit_says_face_254_where_local_fields_are_on()
    {
        Publish("/a", Wire.Data("/a"));
        FaceId app = _node.AddFace(LinkScope.Local, allowLocalFields: true);

        Assert.Equal(254UL, Assert.Single(_node.Receive(app, Wire.Interest("/a", 5))).Headers.IncomingFaceId);
    }

    [Fact]
    public void Hit_is_not_looked_for_while_the_entry_has_in_records()
    {
        FaceId second = _node.AddFace();
        _node.Receive(_consumer, Wire.Interest("/a", 1, canBePrefix: true, mustBeFresh: true));
        _node.Receive(_consumer, Wire.Interest("/a/b", 2));
        ulong misses = _node.Core.Counters.ContentStoreMisses;

        _node.Receive(second, Wire.Interest("/a", 3, canBePrefix: true, mustBeFresh: true));

        Assert.Equal(misses, _node.Core.Counters.ContentStoreMisses);
    }

    [Fact]
    public void Hit_with_can_be_prefix_is_the_smallest_name()
    {
        Publish("/a/c", Wire.Data("/a/c"));
        Publish("/a/bb", Wire.Data("/a/bb"));
        Publish("/a/b", Wire.Data("/a/b"));
        Publish("/aa", Wire.Data("/aa"));

        Assert.Equal("/a/b", Ask("/a", canBePrefix: true)?.Name);
        Assert.Null(Ask("/a"));
    }

    [Fact]
    public void Hit_with_must_be_fresh_passes_over_stale_data_and_ends_with_the_freshness()
    {
        Publish("/a/1", Wire.Data("/a/1"));
        Publish("/a/2", Wire.Data("/a/2", freshnessMs: 100));

        Assert.Equal("/a/1", Ask("/a", canBePrefix: true)?.Name);
        Assert.Equal("/a/2", Ask("/a", canBePrefix: true, mustBeFresh: true)?.Name);
        Assert.Null(Ask("/a/1", mustBeFresh: true));
        _node.Advance(100);
        Assert.Equal("/a/2", Ask("/a/2", mustBeFresh: true)?.Name);
        _node.Advance(0.001);
        Assert.Null(Ask("/a/2", mustBeFresh: true));
    }

    [Fact]
    public void Hit_by_full_name_needs_the_right_digest()
    {
        byte[] one = Wire.Data("/a", content: "one");
        byte[] two = Wire.Data("/a", content: "two");
        Publish("/a", one);
        _node.Receive(_consumer, Wire.Interest(Wire.FullName("/a", two), 1));
        _node.Receive(_upstream, two);

        Assert.Equal(one, Ask(Wire.FullName("/a", one))?.Packet);
        Assert.Equal(two, Ask(Wire.FullName("/a", two))?.Packet);
        Assert.Null(Ask(Wire.FullName("/a", Wire.Data("/a", content: "three"))));
    }

    [Fact]
    public void Hit_among_packets_of_one_name_is_the_smallest_digest()
    {
        byte[][] packets = [.. Enumerable.Range(0, 3).Select(i => Wire.Data("/a", content: $"{i}"))];
        foreach (byte[] packet in packets)
        {
            _node.Receive(_consumer, Wire.Interest(Wire.FullName("/a", packet), ++_nonce));
            _node.Receive(_upstream, packet);
        }

        byte[] smallest = packets.MinBy(p => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(p)))!;
        Assert.Equal(smallest, Ask("/a")?.Packet);
        Assert.Equal(smallest, Ask("/", canBePrefix: true)?.Packet ?? Ask("/a", canBePrefix: true)?.Packet);
    }

    [Fact]
    public void Store_same_packet_again_makes_it_fresh_again()
    {
        byte[] data = Wire.Data("/a", freshnessMs: 100);
        Publish("/a", data);
        _node.Advance(200);
        _node.Receive(_consumer, Wire.Interest("/a", 1, mustBeFresh: true));
        _node.Receive(_upstream, data);

        Assert.Equal(1, _node.Core.ContentStoreEntryCount);
        Assert.NotNull(Ask("/a", mustBeFresh: true));
    }

    [Fact]
    public void Store_evicts_the_least_recently_used()
    {
        _node.Core.ConfigureContentStore(3, null, null);
        Publish("/1", Wire.Data("/1"));
        Publish("/2", Wire.Data("/2"));
        Publish("/3", Wire.Data("/3"));
        Assert.NotNull(Ask("/1"));
        Publish("/4", Wire.Data("/4"));

        Assert.Null(Ask("/2"));
        Assert.NotNull(Ask("/1"));
        Assert.Equal(1UL, _node.Core.ContentStoreInfo.Evicted);
    }

    [Fact]
    public void Store_lower_capacity_evicts_at_once_and_zero_turns_it_off()
    {
        Publish("/1", Wire.Data("/1"));
        Publish("/2", Wire.Data("/2"));
        _node.Core.ConfigureContentStore(1, null, null);
        Assert.Equal(1, _node.Core.ContentStoreEntryCount);

        _node.Core.ConfigureContentStore(0, null, null);
        Publish("/3", Wire.Data("/3"));
        Assert.Equal(0, _node.Core.ContentStoreEntryCount);
    }

    [Fact]
    public void Store_admit_off_takes_nothing_in_and_serve_off_answers_nothing()
    {
        _node.Core.ConfigureContentStore(null, false, null);
        Publish("/1", Wire.Data("/1"));
        Assert.Null(Ask("/1"));
        _node.Core.ConfigureContentStore(null, true, false);
        Publish("/2", Wire.Data("/2"));
        Assert.Equal(1, _node.Core.ContentStoreEntryCount);
        Assert.Null(Ask("/2"));
    }

    [Fact]
    public void Store_erase_takes_a_prefix_up_to_the_limit_smallest_first()
    {
        foreach (string name in new[] { "/a/3", "/a/1", "/a/2", "/b" })
        {
            Publish(name, Wire.Data(name));
        }

        Assert.Equal(2, _node.Core.EraseContent(Name.Parse("/a"), 2));
        Assert.NotNull(Ask("/a/3"));
        Assert.Equal(1, _node.Core.EraseContent(Name.Parse("/a"), 2));
        Assert.Equal(1, _node.Core.ContentStoreEntryCount);
    }

    [Fact]
    public void Store_keeps_a_bounded_number_of_packets_of_one_name()
    {
        for (int index = 0; index < 20; index++)
        {
            byte[] packet = Wire.Data("/a", content: $"{index}");
            _node.Receive(_consumer, Wire.Interest(Wire.FullName("/a", packet), ++_nonce));
            _node.Receive(_upstream, packet);
        }

        Assert.Equal(4, _node.Core.ContentStoreEntryCount);
    }

    [Fact]
    public void Store_octet_limit_evicts_instead_of_growing()
    {
        var options = new ForwarderOptions { PageOctets = 16384, ContentStoreOctetsMax = 65536 };
        var node = new TestNode(options);
        FaceId consumer = node.AddFace();
        FaceId upstream = node.AddFace();
        node.Route("/", upstream);
        for (uint index = 0; index < 300; index++)
        {
            string name = $"/{index}";
            node.Receive(consumer, Wire.Interest(name, index));
            node.Receive(upstream, Wire.Data(Name.Parse(name), 0, new byte[(int)(index % 7) * 1000]));
        }

        Assert.InRange(node.Core.ContentStoreEntryCount, 4, 65536 / 96);
        Assert.True(node.Core.MemoryReport.ContentStoreOctets <= 65536);
        Assert.True(node.Core.ContentStoreInfo.Evicted + node.Core.ContentStoreInfo.Refused > 200);
    }

    private void Publish(string name, byte[] data)
    {
        _node.Receive(_consumer, Wire.Interest(name, ++_nonce));
        _node.Receive(_upstream, data);
    }

    private Sent? Ask(string name, bool canBePrefix = false, bool mustBeFresh = false) =>
        name == "/" ? null : Ask(Name.Parse(name), canBePrefix, mustBeFresh);

    private Sent? Ask(Name name, bool canBePrefix = false, bool mustBeFresh = false)
    {
        FaceId asker = _node.AddFace();
        return _node.Receive(asker, Wire.Interest(name, ++_nonce, canBePrefix, mustBeFresh, lifetimeMs: 1))
            .SingleOrDefault(s => s.Kind == 'D' && s.Face == asker);
    }
}
