using System.Buffers.Binary;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Bench.Micro;

/// <summary>A forwarder in memory with a consumer's and a producer's face, and packets <c>/p/NUMBER/object/seg</c>.</summary>
internal sealed class BenchNode
{
    private const int PayloadOctets = 100;

    private static readonly Name Root = Name.Parse("/p");

    private readonly PatchedPacket _interest = new(MakeInterest());
    private readonly PatchedPacket _data = new(MakeData());
    private readonly FaceId _consumer;
    private readonly FaceId _producer;
    private readonly Instant _now = Instant.FromMilliseconds(1000);

    /// <summary>Makes the node; Interests under <c>/p</c> go to the producer.</summary>
    public BenchNode(ForwarderOptions options)
    {
        Core = new ForwarderCore(options, new FramePool(), new XoshiroRandomSource(1), null);
        _consumer = AddFace();
        _producer = AddFace();
        Core.AddNextHop(Root, _producer, 0, _now);
    }

    /// <summary>The forwarder.</summary>
    public ForwarderCore Core { get; }

    /// <summary>The name of one packet.</summary>
    public static Name NameOf(ulong number) => PrefixOf(number).Append("object").Append(NameComponent.Segment(0));

    /// <summary>A prefix of its own for each number.</summary>
    public static Name PrefixOf(ulong number)
    {
        Span<byte> octets = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(octets, number);
        return Root.Append(NameComponent.Generic(octets));
    }

    /// <summary>The Interest of <see cref="PatchedPacket.Placeholder"/>.</summary>
    public static byte[] MakeInterest() => new Interest
    {
        Name = NameOf(PatchedPacket.Placeholder),
        Nonce = 0x01020304,
        LifetimeMs = 3_000_000,
        HopLimit = 64,
    }.Encode();

    /// <summary>The Data of <see cref="PatchedPacket.Placeholder"/>.</summary>
    public static byte[] MakeData()
    {
        Name name = NameOf(PatchedPacket.Placeholder);
        return Data.Create(name, new byte[PayloadOctets], DigestSha256Signer.Instance, freshnessPeriodMs: 3_600_000).Wire.ToArray();
    }

    /// <summary>Adds a prefix for a number to the FIB.</summary>
    public bool AddPrefix(ulong number) => Core.AddNextHop(PrefixOf(number), _producer, 0, _now);

    /// <summary>The consumer's Interest arrives.</summary>
    public void ReceiveInterest(ulong number)
    {
        Core.HandleFrame(_consumer, _interest.With(number), _now);
        Drain();
    }

    /// <summary>The producer's Data arrives.</summary>
    public void ReceiveData(ulong number)
    {
        Core.HandleFrame(_producer, _data.With(number), _now);
        Drain();
    }

    private FaceId AddFace()
    {
        var capabilities = new LinkCapabilities(
            "bench://here", "bench://there", LinkScope.NonLocal, LinkType.PointToPoint, FacePersistency.Persistent,
            LinkCapabilities.UnlimitedMtu, 64, ReportsSendQueue: false);
        return Core.AddFace(new FaceDescription(capabilities, new LinkServiceOptions()), _now);
    }

    private void Drain()
    {
        while (Core.TryTakeTransmit(out Transmit transmit))
        {
            transmit.Frame.Dispose();
        }
    }
}
