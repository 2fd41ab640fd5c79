using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Budgets;

/// <summary>What is done for each packet, by its name in <c>bench/budgets.json</c>; each entry prepares one and returns it.</summary>
internal static class HotOperations
{
    private const int NamesInTurn = 4000;

    private static readonly Name SomeName = Name.Parse("/a/some/where/seg=7");

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, Func<Action<int>>> All { get; } = new Dictionary<string, Func<Action<int>>>
    {
        ["interest decode"] = DecodeInterest,
        ["data decode"] = DecodeData,
        ["link packet decode"] = DecodeLinkPacket,
        ["name hash of all prefixes"] = HashName,
        ["name comparison"] = CompareNames,
        ["interest edit"] = EditInterest,
        ["hmac signature"] = SignHmac,
        ["fib lookup"] = LookUpFib,
        ["strategy and nack without a route"] = RefuseWithoutRoute,
        ["content store hit"] = () => HitContentStore(Wire.Interest("/a/hit", 1)),
        ["content store hit by prefix"] = () => HitContentStore(Wire.Interest("/a", 1, canBePrefix: true)),
        ["pit insertion and match"] = () => Exchange(contentStoreCapacity: 0, hasToken: false),
        ["whole exchange with pit token and caching"] = () => Exchange(contentStoreCapacity: 256, hasToken: true),
        ["interest encode"] = () => _ => new Interest { Name = SomeName, Nonce = 7, LifetimeMs = 4000 }.Encode(),
        ["data encode with digest"] = EncodeData,
        ["interest decode to object"] = DecodeInterestToObject,
        ["data decode to object"] = DecodeDataToObject,
    };

    private static Action<int> DecodeInterest()
    {
        byte[] packet = Wire.Interest(SomeName, 1, mustBeFresh: true, lifetimeMs: 4000, hopLimit: 9);
        return _ => Require(InterestView.TryDecode(packet, out InterestView view) == TlvStatus.Ok && view.HopLimit == 9);
    }

    private static Action<int> DecodeData()
    {
        byte[] packet = Wire.Data(SomeName, 1000, new byte[1000]);
        return _ => Require(DataView.TryDecode(packet, out DataView view) == TlvStatus.Ok && view.Content.Length == 1000);
    }

    private static Action<int> DecodeLinkPacket()
    {
        byte[] frame = Wire.Lp(Wire.Interest(SomeName, 1), new LpHeaders { PitToken = new PitToken([1, 2, 3, 4]) });
        return _ => Require(LpPacketView.TryDecode(frame, out LpPacketView view) == TlvStatus.Ok && view.Headers.PitToken.Length == 4);
    }

    private static Action<int> HashName()
    {
        var hasher = new NameHasher(1, 2);
        ulong[] hashes = new ulong[8];
        return _ => Require(hasher.HashPrefixes(SomeName.View, hashes) == SomeName.Count + 1);
    }

    private static Action<int> CompareNames()
    {
        Name same = Name.Parse(SomeName.ToString());
        return _ => Require(SomeName.View.Equals(same.View) && SomeName.View.CompareTo(same.View) == 0 && same == SomeName);
    }

    private static Action<int> EditInterest()
    {
        byte[] packet = Wire.Interest(SomeName, null, hopLimit: 9);
        byte[] room = new byte[packet.Length + 16];
        return _ =>
        {
            InterestView.TryDecode(packet, out InterestView view);
            Require(InterestEditor.CopyWithNonce(view, 5, room) == packet.Length + 6);
        };
    }

    private static Action<int> SignHmac()
    {
        var signer = new HmacSigner(new byte[32], new KeyLocator(SomeName));
        byte[] portion = new byte[200];
        byte[] signature = new byte[signer.MaxSignatureOctets];
        return _ => Require(signer.Sign(portion, signature) == 32);
    }

    private static Action<int> LookUpFib()
    {
        var node = new TestNode();
        FaceId face = node.AddFace();
        for (int index = 0; index < 1000; index++)
        {
            node.Route($"/a/{index}", face);
        }

        Name wanted = Name.Parse("/a/777/x/y");
        return _ => Require(node.Core.FindNextHop(wanted.View) == face);
    }

    private static Action<int> RefuseWithoutRoute()
    {
        var node = new TestNode(new ForwarderOptions { DeadNonceCapacity = 1024 });
        FaceId consumer = node.AddFace();
        byte[] interest = Wire.Interest("/nobody/serves/this", 1);
        return _ => Feed(node, consumer, interest);
    }

    private static Action<int> HitContentStore(byte[] interest)
    {
        var node = new TestNode();
        FaceId consumer = node.AddFace();
        FaceId upstream = node.AddFace();
        node.Route("/a", upstream);
        node.Receive(consumer, interest);
        node.Receive(upstream, Wire.Data("/a/hit", 1000));
        return _ =>
        {
            ulong before = node.Core.Counters.ContentStoreHits;
            Feed(node, consumer, interest);
            Require(node.Core.Counters.ContentStoreHits == before + 1);
        };
    }

    private static Action<int> Exchange(int contentStoreCapacity, bool hasToken)
    {
        var node = new TestNode(new ForwarderOptions { ContentStoreCapacity = contentStoreCapacity, DeadNonceCapacity = 1024 });
        FaceId consumer = node.AddFace();
        FaceId upstream = node.AddFace();
        node.Route("/a", upstream);
        byte[][] interests = new byte[NamesInTurn][];
        byte[][] answers = new byte[NamesInTurn][];
        for (int index = 0; index < NamesInTurn; index++)
        {
            Name name = Name.Parse($"/a/some/where/seg={index}");
            byte[] interest = Wire.Interest(name, (uint)index, mustBeFresh: true, hopLimit: 9);
            interests[index] = hasToken ? Wire.Lp(interest, new LpHeaders { PitToken = new PitToken([1, 2, 3, 4]) }) : interest;
            answers[index] = Wire.Data(name, 1000, new byte[1000 + (index % 100)]);
        }

        return run =>
        {
            ulong before = node.Core.Counters.SatisfiedInterests;
            Feed(node, consumer, interests[run % NamesInTurn]);
            Feed(node, upstream, answers[run % NamesInTurn]);
            Require(node.Core.Counters.SatisfiedInterests == before + 1);
        };
    }

    private static Action<int> EncodeData()
    {
        byte[] payload = new byte[100];
        return _ => Data.Create(SomeName, payload, DigestSha256Signer.Instance, 1000);
    }

    private static Action<int> DecodeInterestToObject()
    {
        byte[] packet = Wire.Interest(SomeName, 1, lifetimeMs: 4000);
        return _ => Require(Interest.TryDecode(packet, out Interest? interest) == TlvStatus.Ok && interest is not null);
    }

    private static Action<int> DecodeDataToObject()
    {
        byte[] packet = Wire.Data(SomeName, 1000, new byte[100]);
        return _ => Require(Data.TryDecode(packet, out Data? data) == TlvStatus.Ok && data is not null);
    }

    private static void Feed(TestNode node, FaceId face, byte[] frame)
    {
        node.Core.HandleFrame(face, frame, node.Now);
        int sent = 0;
        while (node.Core.TryTakeTransmit(out Transmit transmit))
        {
            sent++;
            transmit.Frame.Dispose();
        }

        Require(sent == 1);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("the operation did not do what is measured here");
        }
    }
}
