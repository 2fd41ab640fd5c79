using System.Text.Json;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Management;

public sealed class ManagementDecodingTests
{
    private delegate TlvStatus Decoder(ReadOnlySpan<byte> octets);

    private static readonly Decoder[] AllDecoders =
    [
        octets => ControlParameters.TryDecode(octets, out _),
        octets => ControlResponse.TryDecode(octets, out _),
        octets => FaceStatus.TryDecode(octets, out _),
        octets => ForwarderStatus.TryDecode(octets, out _),
        octets => CsInfo.TryDecode(octets, out _),
        octets => ChannelStatus.TryDecode(octets, out _),
        octets => StrategyChoiceRecord.TryDecode(octets, out _),
        octets => RibEntryRecord.TryDecode(octets, out _),
        octets => FibEntryRecord.TryDecode(octets, out _),
        octets => FaceQueryFilter.TryDecode(octets, out _),
        octets => FaceEventNotification.TryDecode(octets, out _),
        octets => NextHopRecord.TryDecode(octets, out _),
        octets => RouteRecord.TryDecode(octets, out _),
    ];

    [Fact]
    public void Decoders_refuse_every_truncation_of_every_vector()
    {
        foreach (JsonElement vector in Vectors.Load("management.json"))
        {
            byte[] wire = vector.Octets("wire");
            for (int length = 0; length < wire.Length; length++)
            {
                foreach (Decoder decode in AllDecoders)
                {
                    Assert.NotEqual(TlvStatus.Ok, decode(wire.AsSpan(0, length)));
                }
            }
        }
    }

    [Fact]
    public void Decoders_never_throw_on_damaged_vectors()
    {
        IRandomSource random = new XoshiroRandomSource(20260101);
        Span<byte> dice = stackalloc byte[8];
        foreach (JsonElement vector in Vectors.Load("management.json"))
        {
            byte[] wire = vector.Octets("wire");
            for (int round = 0; round < 300; round++)
            {
                byte[] damaged = (byte[])wire.Clone();
                random.Fill(dice);
                for (int i = 0; i < 3; i++)
                {
                    damaged[dice[i] % damaged.Length] = dice[i + 3];
                }

                foreach (Decoder decode in AllDecoders)
                {
                    Assert.True(Enum.IsDefined(decode(damaged)));
                }
            }
        }
    }

    [Fact]
    public void Decoders_refuse_octets_after_the_element()
    {
        byte[] wire = [.. new CsInfo { Capacity = 1 }.Encode(), 0x00];
        Assert.Equal(TlvStatus.TrailingOctets, CsInfo.TryDecode(wire, out _));
    }

    [Fact]
    public void Control_parameters_are_read_in_any_order_and_the_last_repeat_counts()
    {
        byte[] wire = [0x68, 0x09, 0x6A, 0x01, 0x07, 0x69, 0x01, 0x05, 0x69, 0x01, 0x06];
        Assert.Equal(TlvStatus.Ok, ControlParameters.TryDecode(wire, out ControlParameters? parameters));
        Assert.Equal(new ControlParameters { FaceId = 6, Cost = 7 }, parameters);
    }

    [Fact]
    public void Control_parameters_keep_an_unknown_persistency_for_the_command_to_refuse()
    {
        byte[] wire = [0x68, 0x03, 0x85, 0x01, 0x09];
        Assert.Equal(TlvStatus.Ok, ControlParameters.TryDecode(wire, out ControlParameters? parameters));
        Assert.Equal((FacePersistency)9, parameters!.FacePersistency);
    }

    [Fact]
    public void Control_parameters_refuse_a_number_of_three_octets() =>
        Assert.Equal(
            TlvStatus.BadNumber,
            ControlParameters.TryDecode([0x68, 0x05, 0x69, 0x03, 0x01, 0x02, 0x03], out _));

    [Fact]
    public void Control_response_needs_code_and_text() =>
        Assert.Equal(TlvStatus.MissingElement, ControlResponse.TryDecode([0x65, 0x03, 0x66, 0x01, 0xC8], out _));

    [Fact]
    public void Face_status_without_a_counter_is_refused()
    {
        JsonElement vector = Vectors.Load("management.json", "FaceStatus")[0];
        byte[] wire = vector.Octets("wire");
        byte[] without = wire[..^3];
        without[1] -= 3;
        Assert.Equal(TlvStatus.MissingElement, FaceStatus.TryDecode(without, out _));
    }

    [Fact]
    public void Dataset_gives_all_elements_in_order()
    {
        NextHopRecord[] hops = [new() { FaceId = 300, Cost = 1 }, new() { FaceId = 301, Cost = 2 }];
        byte[] content = [.. hops[0].Encode(), .. hops[1].Encode()];
        Assert.Equal(TlvStatus.Ok, Dataset.TryDecode(content, out IReadOnlyList<NextHopRecord> read));
        Assert.Equal(hops, read);
        Assert.Equal(TlvStatus.Ok, Dataset.TryDecode(default, out read));
        Assert.Empty(read);
        Assert.NotEqual(TlvStatus.Ok, Dataset.TryDecode(content.AsSpan(0, content.Length - 1), out read));
        Assert.Single(read);
    }

    [Fact]
    public void Face_query_filter_matches_only_faces_with_every_property()
    {
        var face = new FaceStatus
        {
            FaceId = 260,
            Uri = "fd://20",
            LocalUri = "unix:///run/nfd/nfd.sock",
            FaceScope = LinkScope.Local,
            FacePersistency = FacePersistency.OnDemand,
        };
        Assert.True(new FaceQueryFilter().Matches(face));
        Assert.True(new FaceQueryFilter { UriScheme = "unix" }.Matches(face));
        Assert.True(new FaceQueryFilter { UriScheme = "fd", FaceId = 260 }.Matches(face));
        Assert.False(new FaceQueryFilter { UriScheme = "uni" }.Matches(face));
        Assert.False(new FaceQueryFilter { UriScheme = "fd", FaceId = 261 }.Matches(face));
        Assert.False(new FaceQueryFilter { Uri = "fd://2" }.Matches(face));
        Assert.False(new FaceQueryFilter { LocalUri = "unix://" }.Matches(face));
        Assert.False(new FaceQueryFilter { FaceScope = LinkScope.NonLocal }.Matches(face));
        Assert.False(new FaceQueryFilter { FacePersistency = FacePersistency.Persistent }.Matches(face));
        Assert.False(new FaceQueryFilter { LinkType = LinkType.AdHoc }.Matches(face));
    }

    [Fact]
    public void Names_inside_strategies_are_checked()
    {
        byte[] good = new ControlParameters { Strategy = Name.Parse("/s") }.Encode();
        good[^2] = 0x09;
        Assert.NotEqual(TlvStatus.Ok, ControlParameters.TryDecode(good, out _));
    }
}
