using Piccolo.Forwarder.Management;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Management;

public sealed class DatasetTests
{
    private readonly ManagedNode _node = new();

    [Fact]
    public void Rib_list_is_byte_exact_and_in_canonical_order()
    {
        FaceId udp = _node.AddUdpFace();
        Register("/b", udp, origin: 255, cost: 10, expirationMs: 5000);
        Register("/aa", udp, origin: 0, cost: 1);
        Register("/b", _node.App, origin: 0, cost: 0);
        byte[] expected =
        [
            .. Element(0x80, "0703080162" + "810D" + "69020100" + "6F0100" + "6A0100" + "6C0101"
                + "8111" + "69020101" + "6F01FF" + "6A010A" + "6C0101" + "6D021388"),
            .. Element(0x80, "070408026161" + "810D" + "69020101" + "6F0100" + "6A0101" + "6C0101"),
        ];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(_node.Fetch("rib/list")));
    }

    [Fact]
    public void Fib_list_is_in_canonical_order_with_the_cheapest_hop_first()
    {
        FaceId udp = _node.AddUdpFace();
        foreach ((string uri, FaceId face, ulong cost) in new[] { ("/b", udp, 1UL), ("/b", _node.App, 9UL), ("/a", udp, 3UL) })
        {
            _node.Succeed("fib/add-nexthop", new ControlParameters
            {
                Name = Name.Parse(uri),
                FaceId = face.Value,
                Cost = cost,
            });
        }

        byte[] expected =
        [
            .. Element(0x80, "0703080161" + "8107" + "69020101" + "6A0103"),
            .. Element(0x80, "0703080162" + "8107" + "69020101" + "6A0101" + "8107" + "69020100" + "6A0109"),
            .. Element(0x80, "07100809" + "6C6F63616C686F7374" + "0803" + "6E6664" + "8106" + "690101" + "6A0100"),
        ];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(_node.Fetch("fib/list")));
    }

    [Fact]
    public void Strategy_choice_list_is_byte_exact()
    {
        string bestRoute = "6B2B" + "0729" + "08096C6F63616C686F7374" + "08036E6664" + "08087374726174656779"
            + "080A626573742D726F757465" + "360105";
        Assert.Equal(
            Convert.ToHexString(Element(0x80, "0700" + bestRoute)),
            Convert.ToHexString(_node.Fetch("strategy-choice/list")));
    }

    [Fact]
    public void Cs_info_is_byte_exact()
    {
        FaceId udp = _node.AddUdpFace();
        _node.Node.Route("/a", udp);
        _node.Node.Receive(_node.App, Wire.Interest("/a/1", 900));
        _node.Node.Receive(udp, Wire.Data("/a/1", 60_000));
        _node.Node.Receive(_node.App, Wire.Interest("/a/1", 901));
        string fetched = Convert.ToHexString(_node.Fetch("cs/info"));
        Assert.Equal("8010" + "830203E8" + "6C0103" + "870101" + "810101" + "820102", fetched);
    }

    [Fact]
    public void Status_general_has_the_version_the_times_and_the_counts()
    {
        _node.Node.Advance(500);
        Assert.Equal(TlvStatus.Ok, ForwarderStatus.TryDecode(_node.Fetch("status/general"), out ForwarderStatus? status));
        Assert.Equal(_node.Node.Core.Options.NfdVersion, status!.NfdVersion);
        Assert.Equal(ManagedNode.UnixTimeAtZeroMs + 1000, status.StartTimestampMs);
        Assert.Equal(ManagedNode.UnixTimeAtZeroMs + 1500, status.CurrentTimestampMs);
        Assert.Equal((ulong)_node.Node.Core.FibEntryCount, status.NFibEntries);
        Assert.True(status.NInInterests >= 1);
        Assert.True(status.NPitEntries >= 1);
    }

    [Fact]
    public void Faces_list_tells_of_every_face_in_order_of_number()
    {
        FaceId udp = _node.AddUdpFace();
        IReadOnlyList<FaceStatus> faces = _node.Fetch<FaceStatus>("faces/list");
        Assert.Equal([1UL, _node.App.Value, udp.Value], faces.Select(face => face.FaceId));
        FaceStatus app = faces[1];
        Assert.Equal("fd://20", app.Uri);
        Assert.Equal("unix:///run/nfd/nfd.sock", app.LocalUri);
        Assert.Equal(LinkScope.Local, app.FaceScope);
        Assert.Equal(FacePersistency.OnDemand, app.FacePersistency);
        Assert.Equal(8800UL, app.Mtu);
        Assert.Equal(1UL, app.NInInterests);
        Assert.True(app.NInBytes > 0);
        Assert.Equal("internal://", faces[0].Uri);
        Assert.Null(faces[0].Mtu);
    }

    [Fact]
    public void Faces_query_gives_the_faces_that_match()
    {
        FaceId udp = _node.AddUdpFace();
        Assert.Equal([udp.Value], Query(new FaceQueryFilter { UriScheme = "udp4" }));
        Assert.Equal([_node.App.Value], Query(new FaceQueryFilter { LocalUri = "unix:///run/nfd/nfd.sock" }));
        Assert.Equal([1UL, _node.App.Value], Query(new FaceQueryFilter { FaceScope = LinkScope.Local }));
        Assert.Empty(Query(new FaceQueryFilter { FaceId = 9999 }));
        Assert.Equal(3, Query(new FaceQueryFilter()).Count());
    }

    [Fact]
    public void Faces_query_with_a_malformed_filter_is_answered_by_a_nack_with_400()
    {
        Name prefix = Name.Parse("/localhost/nfd/faces/query");
        foreach (byte[] filter in new byte[][] { [], [0x96, 0x05], [0x68, 0x00], new byte[500] })
        {
            Sent answer = _node.Ask(prefix.Append(NameComponent.Generic(filter)), canBePrefix: true)!;
            Data data = ManagedNode.DataOf(answer);
            Assert.Equal(ContentTypes.Nack, data.ContentType);
            Assert.Equal(400UL, ManagedNode.ResponseOf(answer).StatusCode);
        }
    }

    [Fact]
    public void Faces_channels_lists_what_the_host_says()
    {
        Assert.Empty(_node.Fetch("faces/channels"));
        _node.Management.ChannelUris = ["tcp4://0.0.0.0:6363", "unix:///run/nfd/nfd.sock"];
        Assert.Equal(
            ["tcp4://0.0.0.0:6363", "unix:///run/nfd/nfd.sock"],
            _node.Fetch<ChannelStatus>("faces/channels").Select(channel => channel.LocalUri));
    }

    [Fact]
    public void Large_dataset_comes_in_segments_of_one_version_that_last_while_they_are_fetched()
    {
        for (int i = 0; i < 1000; i++)
        {
            Register($"/prefix/number/{i}", _node.App, origin: 0, cost: 0);
        }

        Name list = Name.Parse("/localhost/nfd/rib/list");
        Data first = ManagedNode.DataOf(_node.Ask(list, canBePrefix: true)!);
        Assert.Equal(8000, first.Content.Length);
        Assert.Null(first.FinalBlockId);
        Assert.True(first.Name[^2].TryGetNumber(out ulong version));
        Assert.Equal(ManagedNode.UnixTimeAtZeroMs + 1000, version);
        Name versioned = first.Name.Prefix(first.Name.Count - 1);

        Register("/later", _node.App, origin: 0, cost: 0);
        for (ulong segment = 1; segment < 4; segment++)
        {
            _node.Node.Advance(900);
            Assert.NotNull(_node.Ask(versioned.Append(NameComponent.Segment(segment)), canBePrefix: false));
        }

        Assert.Null(_node.Ask(versioned.Append(NameComponent.Segment(999)), canBePrefix: false));
        Assert.Equal(first.Name, ManagedNode.DataOf(_node.Ask(versioned, canBePrefix: true)!).Name);
        _node.Node.Advance(1001);
        Assert.Null(_node.Ask(versioned.Append(NameComponent.Segment(4)), canBePrefix: false));
        Assert.Equal(1001, _node.Fetch<RibEntryRecord>("rib/list").Count);
    }

    [Fact]
    public void Dataset_asked_for_twice_at_once_has_two_versions_and_shows_changes()
    {
        Name list = Name.Parse("/localhost/nfd/rib/list");
        Data before = ManagedNode.DataOf(_node.Ask(list, canBePrefix: true)!);
        Assert.Empty(before.Content.ToArray());
        Assert.Equal(before.Name[^1], before.FinalBlockId);
        Register("/a", _node.App, origin: 0, cost: 0);
        Data after = ManagedNode.DataOf(_node.Ask(list, canBePrefix: true)!);
        Assert.NotEmpty(after.Content.ToArray());
        Assert.True(after.Name > before.Name);
    }

    [Fact]
    public void Dataset_larger_than_may_be_kept_is_answered_by_a_nack_with_500()
    {
        var node = new ManagedNode(new ManagementOptions { DatasetOctetsMax = 100 });
        Sent answer = node.Ask(Name.Parse("/localhost/nfd/faces/list"), canBePrefix: true)!;
        Assert.Equal(ContentTypes.Nack, ManagedNode.DataOf(answer).ContentType);
        Assert.Equal(500UL, ManagedNode.ResponseOf(answer).StatusCode);
    }

    [Fact]
    public void Datasets_beyond_the_number_kept_push_out_the_oldest()
    {
        var node = new ManagedNode(new ManagementOptions { DatasetCountMax = 2 });
        var versions = new List<Name>();
        for (int i = 0; i < 3; i++)
        {
            Name first = ManagedNode.DataOf(node.Ask(Name.Parse("/localhost/nfd/faces/list"), canBePrefix: true)!).Name;
            versions.Add(first);
        }

        Assert.Null(node.Ask(versions[0], canBePrefix: false));
        Assert.NotNull(node.Ask(versions[1], canBePrefix: false));
        Assert.NotNull(node.Ask(versions[2], canBePrefix: false));
    }

    [Fact]
    public void Dataset_is_not_given_to_another_host() =>
        Assert.Null(_node.Ask(
            Name.Parse("/localhost/nfd/faces/list"), canBePrefix: true, from: _node.AddUdpFace()));

    private IEnumerable<ulong> Query(FaceQueryFilter filter)
    {
        Name name = Name.Parse("/localhost/nfd/faces/query").Append(NameComponent.Generic(filter.Encode()));
        Assert.Equal(TlvStatus.Ok, Dataset.TryDecode(_node.Fetch(name), out IReadOnlyList<FaceStatus> faces));
        return faces.Select(face => face.FaceId);
    }

    private void Register(string uri, FaceId face, ulong origin, ulong cost, ulong? expirationMs = null) =>
        _node.Succeed("rib/register", new ControlParameters
        {
            Name = Name.Parse(uri),
            FaceId = face.Value,
            Origin = origin,
            Cost = cost,
            ExpirationPeriodMs = expirationMs,
        });

    private static byte[] Element(byte type, string hexValue)
    {
        byte[] value = Convert.FromHexString(hexValue);
        return [type, (byte)value.Length, .. value];
    }
}
