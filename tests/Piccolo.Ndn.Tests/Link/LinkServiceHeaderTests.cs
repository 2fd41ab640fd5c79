using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>Which field goes with which packet, both ways.</summary>
public sealed class LinkServiceHeaderTests
{
    private static readonly byte[] Announcement = LinkTestPackets.Data(40, 7);

    private readonly FramePool _pool = new();

    [Theory]
    [InlineData("Interest", "NextHop", true, false, "taken")]
    [InlineData("Interest", "NextHop", false, false, "dropped")]
    [InlineData("Data", "NextHop", true, false, "dropped")]
    [InlineData("Nack", "NextHop", true, false, "dropped")]
    [InlineData("Interest", "NoCache", true, true, "dropped")]
    [InlineData("Data", "NoCache", false, false, "taken")]
    [InlineData("Nack", "NoCache", true, true, "dropped")]
    [InlineData("Interest", "Incoming", true, true, "ignored")]
    [InlineData("Data", "Incoming", true, true, "ignored")]
    [InlineData("Nack", "Incoming", true, true, "ignored")]
    [InlineData("Interest", "Mark", false, false, "taken")]
    [InlineData("Data", "Mark", false, false, "taken")]
    [InlineData("Nack", "Mark", false, false, "taken")]
    [InlineData("Interest", "NonDiscovery", false, true, "taken")]
    [InlineData("Interest", "NonDiscovery", false, false, "ignored")]
    [InlineData("Data", "NonDiscovery", false, true, "dropped")]
    [InlineData("Nack", "NonDiscovery", false, true, "dropped")]
    [InlineData("Interest", "Announcement", false, true, "dropped")]
    [InlineData("Interest", "Announcement", false, false, "dropped")]
    [InlineData("Data", "Announcement", false, true, "taken")]
    [InlineData("Data", "Announcement", false, false, "ignored")]
    [InlineData("Nack", "Announcement", false, true, "dropped")]
    [InlineData("Interest", "Token", false, false, "taken")]
    [InlineData("Data", "Token", false, false, "taken")]
    [InlineData("Nack", "Token", false, false, "taken")]
    public void LinkService_receives_a_field_by_the_table(
        string kind, string field, bool localFields, bool selfLearning, string expected)
    {
        var options = new LinkServiceOptions { AllowLocalFields = localFields, AllowSelfLearning = selfLearning };
        using var service = new LinkService(options, _pool);
        LpHeaders headers = WithField(field);
        headers.IsNack = kind == "Nack";
        headers.NackReason = kind == "Nack" ? NackReason.NoRoute : NackReason.None;
        byte[] packet = kind == "Data" ? LinkTestPackets.Data() : LinkTestPackets.Interest();
        RecordingSink sink = new();
        service.HandleFrame(new LpPacket { Headers = headers, Fragment = packet }.Encode(), Instant.Zero, ref sink);

        if (expected == "dropped")
        {
            Assert.Empty(sink.Packets);
            Assert.Equal(1UL, service.Counters.IllegalHeaders);
            return;
        }

        (string gotKind, LpHeaders got, byte[] gotPacket) = Assert.Single(sink.Packets);
        Assert.Equal(kind, gotKind);
        Assert.Equal(packet, gotPacket);
        Assert.Equal(kind == "Nack" ? NackReason.NoRoute : NackReason.None, got.NackReason);
        Assert.Equal(expected == "taken", HasField(got, field));
    }

