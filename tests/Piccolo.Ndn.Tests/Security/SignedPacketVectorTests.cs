using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Security;

public sealed class SignedPacketVectorTests
{
    public static TheoryData<string> SignedInterestIds => Ids(Vectors.Load("signed-interests.json", "signed-v03"));

    public static TheoryData<string> CommandIds => Ids(Vectors.Load("signed-interests.json", "command-v02"));

    public static TheoryData<string> DataIds => Ids(Vectors.Load("data.json"));

    [Theory]
    [MemberData(nameof(DataIds))]
    public void Data_signature_has_the_verdict_of_the_vector(string id)
    {
        JsonElement vector = Find("data.json", id);
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(vector.Octets("wire"), out Data? data));
        Assert.Equal(vector.GetProperty("expect").Octets("signedPortion"), data!.SignedPortion);
        CheckSignatureInfo(vector.GetProperty("expect").GetProperty("sigInfo"), data.SignatureInfo);
        bool isValid = vector.Text("key") is { } && vector.GetProperty("valid").GetBoolean();
        Assert.Equal(TlvStatus.Ok, DataView.TryDecode(vector.Octets("wire"), out DataView view));
        foreach (string key in (string[])["digest", "ec", "rsa", "hmac", "ed", "ec2"])
        {
            IVerifier verifier = TestKeys.Verifier(key);
            Assert.Equal(isValid && key == vector.Text("key"), PacketSignature.Verify(data, verifier));
            Assert.Equal(isValid && key == vector.Text("key"), PacketSignature.Verify(view, verifier));
        }
    }

    [Theory]
    [MemberData(nameof(DataIds))]
    public void Data_signature_is_reproduced_by_a_deterministic_signer(string id)
    {
        JsonElement vector = Find("data.json", id);
        if (vector.Text("key") is not { } key || !vector.GetProperty("valid").GetBoolean())
        {
            Assert.True(id.StartsWith("bad-sig", StringComparison.Ordinal) || id.StartsWith("sigtype", StringComparison.Ordinal));
            return;
        }

        byte[] signature = TestKeys.Signer(key).Sign(vector.GetProperty("expect").Octets("signedPortion"));
        Assert.Equal(vector.GetProperty("expect").Octets("sigValue"), signature);
    }

    [Theory]
    [MemberData(nameof(SignedInterestIds))]
    public void Signed_interest_decodes_and_verifies(string id)
    {
        JsonElement vector = Find("signed-interests.json", id);
        JsonElement expect = vector.GetProperty("expect");
        byte[] wire = vector.Octets("wire");
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(wire, out Interest? interest));
        Assert.Equal(expect.Octets("signedPortion"), interest!.GetSignedPortion());
        Assert.Equal(expect.Octets("sigValue"), interest.SignatureValue);
        CheckSignatureInfo(expect.GetProperty("sigInfo"), interest.SignatureInfo!);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(wire, out InterestView view));
        foreach (string key in (string[])["digest", "ec", "rsa", "hmac", "ed", "ec2"])
        {
            Assert.Equal(key == vector.Text("key"), PacketSignature.Verify(view, TestKeys.Verifier(key)));
            Assert.Equal(key == vector.Text("key"), PacketSignature.Verify(interest, TestKeys.Verifier(key)));
        }
    }

    [Theory]
    [MemberData(nameof(SignedInterestIds))]
    public void Signed_interest_is_built_octet_for_octet(string id)
    {
        JsonElement vector = Find("signed-interests.json", id);
        JsonElement expect = vector.GetProperty("expect");
        JsonElement info = expect.GetProperty("sigInfo");
        Name name = Name.Parse(expect.GetProperty("name").Text("uri")!);
        Interest unsigned = new()
        {
            Name = name.Prefix(name.Count - 1),
            CanBePrefix = expect.GetProperty("canBePrefix").GetBoolean(),
            MustBeFresh = expect.GetProperty("mustBeFresh").GetBoolean(),
            Nonce = Convert.ToUInt32(expect.Text("nonce"), 16),
            LifetimeMs = expect.GetProperty("lifetimePresent").GetBoolean() ? expect.Number("lifetimeMs") : null,
            HopLimit = (byte?)expect.Number("hopLimit"),
            ApplicationParameters = expect.Octets("appParameters"),
        };
        ReadOnlyMemory<byte>? nonce = info.Text("nonce") is { } hex
            ? Convert.FromHexString(hex)
            : default(ReadOnlyMemory<byte>?);
        Interest signed = unsigned.Sign(
            TestKeys.Signer(vector.Text("key")!), nonce, timeMs: info.Number("timeMs"), sequenceNumber: info.Number("seqNum"));
        Assert.Equal(vector.Octets("wire"), signed.Encode());
    }

    [Fact]
    public void Signed_interest_with_any_changed_octet_is_refused_at_decoding_or_at_verifying()
    {
        foreach (string id in (string[])["digest-all", "ec-all", "rsa-nonce-time", "hmac-params", "ed-all"])
        {
            JsonElement vector = Find("signed-interests.json", id);
            byte[] wire = vector.Octets("wire");
            IVerifier verifier = TestKeys.Verifier(vector.Text("key")!);
            Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(wire, out InterestView original));
            Assert.True(original.Packet.Overlaps(original.SignedTail, out int tailStart));
            Assert.True(original.Packet.Overlaps(original.Name.Value, out int nameStart));
            int nameEnd = nameStart + original.Name.Value.Length;
            for (int i = 0; i < wire.Length; i++)
            {
                // What lies between the name and the parameters, such as Nonce and InterestLifetime, is not signed.
                if (i >= nameEnd && i < tailStart)
                {
                    continue;
                }

                wire[i] ^= 0x01;
                bool isAccepted = InterestView.TryDecode(wire, out InterestView view) == TlvStatus.Ok
                    && PacketSignature.Verify(view, verifier);
                Assert.False(isAccepted, $"{id}: octet {i}");
                wire[i] ^= 0x01;
            }
        }
    }

    [Fact]
    public void Unsigned_interest_is_not_verified()
    {
        Interest interest = new() { Name = Name.Parse("/a") };
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(interest.Encode(), out InterestView view));
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(interest.Encode(), out Interest? decoded));
        Assert.Null(decoded!.ApplicationParameters);
        Assert.False(PacketSignature.Verify(interest, DigestSha256Verifier.Instance));
        Assert.False(PacketSignature.Verify(view, DigestSha256Verifier.Instance));
    }

    [Theory]
    [MemberData(nameof(CommandIds))]
    public void Command_interest_parses_and_verifies(string id)
    {
        JsonElement vector = Find("signed-interests.json", id);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(vector.Octets("wire"), out InterestView view));
        Assert.Equal(TlvStatus.Ok, CommandInterest.TryParse(view.Name, out CommandInterest? command));
        Assert.Equal(vector.Octets("signedPortion"), command!.SignedPortion);
        Assert.Equal(vector.Octets("sigValue"), command.SignatureValue);
        Assert.Equal(vector.Number("timestampMs"), command.TimestampMs);
        Assert.Equal(0x0102030405060708ul, command.Nonce);
        Assert.Equal(vector.Octets("controlParameters"), command.CommandName[^1].Value);
        foreach (string key in (string[])["digest", "ec", "rsa", "hmac", "ed", "ec2"])
        {
            Assert.Equal(key == vector.Text("key"), command.IsSignedBy(TestKeys.Verifier(key)));
        }
    }

    [Theory]
    [MemberData(nameof(CommandIds))]
    public void Command_interest_is_built_octet_for_octet(string id)
    {
        JsonElement vector = Find("signed-interests.json", id);
        Name name = Name.Parse("/localhost/nfd/fib/add-nexthop")
            .Append(NameComponent.Generic(vector.Octets("controlParameters")));
        Name built = CommandInterest.Build(
            name, vector.Number("timestampMs")!.Value, nonce: 0x0102030405060708, TestKeys.Signer(vector.Text("key")!));
        Assert.Equal(vector.GetProperty("expect").GetProperty("name").Octets("value"), built.Value.ToArray());
    }

    [Fact]
    public void Command_interest_with_any_changed_octet_is_refused()
    {
        foreach (JsonElement vector in Vectors.Load("signed-interests.json", "command-v02"))
        {
            byte[] value = vector.GetProperty("expect").GetProperty("name").Octets("value");
            IVerifier verifier = TestKeys.Verifier(vector.Text("key")!);
            for (int i = 0; i < value.Length; i++)
            {
                value[i] ^= 0x01;
                bool isAccepted = NameView.TryCreate(value, out NameView view) == TlvStatus.Ok
                    && CommandInterest.TryParse(view, out CommandInterest? command) == TlvStatus.Ok
                    && command!.IsSignedBy(verifier);
                Assert.False(isAccepted, $"{vector.Text("id")}: octet {i}");
                value[i] ^= 0x01;
            }
        }
    }

    [Theory]
    [InlineData("/a/b/c", TlvStatus.MissingElement)]
    [InlineData("/a/%01/%01/%16%03%1B%01%00/x", TlvStatus.MissingElement)]
    [InlineData("/a/%01/%01/x/%17%00", TlvStatus.MissingElement)]
    [InlineData("/a/%01/%01/54=%16%03%1B%01%00/%17%00", TlvStatus.MissingElement)]
    [InlineData("/a/%01%02%03/%01/%16%03%1B%01%00/%17%00", TlvStatus.BadNumber)]
    [InlineData("/a/%01/54=%01/%16%03%1B%01%00/%17%00", TlvStatus.BadNumber)]
    [InlineData("/a/%01/%01/%16%00/%17%00", TlvStatus.MissingElement)]
    [InlineData("/a/%01/%01/%16%03%1B%01%00/%17%00x", TlvStatus.TrailingOctets)]
    [InlineData("/%01/%01/%16%03%1B%01%00/%17%00", TlvStatus.Ok)]
    public void Command_interest_tells_what_is_wrong(string uri, TlvStatus expected) =>
        Assert.Equal(expected, CommandInterest.TryParse(Name.Parse(uri).View, out _));

    internal static void CheckSignatureInfo(JsonElement expect, SignatureInfo info)
    {
        Assert.Equal(expect.Number("type"), (ulong)info.Type);
        Assert.Equal(expect.Text("keyLocatorName"), info.KeyLocator?.Name?.ToString());
        Assert.Equal(expect.Text("keyLocatorDigest"), Hex(info.KeyLocator?.Digest));
        Assert.Equal(expect.Text("nonce"), Hex(info.Nonce));
        Assert.Equal(expect.Number("timeMs"), info.TimeMs);
        Assert.Equal(expect.Number("seqNum"), info.SequenceNumber);
    }

    private static string? Hex(ReadOnlyMemory<byte>? octets) =>
        octets is { } present ? Convert.ToHexStringLower(present.Span) : null;

    private static TheoryData<string> Ids(IEnumerable<JsonElement> vectors) => [.. vectors.Select(v => v.Text("id")!)];

    private static JsonElement Find(string file, string id) => Vectors.Load(file).Single(v => v.Text("id") == id);
}
