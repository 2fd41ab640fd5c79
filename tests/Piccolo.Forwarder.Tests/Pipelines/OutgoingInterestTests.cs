using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class OutgoingInterestTests
{
    private readonly TestNode _node = new();

    [Fact]
    public void Outgoing_hop_limit_used_up_reaches_local_faces_only()
    {
        FaceId consumer = _node.AddFace();
        FaceId app = _node.AddApp();
        FaceId remote = _node.AddFace();
        _node.Route("/app", app);
        _node.Route("/remote", remote);

        Assert.Equal((byte)0, Assert.Single(_node.Receive(consumer, Wire.Interest("/app", 1, hopLimit: 1))).HopLimit);
        Assert.Empty(_node.Receive(consumer, Wire.Interest("/remote", 2, hopLimit: 1)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.HopLimitExhausted));
    }

    [Fact]
    public void Outgoing_hop_limit_used_up_is_still_answered_by_the_cache()
    {
        FaceId consumer = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(consumer, Wire.Interest("/a", 1));
        _node.Receive(upstream, Wire.Data("/a"));

        Assert.Equal($"{consumer}:D /a", Assert.Single(_node.Receive(consumer, Wire.Interest("/a", 2, hopLimit: 1))).ToString());
    }

    [Fact]
    public void Outgoing_never_goes_back_to_the_face_it_came_from()
    {
        FaceId only = _node.AddFace();
        _node.Route("/a", only);

        Assert.Equal($"{only}:N /a NoRoute", Assert.Single(_node.Receive(only, Wire.Interest("/a", 1))).ToString());
    }

    [Fact]
    public void Outgoing_may_go_back_on_an_ad_hoc_link()
    {
        FaceId radio = _node.AddFace(type: LinkType.AdHoc);
        _node.Route("/a", radio);

        Assert.Equal($"{radio}:I /a", Assert.Single(_node.Receive(radio, Wire.Interest("/a", 1))).ToString());
    }

    [Fact]
    public void Outgoing_localhost_never_leaves_the_host()
    {
        FaceId app = _node.AddApp();
        _node.Route("/localhost/a", _node.AddFace());

        Assert.Equal('N', Assert.Single(_node.Receive(app, Wire.Interest("/localhost/a", 1))).Kind);
    }

    [Fact]
    public void Outgoing_localhop_leaves_the_host_only_from_a_local_face()
    {
        FaceId app = _node.AddApp();
        FaceId peer = _node.AddFace();
        FaceId other = _node.AddFace();
        FaceId local = _node.AddApp();
        _node.Route("/localhop/a", other);
        _node.Route("/localhop/b", local);

        Assert.Equal($"{other}:I /localhop/a", Assert.Single(_node.Receive(app, Wire.Interest("/localhop/a", 1))).ToString());
        Assert.Equal('N', Assert.Single(_node.Receive(peer, Wire.Interest("/localhop/a/2", 2))).Kind);
        Assert.Equal($"{local}:I /localhop/b", Assert.Single(_node.Receive(peer, Wire.Interest("/localhop/b", 3))).ToString());
    }

    [Fact]
    public void Outgoing_uses_the_longest_matching_prefix_and_the_root_last()
    {
        FaceId consumer = _node.AddFace();
        FaceId root = _node.AddFace();
        FaceId shorter = _node.AddFace();
        FaceId longer = _node.AddFace();
        _node.Route("/", root);
        _node.Route("/a", shorter);
        _node.Route("/a/b/c", longer);

        Assert.Equal(longer, Assert.Single(_node.Receive(consumer, Wire.Interest("/a/b/c/d", 1))).Face);
        Assert.Equal(shorter, Assert.Single(_node.Receive(consumer, Wire.Interest("/a/b/x", 2))).Face);
        Assert.Equal(root, Assert.Single(_node.Receive(consumer, Wire.Interest("/x", 3))).Face);
    }

    [Fact]
    public void Outgoing_each_downstreams_own_nonce_is_used()
    {
        FaceId first = _node.AddFace();
        FaceId second = _node.AddFace();
        FaceId cheap = _node.AddFace();
        FaceId dear = _node.AddFace();
        _node.Route("/a", cheap, 1);
        _node.Route("/a", dear, 2);
        _node.Receive(first, Wire.Interest("/a", 1, hopLimit: 9));
        _node.Advance(20);

        Sent sent = Assert.Single(_node.Receive(second, Wire.Interest("/a", 2, hopLimit: 30)));

        Assert.Equal((dear, 2u, (byte)29), (sent.Face, sent.Nonce, sent.HopLimit!.Value));
    }

    [Fact]
    public void Outgoing_fib_prefix_over_32_components_is_refused()
    {
        FaceId face = _node.AddFace();
        Name name = Name.Root;
        for (int index = 0; index < 33; index++)
        {
            name = name.Append("c");
        }

        Assert.False(_node.Core.AddNextHop(name, face, 0, _node.Now));
        Assert.True(_node.Core.AddNextHop(name.Prefix(32), face, 0, _node.Now));
        Assert.Equal(face, Assert.Single(_node.Receive(_node.AddFace(), Wire.Interest(name, 1))).Face);
    }
}
