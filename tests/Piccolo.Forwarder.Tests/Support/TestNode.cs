using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Support;

/// <summary>A forwarder with a clock of its own; what it sends is decoded on the way out and every lease goes back.</summary>
internal sealed class TestNode
{
    public TestNode(ForwarderOptions? options = null)
    {
        Core = new ForwarderCore(
            options ?? new ForwarderOptions { PageOctets = 16384 }, Pool, new XoshiroRandomSource(7), null);
    }

    public ForwarderCore Core { get; }

    public FramePool Pool { get; } = new();

    public Instant Now { get; private set; } = Instant.FromMilliseconds(1000);

    public FaceId AddFace(
        LinkScope scope = LinkScope.NonLocal,
        LinkType type = LinkType.PointToPoint,
        bool allowLocalFields = false)
    {
        var capabilities = new LinkCapabilities(
            "test://here", "test://there", scope, type, FacePersistency.Persistent, LinkCapabilities.UnlimitedMtu, 64, false);
        var options = new LinkServiceOptions { AllowLocalFields = allowLocalFields };
        return Core.AddFace(new FaceDescription(capabilities, options), Now);
    }

    public FaceId AddApp() => AddFace(LinkScope.Local);

    public void Route(string prefix, FaceId face, ulong cost = 0) =>
        Assert.True(Core.AddNextHop(Name.Parse(prefix), face, cost, Now));

    public List<Sent> Receive(FaceId face, byte[] packet, string? token = null, ulong mark = 0, FaceId? nextHop = null)
    {
        var headers = new LpHeaders
        {
            PitToken = token is null ? default : new PitToken(Convert.FromHexString(token)),
            CongestionMark = mark,
            NextHopFaceId = nextHop?.Value,
        };
        return ReceiveFrame(face, headers.IsEmpty ? packet : Wire.Lp(packet, headers));
    }

    public List<Sent> ReceiveNack(FaceId face, byte[] interest, NackReason reason) =>
        ReceiveFrame(face, Wire.Lp(interest, new LpHeaders { IsNack = true, NackReason = reason }));

    public List<Sent> ReceiveFrame(FaceId face, byte[] frame)
    {
        Core.HandleFrame(face, frame, Now);
        return Take();
    }

    /// <summary>Lets time pass; time-outs fire when they are due.</summary>
    public List<Sent> Advance(double milliseconds)
    {
        Instant until = Now.AddNanoseconds((long)(milliseconds * 1_000_000));
        List<Sent> sent = [];
        while (Core.NextTimeout <= until)
        {
            Now = Instant.Max(Now, Core.NextTimeout);
            Core.HandleTimeout(Now);
            sent.AddRange(Take());
        }

        Now = until;
        return sent;
    }

    public List<Sent> Take()
    {
        List<Sent> list = [];
        while (Core.TryTakeTransmit(out Transmit transmit))
        {
            list.Add(Decode(transmit));
            transmit.Frame.Dispose();
        }

        Assert.Equal(0, Pool.Outstanding);
        return list;
    }

    private static Sent Decode(Transmit transmit)
    {
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(transmit.Frame.Span, out LpPacketView lp));
        byte[] packet = lp.Fragment.ToArray();
        if (packet[0] == TlvType.Data)
        {
            Assert.Equal(TlvStatus.Ok, DataView.TryDecode(packet, out DataView data));
            return new Sent(transmit.Face, 'D', data.Name.ToString(), 0, null, lp.Headers, packet);
        }

        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out InterestView interest));
        return new Sent(
            transmit.Face,
            lp.Headers.IsNack ? 'N' : 'I',
            interest.Name.ToString(),
            interest.Nonce,
            interest.HasHopLimit ? interest.HopLimit : null,
            lp.Headers,
            packet);
    }
}
