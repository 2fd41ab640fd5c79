using System.Text.Json;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Link;

public sealed class LpVectorTests
{
    // Written by hand in a form that is legal but not the one we write.
    private static readonly HashSet<string> NotOurSpelling =
        ["nack-explicit-none", "congestion-0", "fragcount-1-explicit", "unknown-ignorable", "incomingfaceid"];

    public static TheoryData<string> PacketIds() => Ids("lp.json", v => v.Hex("wire") is not null);

    public static TheoryData<string> Groups() => new(
        Vectors.Load("lp.json").Where(v => v.Hex("reassembled") is not null).Select(v => v.Text("group")!));

    public static TheoryData<string> BadIds() => Ids("lp-semantic-bad.json", _ => true);

    public static TheoryData<string> MalformedIds() => Ids("malformed.json", v => v.Text("kind") == "lp");

    [Fact]
    public void Vectors_are_all_there()
    {
        Assert.Equal(57, Vectors.Load("lp.json").Count);
        Assert.Equal(13, BadIds().Count);
        Assert.Equal(21, MalformedIds().Count);
        Assert.Equal(4, Groups().Count);
    }

    [Theory]
    [MemberData(nameof(PacketIds))]
    public void LpPacketView_reads_every_field_of_a_vector(string id)
    {
        JsonElement vector = Find("lp.json", id);
        JsonElement expect = vector.GetProperty("expect");
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(vector.Hex("wire"), out LpPacketView view));
        LpHeaders headers = view.Headers;
        Assert.Equal(expect.Number("sequence"), view.Sequence);
        Assert.Equal(expect.Number("fragIndex") ?? 0, view.FragIndex);
        Assert.Equal(expect.Number("fragCount") ?? 1, view.FragCount);
        Assert.Equal(expect.Hex("pitToken") ?? [], headers.PitToken.Octets.ToArray());
        Assert.Equal(expect.Flag("nack"), headers.IsNack);
        Assert.Equal(expect.Number("nackReason") ?? 0, (ulong)headers.NackReason);
        Assert.Equal(expect.Number("incomingFaceId"), headers.IncomingFaceId);
        Assert.Equal(expect.Number("nextHopFaceId"), headers.NextHopFaceId);
        Assert.Equal(expect.Number("cachePolicyType"), view.CachePolicyType);
        Assert.Equal(expect.Number("cachePolicyType") == 1, headers.NoCache);
        Assert.Equal(expect.Number("congestionMark") ?? 0, headers.CongestionMark);
        Assert.Equal(AcksOf(expect), Read(view.Acks));
        Assert.Equal(expect.Number("txSequence"), view.TxSequence);
        Assert.Equal(expect.Flag("nonDiscovery"), headers.NonDiscovery);
        Assert.Equal(expect.Hex("prefixAnnouncement") ?? [], view.PrefixAnnouncement.ToArray());
        Assert.Equal(expect.Hex("payload") ?? [], view.Fragment.ToArray());
        Assert.Equal(expect.Hex("payload") is not null, view.HasFragment);
    }

    [Theory]
    [MemberData(nameof(PacketIds))]
    public void LpPacket_writes_the_octets_of_a_vector(string id)
    {
        JsonElement vector = Find("lp.json", id);
        JsonElement expect = vector.GetProperty("expect");
        var packet = new LpPacket
        {
            Sequence = expect.Number("sequence"),
            FragIndex = (int)(expect.Number("fragIndex") ?? 0),
            FragCount = (int)(expect.Number("fragCount") ?? 1),
            TxSequence = expect.Number("txSequence"),
            Acks = AcksOf(expect).ToArray(),
            Fragment = expect.Hex("payload"),
            Headers = new LpHeaders
            {
                PitToken = new PitToken(expect.Hex("pitToken")),
                IsNack = expect.Flag("nack"),
                NackReason = (NackReason)(expect.Number("nackReason") ?? 0),
                IncomingFaceId = expect.Number("incomingFaceId"),
                NextHopFaceId = expect.Number("nextHopFaceId"),
                NoCache = expect.Number("cachePolicyType") == 1,
                CongestionMark = expect.Number("congestionMark") ?? 0,
                NonDiscovery = expect.Flag("nonDiscovery"),
                PrefixAnnouncement = expect.Hex("prefixAnnouncement"),
            },
        };
        byte[] encoded = packet.Encode();
        Assert.Equal(packet.EncodedLength, encoded.Length);
        if (NotOurSpelling.Contains(id))
        {
            Assert.NotEqual(vector.Text("wire"), Convert.ToHexStringLower(encoded));
            Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(encoded, out LpPacketView view));
            Assert.Equal(expect.Hex("payload"), view.Fragment.ToArray());
            return;
        }

        Assert.Equal(vector.Text("wire"), Convert.ToHexStringLower(encoded));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void LinkService_reassembles_a_group_in_every_order(string group)
    {
        JsonElement[] fragments = [.. Vectors.Load("lp.json")
            .Where(v => v.Text("group") == group && v.Hex("wire") is not null)];
        JsonElement expect = Vectors.Load("lp.json").Single(v => v.Text("group") == group && v.Hex("wire") is null);
        var pool = new FramePool();
        int[] order = [.. Enumerable.Range(0, fragments.Length)];
        for (ulong seed = 0; seed < 30; seed++)
        {
            if (seed > 0)
            {
                Shuffle(order, new XoshiroRandomSource(seed));
            }

            using var service = new LinkService(new LinkServiceOptions(), pool);
            RecordingSink sink = new();
            foreach (int index in order)
            {
                Assert.Empty(sink.Packets);
                Assert.Equal(TlvStatus.Ok, service.HandleFrame(fragments[index].Hex("wire"), Instant.Zero, ref sink));
            }

            (string kind, LpHeaders headers, byte[] packet) = Assert.Single(sink.Packets);
            Assert.Equal(expect.Hex("reassembled"), packet);
            Assert.Equal(expect.Hex("pitToken") ?? [], headers.PitToken.Octets.ToArray());
            Assert.Equal(expect.Number("congestionMark") ?? 0, headers.CongestionMark);
            Assert.Equal(expect.Number("nackReason"), kind == "Nack" ? (ulong)headers.NackReason : null);
            Assert.Equal(0, service.PartialPackets);
        }

        Assert.Equal(0, pool.Outstanding);
    }

    [Theory]
    [MemberData(nameof(BadIds))]
    public void LinkService_drops_what_decodes_but_breaks_a_rule(string id)
    {
        var pool = new FramePool();
        using var service = new LinkService(new LinkServiceOptions { AllowLocalFields = true }, pool);
        RecordingSink sink = new();
        byte[] wire = Find("lp-semantic-bad.json", id).Hex("wire")!;
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(wire, out _));
        service.HandleFrame(wire, Instant.Zero, ref sink);
        Assert.Empty(sink.Packets);
        Assert.Equal(0, service.PartialPackets);
        LinkCounters counters = service.Counters;
        ulong counted = counters.InvalidPackets + counters.IllegalHeaders + counters.RefusedFragments + counters.InIdle;
        Assert.Equal(1UL, counted);
    }

    [Theory]
    [MemberData(nameof(MalformedIds))]
    public void LpPacketView_refuses_a_malformed_vector(string id)
    {
        byte[] wire = Find("malformed.json", id).Hex("wire")!;
        Assert.NotEqual(TlvStatus.Ok, LpPacketView.TryDecode(wire, out _));
        using var service = new LinkService(new LinkServiceOptions(), new FramePool());
        RecordingSink sink = new();
        Assert.NotEqual(TlvStatus.Ok, service.HandleFrame(wire, Instant.Zero, ref sink));
        Assert.Empty(sink.Packets);
        Assert.Equal(1UL, service.Counters.InvalidFrames);
    }

    internal static void Shuffle<T>(Span<T> items, IRandomSource random)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)random.NextBelow((uint)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static TheoryData<string> Ids(string file, Func<JsonElement, bool> wanted) =>
        new(Vectors.Load(file).Where(wanted).Select(v => v.Text("id")!));

    private static JsonElement Find(string file, string id) => Vectors.Load(file).Single(v => v.Text("id") == id);

    private static List<ulong> AcksOf(JsonElement expect) =>
        [.. expect.GetProperty("acks").EnumerateArray().Select(a => ulong.Parse(a.GetString()!, null))];

    private static List<ulong> Read(LpAcks acks)
    {
        List<ulong> read = [];
        foreach (ulong ack in acks)
        {
            read.Add(ack);
        }

        return read;
    }
}
