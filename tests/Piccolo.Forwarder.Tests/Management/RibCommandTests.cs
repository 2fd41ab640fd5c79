using Piccolo.Forwarder.Management;
using Piccolo.Forwarder.Rib;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Forwarder.Tests.Management;

public sealed class RibCommandTests
{
    private readonly ManagedNode _node = new();

    [Fact]
    public void Register_with_only_a_name_routes_to_the_requester_with_the_defaults()
    {
        ControlParameters effect = _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a") });
        Assert.Equal(
            new ControlParameters { Name = Name.Parse("/a"), FaceId = _node.App.Value, Origin = 0, Cost = 0, Flags = 1 },
            effect);
        FaceId consumer = _node.AddUdpFace();
        List<Sent> sent = _node.Node.Receive(consumer, Wire.Interest("/a/1", 5));
        Assert.Equal($"{_node.App}:I /a/1", sent.Single().ToString());
    }

    [Fact]
    public void Register_for_another_face_takes_every_property()
    {
        FaceId udp = _node.AddUdpFace();
        var parameters = new ControlParameters
        {
            Name = Name.Parse("/a"),
            FaceId = udp.Value,
            Origin = 255,
            Cost = 7,
            Flags = 2,
            ExpirationPeriodMs = 5000,
        };
        Assert.Equal(parameters, _node.Succeed("rib/register", parameters));
        RouteRecord route = _node.Fetch<RibEntryRecord>("rib/list").Single().Routes.Single();
        Assert.Equal(
            new RouteRecord
            {
                FaceId = udp.Value,
                Origin = 255,
                Cost = 7,
                Flags = RouteFlags.Capture,
                ExpirationPeriodMs = 5000,
            },
            route);
    }

    [Fact]
    public void Register_again_updates_the_same_route()
    {
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a"), Cost = 1 });
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a"), Cost = 9 });
        Assert.Equal(9UL, _node.Fetch<RibEntryRecord>("rib/list").Single().Routes.Single().Cost);
    }

    [Fact]
    public void Register_for_a_face_that_does_not_exist_is_answered_410() =>
        Assert.Equal(410UL, _node.CodeOf("rib/register", new ControlParameters { Name = Name.Parse("/a"), FaceId = 9999 }));

    [Theory]
    [InlineData("rib/register")]
    [InlineData("rib/unregister")]
    public void A_prefix_of_more_than_32_components_is_answered_414(string command)
    {
        string uri = string.Concat(Enumerable.Repeat("/x", 32));
        Assert.Equal(200UL, _node.CodeOf(command, new ControlParameters { Name = Name.Parse(uri) }));
        Assert.Equal(414UL, _node.CodeOf(command, new ControlParameters { Name = Name.Parse(uri + "/x") }));
    }

    [Fact]
    public void Register_beyond_the_limit_of_routes_is_answered_500()
    {
        var node = new ManagedNode(new ManagementOptions { RouteCountMax = 1 });
        Assert.Equal(200UL, node.CodeOf("rib/register", new ControlParameters { Name = Name.Parse("/a") }));
        Assert.Equal(500UL, node.CodeOf("rib/register", new ControlParameters { Name = Name.Parse("/b") }));
        Assert.Equal(200UL, node.CodeOf("rib/unregister", new ControlParameters { Name = Name.Parse("/a") }));
        Assert.Equal(200UL, node.CodeOf("rib/register", new ControlParameters { Name = Name.Parse("/b") }));
    }

    [Fact]
    public void Register_beyond_the_fibs_room_is_answered_500_and_leaves_no_route()
    {
        var node = new ManagedNode(forwarderOptions: new ForwarderOptions { PageOctets = 16384, FibCapacity = 3 });
        Assert.Equal(200UL, node.CodeOf("rib/register", new ControlParameters { Name = Name.Parse("/a") }));
        Assert.Equal(500UL, node.CodeOf("rib/register", new ControlParameters { Name = Name.Parse("/b") }));
        Assert.Equal(1, node.Management.RouteCount);
    }

    [Fact]
    public void Unregister_removes_the_route_of_that_origin_and_succeeds_without_one()
    {
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a") });
        _node.Succeed("rib/unregister", new ControlParameters { Name = Name.Parse("/a"), Origin = 255 });
        Assert.Equal(1, _node.Management.RouteCount);
        ControlParameters effect = _node.Succeed("rib/unregister", new ControlParameters { Name = Name.Parse("/a") });
        Assert.Equal(
            new ControlParameters { Name = Name.Parse("/a"), FaceId = _node.App.Value, Origin = 0 }, effect);
        Assert.Equal(0, _node.Management.RouteCount);
        Assert.DoesNotContain(_node.Fetch<FibEntryRecord>("fib/list"), entry => entry.Name == Name.Parse("/a"));
    }

