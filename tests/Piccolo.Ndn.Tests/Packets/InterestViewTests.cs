using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>Rules of the Interest decoder that no vector isolates.</summary>
public sealed class InterestViewTests
{
    private const string Parameters = "240170";
    private const string SignatureInfo = "2c031b0100";
    private const string SignatureValue = "2e0101";

    private static readonly Name Name = Name.Parse("/A/B");

    [Theory]
    [InlineData(Parameters, "/", TlvStatus.Ok)]
    [InlineData(Parameters, "/tail", TlvStatus.Ok)]
    [InlineData(Parameters + SignatureInfo + SignatureValue, "/", TlvStatus.Ok)]
    [InlineData(Parameters + SignatureInfo + SignatureValue, "/tail", TlvStatus.BadName)]
    [InlineData(Parameters + SignatureInfo, "/", TlvStatus.MissingElement)]
    [InlineData(Parameters + SignatureValue, "/", TlvStatus.MissingElement)]
    [InlineData(Parameters + SignatureValue + SignatureInfo, "/", TlvStatus.MissingElement)]
    [InlineData(Parameters + "2c00" + SignatureValue, "/", TlvStatus.MissingElement)]
    [InlineData(Parameters + "f100", "/", TlvStatus.UnknownCritical)]
    [InlineData(Parameters + "0a04a1b2c3d4", "/", TlvStatus.OutOfOrder)]
    [InlineData(Parameters + "f00101", "/", TlvStatus.Ok)]
    [InlineData(Parameters + "2400", "/", TlvStatus.Ok)]
    public void Tail_with_a_right_digest_is_judged_by_the_other_rules(string tail, string suffix, TlvStatus expected) =>
        Assert.Equal(expected, InterestView.TryDecode(InterestBuilder.WithTail(Name, "", tail, suffix), out _));

    [Fact]
    public void Signature_without_parameters_before_it_is_out_of_place_and_ignored()
    {
        byte[] packet = InterestBuilder.Packet(Name, SignatureInfo + SignatureValue);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out InterestView view));
        Assert.False(view.IsSigned);
        Assert.True(view.SignatureValue.IsEmpty);

        packet = InterestBuilder.WithTail(Name, SignatureInfo + SignatureValue, Parameters);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out view));
        Assert.False(view.IsSigned);
        Assert.True(view.HasApplicationParameters);
    }

    [Fact]
    public void Digest_covers_whatever_follows_the_parameters()
    {
        byte[] packet = InterestBuilder.WithTail(Name, "", Parameters + SignatureInfo + SignatureValue + "f00101");
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out InterestView view));
        Assert.Equal(Parameters + SignatureInfo, Convert.ToHexStringLower(view.SignedTail));
        Assert.Equal(Name.Value.ToArray(), view.SignedNamePart.ToArray());
        packet[^1] ^= 1;
        Assert.Equal(TlvStatus.DigestMismatch, InterestView.TryDecode(packet, out _));
    }

    [Fact]
    public void Implicit_digest_is_last_or_the_name_is_bad()
    {
        Name full = Name.Append(NameComponent.ImplicitDigest(new byte[32]));
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(InterestBuilder.Packet(full, ""), out _));
        Assert.Equal(TlvStatus.BadName, InterestView.TryDecode(InterestBuilder.Packet(full.Append("x"), ""), out _));
    }

    [Theory]
    [InlineData("fd040205" + "0705080152", "", false)]
    [InlineData("fd040205" + "1503080152", "", false)]
    [InlineData("fd040205" + "0703080152", "0703080152", true)]
    [InlineData("fd04020100", "", false)]
    [InlineData("fd040200", "", false)]
    [InlineData("fd0402060703080152" + "00", "", false)]
    public void Reflexive_name_is_taken_when_it_is_one_name_and_ignored_otherwise(string element, string value, bool isTaken)
    {
        byte[] packet = InterestBuilder.Packet(Name, element);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out InterestView view));
        if (!isTaken)
        {
            Assert.False(view.HasReflexiveName);
            return;
        }

        Assert.Equal(value, Convert.ToHexStringLower(view.ReflexiveName));

        // It has no place in the order, and is not looked for behind the parameters, where the digest would cover it.
        packet = InterestBuilder.Packet(Name, element + "2100");
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out view));
        Assert.True(view.HasReflexiveName && view.CanBePrefix);
        packet = InterestBuilder.WithTail(Name, "", Parameters + element);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out view));
        Assert.False(view.HasReflexiveName);
    }

    [Fact]
    public void Packet_above_the_limit_is_too_large()
    {
        int filler = PacketLimits.MaxPacketOctets - 4 - Name.EncodedLength - 4;
        string atLimit = "f0fd" + filler.ToString("x4", null) + new string('0', 2 * filler);
        byte[] packet = InterestBuilder.Packet(Name, atLimit);
        Assert.Equal(PacketLimits.MaxPacketOctets, packet.Length);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out _));
        Assert.Equal(TlvStatus.TooLarge, InterestView.TryDecode(InterestBuilder.Packet(Name, atLimit + "f000"), out _));
    }
}
