using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Pipelines;

public class FaceTests
{
    private readonly TestNode _node = new();

    [Fact]
    public void Face_numbers_begin_at_256_and_are_never_used_twice()
    {
        FaceId first = _node.AddFace();
        _node.Core.RemoveFace(first, _node.Now);

        Assert.Equal(new FaceId(256), first);
        Assert.Equal(new FaceId(257), _node.AddFace());
    }

    [Fact]
    public void Face_internal_is_number_1_and_stays()
    {
        Assert.Equal(FaceId.Internal, _node.Core.ListFaces()[0].Id);
        Assert.False(_node.Core.RemoveFace(FaceId.Internal, _node.Now));
    }

    [Fact]
    public void Face_removal_takes_its_nexthops_and_records_and_leaves_the_pending_interest()
    {
        FaceId consumer = _node.AddFace();
        FaceId other = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Route("/b", upstream);
        _node.Route("/b", other, 3);
        _node.Receive(consumer, Wire.Interest("/a", 1), token: "010203040506070809");
        _node.Receive(other, Wire.Interest("/a", 2));

        Assert.True(_node.Core.RemoveFace(upstream, _node.Now));
        Assert.True(_node.Core.RemoveFace(consumer, _node.Now));

        Assert.Equal(["/b"], _node.Core.ListFib().Select(e => e.Prefix.ToString()));
        Assert.Equal(1, _node.Core.PitEntryCount);
        Assert.Equal(1, _node.Core.PitRecordCount);
        _node.Advance(4000);
        Assert.Equal(0, _node.Core.PitEntryCount);
    }

    [Fact]
    public void Face_slot_of_a_removed_face_does_not_inherit_its_data()
    {
        FaceId consumer = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        _node.Receive(consumer, Wire.Interest("/a", 1));
        _node.Core.RemoveFace(consumer, _node.Now);
        _node.AddFace();

        Assert.Empty(_node.Receive(upstream, Wire.Data("/a")));
    }

    [Fact]
    public void Face_frames_for_an_unknown_face_are_dropped_and_counted()
    {
        Assert.Empty(_node.Receive(new FaceId(999), Wire.Interest("/a", 1)));
        Assert.Equal(1UL, _node.Core.Counters.Dropped(DropReason.UnknownFace));
    }

    [Fact]
    public void Face_events_tell_of_coming_and_going()
    {
        FaceId face = _node.AddFace();
        _node.Core.RemoveFace(face, _node.Now);

        Assert.True(_node.Core.TryTakeEvent(out ForwarderEvent created));
        Assert.True(_node.Core.TryTakeEvent(out ForwarderEvent destroyed));
        Assert.False(_node.Core.TryTakeEvent(out _));
        Assert.Equal((ForwarderEventKind.FaceCreated, face), (created.Kind, created.Face));
        Assert.Equal((ForwarderEventKind.FaceDestroyed, face), (destroyed.Kind, destroyed.Face));
    }

    [Fact]
    public void Face_counters_count_packets_and_frame_octets()
    {
        FaceId consumer = _node.AddFace();
        FaceId upstream = _node.AddFace();
        _node.Route("/a", upstream);
        byte[] interest = Wire.Interest("/a", 1);
        byte[] data = Wire.Data("/a");
        _node.Receive(consumer, interest);
        _node.Receive(upstream, data);
        byte[] nowhere = Wire.Interest("/nowhere", 2);
        _node.Receive(consumer, nowhere);
        _node.Receive(consumer, Wire.Interest("/a/b", 3));
        _node.ReceiveNack(upstream, Wire.Interest("/a/b", 3), Piccolo.Ndn.Link.NackReason.NoRoute);

        FaceCounters down = _node.Core.FindFace(consumer)!.Counters;
        FaceCounters up = _node.Core.FindFace(upstream)!.Counters;
        ulong second = (ulong)Wire.Interest("/a/b", 3).Length;
        Assert.Equal((3UL, 1UL, 2UL), (down.InInterests, down.OutData, down.OutNacks));
        Assert.Equal((2UL, 1UL, 1UL), (up.OutInterests, up.InData, up.InNacks));
        Assert.Equal((ulong)interest.Length + second, up.OutOctets);
        Assert.True(up.InOctets > (ulong)data.Length + second, "the Nack came with a header");
        Assert.Equal(
            ((ulong)interest.Length + second, (ulong)data.Length, second),
            (up.OutInterestOctets, up.InDataOctets, up.InNackOctets));
        Assert.Equal((ulong)(interest.Length + nowhere.Length) + second, down.InInterestOctets);
        Assert.Equal(((ulong)data.Length, (ulong)nowhere.Length + second), (down.OutDataOctets, down.OutNackOctets));
    }

    [Fact]
    public void Face_table_full_refuses_another_face()
    {
        var node = new TestNode(new ForwarderOptions { FaceCapacity = 2, PageOctets = 16384 });

        Assert.NotEqual(FaceId.None, node.AddFace());
        Assert.Equal(FaceId.None, node.AddFace());
    }

    [Fact]
    public void Face_with_a_small_mtu_sends_fragments_and_reliability_timers_reach_the_core()
    {
        FaceId consumer = _node.AddFace();
        var capabilities = new LinkCapabilities(
            "test://a", "test://b", LinkScope.NonLocal, LinkType.PointToPoint, FacePersistency.Persistent, 400, 1, false);
        FaceId narrow = _node.Core.AddFace(
            new FaceDescription(capabilities, new LinkServiceOptions { Mtu = 400, EnableReliability = true }), _node.Now);
        _node.Core.AddNextHop(Name.Parse("/a"), narrow, 0, _node.Now);
        _node.Core.HandleFrame(consumer, Wire.Interest("/a/" + new string('x', 700), 1), _node.Now);

        int frames = 0;
        while (_node.Core.TryTakeTransmit(out Transmit transmit))
        {
            Assert.True(transmit.Frame.Length <= 400);
            transmit.Frame.Dispose();
            frames++;
        }

        Assert.True(frames >= 2);
        Piccolo.Ndn.Instant retransmission = _node.Now.Add(TimeSpan.FromSeconds(1));
        while (_node.Core.NextTimeout <= retransmission)
        {
            _node.Core.HandleTimeout(_node.Core.NextTimeout);
        }

        Assert.True(_node.Core.TryTakeTransmit(out Transmit again));
        again.Frame.Dispose();
    }
}
