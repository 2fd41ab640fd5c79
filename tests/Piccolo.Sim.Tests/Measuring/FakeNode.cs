using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Sim.Measuring;

namespace Piccolo.Sim.Tests.Measuring;

/// <summary>A node with a real forwarder, an application's face (its consumer) and a link's face, fed by hand.</summary>
internal sealed class FakeNode : NodeProbe
{
    private readonly FramePool _pool = new();
    private ForwarderCore? _forwarder;

    public FakeNode(int index, string name)
    {
        Index = index;
        Name = name;
        Restart();
    }

    public override int Index { get; }

    public override string Name { get; }

    public override ForwarderCore? Forwarder => _forwarder;

    public FaceId Application { get; private set; }

    public FaceId Link { get; private set; }

    public Instant Now { get; set; } = Instant.FromMilliseconds(1000);

    public override string DescribeFace(FaceId face) => face == Application ? "app://consumer" : "netdev://there";

    public void Restart()
    {
        _forwarder = new ForwarderCore(new ForwarderOptions { PageOctets = 16384 }, _pool, new XoshiroRandomSource(7), null);
        Application = AddFace(LinkScope.Local);
        Link = AddFace(LinkScope.NonLocal);
        _forwarder.AddNextHop(Ndn.Naming.Name.Parse("/a"), Link, 0, Now);
    }

    public void Stop() => _forwarder = null;

    public void Receive(FaceId face, byte[] packet)
    {
        _forwarder!.HandleFrame(face, packet, Now);
        while (_forwarder.TryTakeTransmit(out Transmit transmit))
        {
            transmit.Frame.Dispose();
        }
    }

    private FaceId AddFace(LinkScope scope)
    {
        var capabilities = new LinkCapabilities(
            "test://here",
            "test://there",
            scope,
            LinkType.PointToPoint,
            FacePersistency.Persistent,
            LinkCapabilities.UnlimitedMtu,
            64,
            false);
        return _forwarder!.AddFace(new FaceDescription(capabilities, new LinkServiceOptions()), Now);
    }
}