    [Theory]
    [InlineData("Interest", "NextHop", true, true)]
    [InlineData("Interest", "NextHop", false, false)]
    [InlineData("Data", "NextHop", true, false)]
    [InlineData("Nack", "NextHop", true, false)]
    [InlineData("Interest", "Incoming", true, true)]
    [InlineData("Data", "Incoming", true, true)]
    [InlineData("Nack", "Incoming", true, true)]
    [InlineData("Data", "Incoming", false, false)]
    [InlineData("Data", "NoCache", false, true)]
    [InlineData("Interest", "NoCache", false, false)]
    [InlineData("Nack", "Token", false, true)]
    [InlineData("Data", "Mark", false, true)]
    [InlineData("Interest", "NonDiscovery", false, false)]
    [InlineData("Data", "Announcement", false, false)]
    public void LinkService_sends_a_field_only_where_it_may_go(
        string kind, string field, bool localFields, bool expected)
    {
        using var service = new LinkService(new LinkServiceOptions { AllowLocalFields = localFields }, _pool);
        LpHeaders headers = WithField(field);
        headers.IsNack = kind == "Nack";
        byte[] packet = kind == "Data" ? LinkTestPackets.Data() : LinkTestPackets.Interest();
        service.Send(headers, packet, 0, Instant.Zero);
        byte[] frame = Assert.Single(LinkTestPackets.Drain(service));
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(frame, out LpPacketView view));
        Assert.Equal(packet, view.Fragment.ToArray());
        Assert.Equal(kind == "Nack", view.Headers.IsNack);
        LpHeaders sent = view.Headers;
        sent.PrefixAnnouncement = view.PrefixAnnouncement.ToArray();
        Assert.Equal(expected, HasField(sent, field));
        Assert.Equal(!expected && kind != "Nack", view.IsBare);
    }

    [Fact]
    public void LinkService_of_an_application_hears_IncomingFaceId()
    {
        using var service = new LinkService(new LinkServiceOptions { AcceptIncomingFaceId = true }, _pool);
        RecordingSink sink = new();
        var headers = new LpHeaders { IncomingFaceId = 300 };
        service.HandleFrame(
            new LpPacket { Headers = headers, Fragment = LinkTestPackets.Data() }.Encode(), Instant.Zero, ref sink);
        Assert.Equal(300UL, Assert.Single(sink.Packets).Headers.IncomingFaceId);
    }

    [Fact]
    public void LinkService_drops_Data_with_an_unknown_cache_policy()
    {
        using var service = new LinkService(new LinkServiceOptions(), _pool);
        RecordingSink sink = new();
        var packet = new LpPacket { Headers = new LpHeaders { NoCache = true }, Fragment = LinkTestPackets.Data(60) };
        byte[] frame = packet.Encode();
        int type = frame.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFD, 0x03, 0x35, 0x01, 0x01]);
        frame[type + 4] = 2;
        Assert.Equal(TlvStatus.Ok, service.HandleFrame(frame, Instant.Zero, ref sink));
        Assert.Empty(sink.Packets);
        Assert.Equal(1UL, service.Counters.IllegalHeaders);
    }

    [Fact]
    public void LinkService_counts_idle_and_bare_packets()
    {
        using var service = new LinkService(new LinkServiceOptions(), _pool);
        RecordingSink sink = new();
        service.HandleFrame([0x64, 0x00], Instant.Zero, ref sink);
        service.HandleFrame(LinkTestPackets.Interest(), Instant.Zero, ref sink);
        service.HandleFrame(LinkTestPackets.Data(), Instant.Zero, ref sink);
        Assert.Equal(["Interest", "Data"], sink.Packets.Select(p => p.Kind));
        Assert.All(sink.Packets, p => Assert.True(p.Headers.IsEmpty));
        Assert.Equal(3UL, service.Counters.InFrames);
        Assert.Equal(1UL, service.Counters.InIdle);
        Assert.Equal(1UL, service.Counters.InInterests);
        Assert.Equal(1UL, service.Counters.InData);
        Assert.Equal(262UL, service.Counters.InOctets);
    }

    [Fact]
    public void LinkService_refuses_to_send_what_is_no_packet()
    {
        using var service = new LinkService(new LinkServiceOptions(), _pool);
        service.Send(default, [], 0, Instant.Zero);
        service.Send(default, [0x64, 0x00], 0, Instant.Zero);
        service.Send(default, LinkTestPackets.Data(8801), 0, Instant.Zero);
        service.Send(new LpHeaders { IsNack = true }, LinkTestPackets.Data(), 0, Instant.Zero);
        Assert.Empty(LinkTestPackets.Drain(service));
        Assert.Equal(4UL, service.Counters.OutInvalid);
        Assert.Equal(0UL, service.Counters.OutData);
    }

    private static LpHeaders WithField(string field)
    {
        var headers = default(LpHeaders);
        switch (field)
        {
            case "NextHop":
                headers.NextHopFaceId = 258;
                break;
            case "Incoming":
                headers.IncomingFaceId = 257;
                break;
            case "NoCache":
                headers.NoCache = true;
                break;
            case "Mark":
                headers.CongestionMark = 3;
                break;
            case "NonDiscovery":
                headers.NonDiscovery = true;
                break;
            case "Announcement":
                headers.PrefixAnnouncement = Announcement;
                break;
            default:
                headers.PitToken = new PitToken([1, 2, 3, 4, 5, 6]);
                break;
        }

        return headers;
    }

    private static bool HasField(in LpHeaders headers, string field) => field switch
    {
        "NextHop" => headers.NextHopFaceId == 258,
        "Incoming" => headers.IncomingFaceId == 257,
        "NoCache" => headers.NoCache,
        "Mark" => headers.CongestionMark == 3,
        "NonDiscovery" => headers.NonDiscovery,
        "Announcement" => headers.PrefixAnnouncement.Span.SequenceEqual(Announcement),
        _ => headers.PitToken == new PitToken([1, 2, 3, 4, 5, 6]),
    };
}
