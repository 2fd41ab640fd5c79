using Piccolo.Forwarder.Management;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Management;

public sealed class FaceEventTests
{
    private static readonly Name Stream = Name.Parse("/localhost/nfd/faces/events");

    private readonly ManagedNode _node = new();

    [Fact]
    public void Latest_event_is_given_at_once_while_it_is_fresh()
    {
        Data data = ManagedNode.DataOf(_node.Ask(Stream, canBePrefix: true)!);
        Assert.Equal(Stream.Append(NameComponent.SequenceNumber(0)), data.Name);
        FaceEventNotification created = Read(data);
        Assert.Equal(
            new FaceEventNotification
            {
                Kind = FaceEventKind.Created,
                FaceId = _node.App.Value,
                Uri = "fd://20",
                LocalUri = "unix:///run/nfd/nfd.sock",
                FaceScope = LinkScope.Local,
                FacePersistency = FacePersistency.OnDemand,
                LinkType = LinkType.PointToPoint,
            },
            created);
    }

    [Fact]
    public void Request_for_a_fresh_event_waits_when_the_latest_is_old()
    {
        _node.Node.Advance(1001);
        Assert.Null(_node.Ask(Stream, canBePrefix: true));
        FaceId udp = _node.AddUdpFace();
        Data data = ManagedNode.DataOf(_node.Node.Take().Single());
        Assert.Equal(Stream.Append(NameComponent.SequenceNumber(1)), data.Name);
        Assert.Equal(udp.Value, Read(data).FaceId);
    }

    [Fact]
    public void Request_that_takes_an_old_event_is_answered_at_once()
    {
        _node.Node.Advance(5000);
        Assert.NotNull(_node.Ask(Stream, canBePrefix: true, mustBeFresh: false));
    }

    [Fact]
    public void Request_for_the_next_number_waits_and_gets_exactly_that_event()
    {
        Assert.Null(_node.Ask(Stream.Append(NameComponent.SequenceNumber(1)), canBePrefix: false));
        FaceId udp = _node.AddUdpFace();
        Assert.Equal(FaceEventKind.Created, Read(ManagedNode.DataOf(_node.Node.Take().Single())).Kind);

        Assert.Null(_node.Ask(Stream.Append(NameComponent.SequenceNumber(2)), canBePrefix: false));
        _node.Node.Core.RemoveFace(udp, _node.Node.Now);
        FaceEventNotification destroyed = Read(ManagedNode.DataOf(_node.Node.Take().Single()));
        Assert.Equal(FaceEventKind.Destroyed, destroyed.Kind);
        Assert.Equal(udp.Value, destroyed.FaceId);
    }

    [Fact]
    public void Past_events_stay_available_in_the_history_and_older_ones_are_gone()
    {
        var node = new ManagedNode(new ManagementOptions { EventHistoryCount = 4 });
        for (int i = 0; i < 9; i++)
        {
            node.AddUdpFace($"192.0.2.{i}");
        }

        node.Node.Advance(60_000);
        for (ulong number = 0; number < 10; number++)
        {
            Sent? sent = node.Ask(Stream.Append(NameComponent.SequenceNumber(number)), canBePrefix: false);
            Assert.Equal(number >= 6, sent is not null);
        }
    }

    [Fact]
    public void Events_that_nobody_waits_for_are_not_sent()
    {
        ulong before = _node.Node.Core.Counters.InData;
        _node.AddUdpFace();
        Assert.Equal(before, _node.Node.Core.Counters.InData);
        Assert.Equal(2, _node.Management.Counters.FaceEvents);
    }

    private static FaceEventNotification Read(Data data)
    {
        Assert.Equal(
            TlvStatus.Ok, FaceEventNotification.TryDecode(data.Content.Span, out FaceEventNotification? notification));
        return notification!;
    }
}
