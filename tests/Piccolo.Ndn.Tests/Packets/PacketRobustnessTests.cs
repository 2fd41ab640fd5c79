using FsCheck.Fluent;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>Whatever octets come, decoders answer with a status, and the view and the object agree.</summary>
public sealed class PacketRobustnessTests
{
    private static readonly string[] GoodFiles = ["interests.json", "signed-interests.json", "data.json"];

    [Fact]
    public void Decoders_never_throw_on_random_octets() => Properties.Hold(
        Arb.From(
            from type in Gen.Elements<byte>(5, 6, 7)
            from octets in Properties.Octets(60)
            select new[] { type, (byte)octets.Length }.Concat(octets).ToArray()),
        octets =>
        {
            DecodeAll(octets);
            return true;
        },
        runs: 20_000);

    [Fact]
    public void Decoders_never_throw_on_damaged_vectors()
    {
        IRandomSource random = new XoshiroRandomSource(7);
        int accepted = 0;
        int decoded = 0;
        foreach (byte[] wire in Wires([.. GoodFiles, "malformed.json"]))
        {
            for (int round = 0; round < 60; round++)
            {
                accepted += DecodeAll(Damage(wire, random)) ? 1 : 0;
                decoded++;
            }
        }

        // Both must happen, or the damage is too coarse, or too fine, to test anything.
        Assert.InRange(accepted, decoded / 50, decoded / 2);
    }

    [Fact]
    public void Every_truncation_of_every_vector_is_refused()
    {
        foreach (byte[] wire in Wires(GoodFiles))
        {
            for (int length = 0; length < wire.Length; length += wire.Length > 1000 ? 97 : 1)
            {
                Assert.False(DecodeAll(wire[..length]));
            }
        }
    }

    private static IEnumerable<byte[]> Wires(string[] files) =>
        files.SelectMany(file => Vectors.Load(file))
            .Select(vector => vector.Octets("wire")).Where(wire => wire.Length is > 0 and < 1500);

    /// <summary>Changes, inserts, removes or doubles a few octets; half the time the outer LENGTH is set right again.</summary>
    private static byte[] Damage(byte[] wire, IRandomSource random)
    {
        List<byte> octets = [.. wire];
        uint count = 1 + random.NextBelow(3);
        for (uint i = 0; i < count && octets.Count > 0; i++)
        {
            int at = (int)random.NextBelow((uint)octets.Count);
            switch (random.NextBelow(4))
            {
                case 0:
                    octets[at] = (byte)random.NextUInt32();
                    break;
                case 1:
                    octets[at] ^= (byte)(1 << (int)random.NextBelow(8));
                    break;
                case 2:
                    octets.Insert(at, (byte)random.NextBelow(64));
                    break;
                default:
                    octets.RemoveAt(at);
                    break;
            }
        }

        if (octets.Count is > 2 and < 255 && random.NextBelow(2) == 0)
        {
            octets[1] = (byte)(octets.Count - 2);
        }

        return [.. octets];
    }

    private static bool DecodeAll(byte[] octets)
    {
        TlvStatus asInterest = InterestView.TryDecode(octets, out InterestView interest);
        Assert.Equal(asInterest, AsObject(Interest.TryDecode(octets, out Interest? madeInterest), madeInterest, asInterest));
        if (asInterest == TlvStatus.Ok)
        {
            Assert.NotEqual(0, interest.Name.Count);
            byte[] portion = new byte[interest.SignedPortionLength];
            interest.CopySignedPortion(portion);
            byte[] copy = new byte[octets.Length + InterestEditor.GrowthOctetsMax];
            int length = InterestEditor.Copy(interest, new InterestEdit { Nonce = 1, RemovesForwardingHint = true }, copy);
            Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(copy.AsSpan(0, length), out InterestView edited));
            Assert.Equal(1u, edited.Nonce);
        }

        TlvStatus asData = DataView.TryDecode(octets, out DataView data);
        Assert.Equal(asData, AsObject(Data.TryDecode(octets, out Data? madeData), madeData, asData));
        if (asData == TlvStatus.Ok)
        {
            Assert.Equal(data.Name.Count, data.Name.ToName().Count);
            Assert.False(data.SignedPortion.IsEmpty);
        }

        _ = Name.TryDecode(octets, out _);
        return asInterest == TlvStatus.Ok || asData == TlvStatus.Ok;
    }

    /// <summary>
    /// The status of the view, once the object is known to agree: it exists just when its own status is Ok, and may be stricter
    /// only about the inside of a ValidityPeriod or a description.
    /// </summary>
    private static TlvStatus AsObject(TlvStatus status, object? made, TlvStatus view)
    {
        Assert.Equal(status == TlvStatus.Ok, made is not null);
        Assert.True(status == view || view == TlvStatus.Ok);
        return view;
    }
}
