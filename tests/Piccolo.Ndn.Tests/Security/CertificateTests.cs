using System.Globalization;
using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Security;

public sealed class CertificateTests
{
    private static readonly ValidityPeriod Decade = new(
        new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2034, 12, 31, 23, 59, 59, TimeSpan.Zero));

    public static TheoryData<string> CertificateIds => [.. Vectors.Load("certificates.json").Select(v => v.Text("id")!)];

    [Theory]
    [MemberData(nameof(CertificateIds))]
    public void Certificate_of_the_vectors_reads_and_verifies(string id)
    {
        JsonElement vector = Find(id);
        Certificate certificate = Read(vector);
        Assert.Equal(vector.Text("identity"), certificate.Identity.ToString());
        Assert.Equal(vector.Text("keyName"), certificate.KeyName.ToString());
        Assert.Equal(vector.Text("keyId"), certificate.KeyId.ToString());
        Assert.Equal(vector.Text("issuerId"), certificate.IssuerId.ToString());
        Assert.Equal(vector.Text("version"), certificate.Version.ToString());
        Assert.Equal(vector.GetProperty("selfSigned").GetBoolean(), certificate.IsSelfSigned);
        Assert.Equal(vector.Octets("spki"), certificate.PublicKey);
        Assert.Equal($"{vector.Text("notBefore")}-{vector.Text("notAfter")}", certificate.Validity.ToString());
        JsonElement info = vector.GetProperty("expect").GetProperty("sigInfo");
        Assert.Equal(info.Text("keyLocatorName"), certificate.Issuer?.Name?.ToString());
        Assert.Equal(
            DateTimeOffset.Parse(info.Text("notBefore")!, CultureInfo.InvariantCulture), certificate.Validity.NotBefore);
        foreach (string key in (string[])["ec", "ec2", "rsa", "ed"])
        {
            Assert.Equal(key == vector.Text("signedBy"), certificate.IsSignedBy(TestKeys.Verifier(key)));
        }

        Assert.True(certificate.TryCreateVerifier(out IVerifier? verifier));
        ISigner subject = TestKeys.Signer(vector.Text("key")!);
        Assert.True(verifier.Verify(subject.Type, "x"u8, subject.Sign("x"u8)));
    }

    [Theory]
    [MemberData(nameof(CertificateIds))]
    public void Certificate_is_issued_octet_for_octet(string id)
    {
        JsonElement vector = Find(id);
        if (id == "unknown-extension")
        {
            // Only reading keeps extensions that we do not know; the SignatureInfo test below writes them again.
            return;
        }

        Certificate read = Read(vector);
        Assert.True(read.Version.TryGetNumber(out ulong version));
        Certificate issued = Certificate.Issue(
            Name.Parse(vector.Text("keyName")!), vector.Octets("spki"), NameComponent.Parse(vector.Text("issuerId")!), version,
            Decade, TestKeys.Signer(vector.Text("signedBy")!, read.Issuer), read.Data.SignatureInfo.Description);
        Assert.Equal(Convert.ToHexStringLower(vector.Octets("wire")), Convert.ToHexStringLower(issued.Data.Wire.Span));
    }

    [Fact]
    public void Certificate_signed_by_itself_names_its_own_key_whatever_the_signer_says()
    {
        JsonElement vector = Find("self-ed");
        ISigner signer = TestKeys.Signer("ed", new KeyLocator(Name.Parse("/something/else")));
        Certificate certificate = Certificate.SelfSign(
            Name.Parse(vector.Text("keyName")!), vector.Octets("spki"), version: 1704067200000, Decade, signer);
        Assert.Equal(vector.Octets("wire"), certificate.Data.Wire);
        Assert.True(certificate.IsSelfSigned);
        Certificate request = Certificate.SelfSign(
            certificate.KeyName, certificate.PublicKey, 1, Decade, signer, NameComponent.Generic("cert-request"));
        Assert.Equal("cert-request", request.IssuerId.ToString());
        Assert.True(request.IsSelfSigned);
    }

    [Theory]
    [InlineData("no-key-component", CertificateStatus.BadName)]
    [InlineData("short-name", CertificateStatus.BadName)]
    [InlineData("wrong-content-type", CertificateStatus.NotAKey)]
    [InlineData("no-freshness", CertificateStatus.NoFreshness)]
    [InlineData("no-validity", CertificateStatus.NoValidityPeriod)]
    public void Certificate_tells_what_a_packet_lacks(string id, CertificateStatus expected)
    {
        byte[] wire = Vectors.Load("certificates-bad.json").Single(v => v.Text("id") == id).Octets("wire");
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(wire, out Data? data));
        Assert.Equal(expected, Certificate.TryCreate(data!, out Certificate? certificate));
        Assert.Null(certificate);
    }

    [Theory]
    [InlineData("bad-validity-format", TlvStatus.BadLength)]
    [InlineData("validity-missing-notafter", TlvStatus.MissingElement)]
    [InlineData("validity-swapped", TlvStatus.MissingElement)]
    [InlineData("unknown-critical-extension", TlvStatus.UnknownCritical)]
    public void Signature_info_that_is_broken_is_refused_at_decoding(string id, TlvStatus expected)
    {
        byte[] wire = Vectors.Load("certificates-bad.json").Single(v => v.Text("id") == id).Octets("wire");
        Assert.Equal(expected, Data.TryDecode(wire, out Data? data));
        Assert.Null(data);
    }

    [Fact]
    public void Every_bad_certificate_of_the_vectors_is_refused()
    {
        IReadOnlyList<JsonElement> vectors = Vectors.Load("certificates-bad.json");
        Assert.Equal(9, vectors.Count);
        foreach (JsonElement vector in vectors)
        {
            bool isAccepted = Data.TryDecode(vector.Octets("wire"), out Data? data) == TlvStatus.Ok
                && Certificate.TryCreate(data!, out _) == CertificateStatus.Ok;
            Assert.False(isAccepted, vector.Text("id"));
        }
    }

    [Fact]
    public void Certificate_needs_a_public_key()
    {
        DataFields fields = new()
        {
            Name = Name.Parse("/a/KEY/1/self/v=1"),
            ContentType = ContentTypes.Key,
            FreshnessPeriodMs = 1,
        };
        UnsignedData unsigned = new(fields, new SignatureInfo { Type = SignatureType.DigestSha256, Validity = Decade });
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(unsigned.Complete(new byte[32]), out Data? data));
        Assert.Equal(CertificateStatus.NoPublicKey, Certificate.TryCreate(data!, out _));
        Name keyName = Name.Parse("/a/KEY/1");
        ISigner signer = DigestSha256Signer.Instance;
        Assert.Throws<ArgumentException>(() => Certificate.SelfSign(keyName, default, 1, Decade, signer));
        Assert.Throws<ArgumentException>(() => Certificate.SelfSign(Name.Parse("/a/b/c"), new byte[1], 1, Decade, signer));
        Assert.Throws<ArgumentException>(() => Certificate.SelfSign(keyName, new byte[9000], 1, Decade, signer));
    }

    [Fact]
    public void Certificate_is_valid_at_both_ends_of_its_period_and_not_beyond()
    {
        Certificate certificate = Read(Find("self-ec"));
        Assert.False(certificate.IsValidAt(Decade.NotBefore.AddTicks(-1)));
        Assert.True(certificate.IsValidAt(Decade.NotBefore));
        Assert.True(certificate.IsValidAt(Decade.NotAfter));
        Assert.False(certificate.IsValidAt(Decade.NotAfter.AddTicks(1)));
    }

    [Fact]
    public void Certificate_with_any_changed_octet_is_not_signed_by_its_issuer()
    {
        JsonElement vector = Find("issued-ec-by-ec2");
        byte[] wire = vector.Octets("wire");
        IVerifier issuer = TestKeys.Verifier("ec2");
        for (int i = 0; i < wire.Length; i++)
        {
            wire[i] ^= 0x01;
            bool isAccepted = Data.TryDecode(wire, out Data? data) == TlvStatus.Ok
                && Certificate.TryCreate(data!, out Certificate? certificate) == CertificateStatus.Ok
                && certificate!.IsSignedBy(issuer);
            Assert.False(isAccepted, $"octet {i}");
            wire[i] ^= 0x01;
        }
    }

    [Fact]
    public void Certificate_description_is_read_in_order()
    {
        Certificate certificate = Read(Find("additional-description"));
        Assert.Equal(
            [new DescriptionEntry("Organization", "Example"), new DescriptionEntry("role", "tester")],
            certificate.Data.SignatureInfo.Description!.Entries);
    }

    private static JsonElement Find(string id) => Vectors.Load("certificates.json").Single(v => v.Text("id") == id);

    private static Certificate Read(JsonElement vector)
    {
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(vector.Octets("wire"), out Data? data));
        Assert.Equal(CertificateStatus.Ok, Certificate.TryCreate(data!, out Certificate? certificate));
        return certificate!;
    }
}
