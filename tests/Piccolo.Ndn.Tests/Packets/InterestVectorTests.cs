using System.Globalization;
using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tests.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>Every vector of interests.json and signed-interests.json, read and written.</summary>
public sealed class InterestVectorTests
{
    /// <summary>Vectors whose octets an encoder of ours would not choose: ignored elements, a number too wide.</summary>
    private static readonly string[] NotReproduced =
    [
        "unknown-noncritical-end", "unknown-noncritical-middle", "unknown-type-126", "unknown-noncritical-3octet-type",
        "unknown-noncritical-5octet-type", "hoplimit-out-of-order-ignored", "app-with-trailing-noncritical", "lifetime-long-nni",
    ];

    [Fact]
    public void Interests_are_read_and_written_as_in_the_vectors()
    {
        int reproduced = 0;
        int count = Vectors.Check("interests.json", vector =>
        {
            byte[] wire = vector.Octets("wire");
            if (vector.TryGetProperty("mustReject", out _))
            {
                Assert.Equal(TlvStatus.DigestMismatch, InterestView.TryDecode(wire, out _));
                Assert.Equal(TlvStatus.DigestMismatch, Interest.TryDecode(wire, out _));
                return;
            }

            JsonElement expected = vector.GetProperty("expect");
            AssertView(expected, wire);
            AssertInterest(expected, wire);
            if (!NotReproduced.Contains(vector.Text("id")))
            {
                Assert.Equal(wire, Rebuild(wire).Encode());
                reproduced++;
            }
        });
        Assert.Equal(154, count);
        Assert.Equal(154 - 1 - NotReproduced.Length, reproduced);
    }

    [Fact]
    public void Signed_interests_are_read_and_written_as_in_the_vectors()
    {
        int count = Vectors.Check(
            "signed-interests.json",
            vector =>
            {
                byte[] wire = vector.Octets("wire");
                JsonElement expected = vector.GetProperty("expect");
                AssertView(expected, wire);
                AssertInterest(expected, wire);
                Assert.Equal(wire, Rebuild(wire).Encode());
            },
            "signed-v03");
        Assert.Equal(25, count);

        // The older form carries its signature in the name: to the packet decoder it is an Interest like any other.
        count += Vectors.Check(
            "signed-interests.json", vector => AssertView(vector.GetProperty("expect"), vector.Octets("wire")), "command-v02");
        Assert.Equal(30, count);
        Assert.Equal(30, Vectors.Load("signed-interests.json").Count);
    }

    private static void AssertView(JsonElement expected, byte[] wire)
    {
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(wire, out InterestView view));
        Assert.Equal(wire, view.Packet.ToArray());
        NameVectorTests.AssertName(expected.GetProperty("name"), view.Name);
        Assert.Equal(expected.GetProperty("canBePrefix").GetBoolean(), view.CanBePrefix);
        Assert.Equal(expected.GetProperty("mustBeFresh").GetBoolean(), view.MustBeFresh);

        List<string> hint = [];
        foreach (NameView delegation in view.EnumerateForwardingHint())
        {
            hint.Add(delegation.ToString());
        }

        Assert.Equal(expected.GetProperty("forwardingHint").EnumerateArray().Select(name => name.GetString()!), hint);
        Assert.Equal(hint.Count > 0, !view.ForwardingHint.IsEmpty);

        string? nonce = expected.Text("nonce");
        Assert.Equal(nonce is not null, view.HasNonce);
        Assert.Equal(nonce is null ? 0 : uint.Parse(nonce, NumberStyles.HexNumber, CultureInfo.InvariantCulture), view.Nonce);
        Assert.Equal(expected.Number("lifetimeMs"), view.LifetimeMs);
        Assert.Equal(expected.GetProperty("lifetimePresent").GetBoolean(), view.HasLifetime);

        ulong? hopLimit = expected.Number("hopLimit");
        Assert.Equal(hopLimit is not null, view.HasHopLimit);
        if (hopLimit is not null)
        {
            Assert.Equal(hopLimit, view.HopLimit);
            Assert.Equal(view.HopLimit, wire[view.HopLimitOffset]);
        }

        string? parameters = expected.Text("appParameters");
        Assert.Equal(parameters is not null, view.HasApplicationParameters);
        Assert.Equal(parameters ?? "", Convert.ToHexStringLower(view.ApplicationParameters));

        Assert.Equal(expected.Text("sigValue") is not null, view.IsSigned);
        Assert.Equal(expected.Text("sigValue") ?? "", Convert.ToHexStringLower(view.SignatureValue));
        byte[] signedPortion = new byte[view.SignedPortionLength];
        Assert.Equal(signedPortion.Length, view.CopySignedPortion(signedPortion));
        Assert.Equal(expected.Text("signedPortion") ?? "", Convert.ToHexStringLower(signedPortion));
        TlvStatus status = view.TryGetSignatureInfo(out SignatureInfo? info);
        Assert.Equal(view.IsSigned ? TlvStatus.Ok : TlvStatus.MissingElement, status);
        DataVectorTests.AssertSignatureInfo(expected.GetProperty("sigInfo"), info);
    }

    private static void AssertInterest(JsonElement expected, byte[] wire)
    {
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(wire, out Interest? interest));
        NameVectorTests.AssertName(expected.GetProperty("name"), interest!.Name.View);
        Assert.Equal(interest.Name, interest.GetWireName());
        Assert.Equal(expected.GetProperty("canBePrefix").GetBoolean(), interest.CanBePrefix);
        Assert.Equal(expected.GetProperty("mustBeFresh").GetBoolean(), interest.MustBeFresh);
        Assert.Equal(expected.GetProperty("forwardingHint").GetArrayLength(), interest.ForwardingHint.Count);
        Assert.Equal(expected.Text("nonce"), interest.Nonce?.ToString("x8", CultureInfo.InvariantCulture));
        Assert.Equal(
            expected.GetProperty("lifetimePresent").GetBoolean() ? expected.Number("lifetimeMs") : null, interest.LifetimeMs);
        Assert.Equal(expected.Number("hopLimit"), interest.HopLimit);
        Assert.Equal(expected.Text("appParameters"), Hex(interest.ApplicationParameters));
        Assert.Equal(expected.Text("signedPortion") ?? "", Hex(interest.GetSignedPortion()));
        Assert.Equal(wire, interest.Encode());
        Assert.Equal(wire, interest.Wire.ToArray());
    }

    /// <summary>The same Interest as an application would make it, without the octets it came from.</summary>
    private static Interest Rebuild(byte[] wire)
    {
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(wire, out Interest? decoded));
        return new Interest
        {
            Name = decoded!.Name,
            CanBePrefix = decoded.CanBePrefix,
            MustBeFresh = decoded.MustBeFresh,
            ForwardingHint = decoded.ForwardingHint,
            Nonce = decoded.Nonce,
            LifetimeMs = decoded.LifetimeMs,
            HopLimit = decoded.HopLimit,
            ApplicationParameters = decoded.ApplicationParameters,
            SignatureInfo = decoded.SignatureInfo,
            SignatureValue = decoded.SignatureValue,
        };
    }

    private static string? Hex(ReadOnlyMemory<byte>? octets) => octets is null ? null : Convert.ToHexStringLower(octets.Value.Span);
}