    [Fact]
    public void Route_expires_and_its_remaining_life_is_listed()
    {
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a"), ExpirationPeriodMs = 1000 });
        _node.Node.Advance(400);
        Assert.Equal(600UL, _node.Fetch<RibEntryRecord>("rib/list").Single().Routes.Single().ExpirationPeriodMs);
        _node.Node.Advance(601);
        Assert.Equal(0, _node.Management.RouteCount);
        Assert.Empty(_node.Fetch("rib/list"));
    }

    [Fact]
    public void Route_with_an_absurd_expiration_period_lasts()
    {
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a"), ExpirationPeriodMs = ulong.MaxValue });
        _node.Node.Advance(100_000);
        Assert.Equal(1, _node.Management.RouteCount);
    }

    [Fact]
    public void Routes_of_a_face_end_with_it()
    {
        FaceId udp = _node.AddUdpFace();
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a"), FaceId = udp.Value });
        _node.Succeed("rib/register", new ControlParameters { Name = Name.Parse("/a/b") });
        Assert.Equal(2, FibFacesOf("/a/b").Length);
        Assert.True(_node.Node.Core.RemoveFace(udp, _node.Node.Now));
        Assert.Equal(1, _node.Management.RouteCount);
        Assert.Equal([_node.App.Value], FibFacesOf("/a/b"));
    }

    [Fact]
    public void Host_adds_and_removes_routes_without_packets()
    {
        Name prefix = Name.Parse("/a");
        Assert.Equal(RibStatus.Added, Add(_node.App));
        Assert.Equal(RibStatus.FaceNotFound, Add(new FaceId(9999)));
        Assert.Equal([_node.App.Value], FibFacesOf("/a"));
        Assert.True(_node.Management.RemoveRoute(prefix, _node.App, RouteOrigin.Static, _node.Node.Now));
        Assert.False(_node.Management.RemoveRoute(prefix, _node.App, RouteOrigin.Static, _node.Node.Now));

        RibStatus Add(FaceId face) => _node.Management.AddRoute(
            prefix, face, RouteOrigin.Static, 1, RouteFlags.ChildInherit, Instant.Never, _node.Node.Now);
    }

    [Fact]
    public void Announce_makes_a_route_to_the_requester_for_the_life_of_the_announcement()
    {
        PrefixAnnouncement announcement = PrefixAnnouncement.Create(
            Name.Parse("/net/A"), 1, 60_000, validity: null, DigestSha256Signer.Instance);
        ControlResponse response = ManagedNode.ResponseOf(_node.SendRaw(Announce(announcement.Data.Wire))!);
        Assert.Equal(200UL, response.StatusCode);
        Assert.Equal(
            new ControlParameters
            {
                Name = Name.Parse("/net/A"),
                FaceId = _node.App.Value,
                Origin = 129,
                Cost = 2048,
                Flags = 1,
                ExpirationPeriodMs = 60_000,
            },
            ManagedNode.ParametersOf(response));
        Assert.Equal(1, _node.Management.RouteCount);
    }

    [Fact]
    public void Announce_outside_its_validity_is_answered_403_and_of_garbage_400()
    {
        DateTimeOffset past = DateTimeOffset.FromUnixTimeMilliseconds((long)ManagedNode.UnixTimeAtZeroMs).AddDays(-2);
        PrefixAnnouncement old = PrefixAnnouncement.Create(
            Name.Parse("/net/A"), 1, 60_000, new ValidityPeriod(past, past.AddDays(1)), DigestSha256Signer.Instance);
        Assert.Equal(403UL, ManagedNode.ResponseOf(_node.SendRaw(Announce(old.Data.Wire))!).StatusCode);
        Assert.Equal(400UL, ManagedNode.ResponseOf(_node.SendRaw(Announce(new byte[] { 6, 0 }))!).StatusCode);
        Assert.Equal(400UL, ManagedNode.ResponseOf(_node.SendRaw(Announce(default))!).StatusCode);
        Assert.Equal(0, _node.Management.RouteCount);
    }

    private ulong[] FibFacesOf(string prefix) => _node.Fetch<FibEntryRecord>("fib/list")
        .Single(entry => entry.Name == Name.Parse(prefix)).NextHops.Select(hop => hop.FaceId).ToArray();

    private static byte[] Announce(ReadOnlyMemory<byte> parameters) => new Interest
    {
        Name = Name.Parse("/localhost/nfd/rib/announce"),
        Nonce = (uint)(9000 + parameters.Length),
        ApplicationParameters = parameters,
    }.Sign(DigestSha256Signer.Instance).Encode();
}
