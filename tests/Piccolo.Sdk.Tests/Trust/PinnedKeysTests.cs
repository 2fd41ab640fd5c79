using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Sdk.Trust;

namespace Piccolo.Sdk.Tests.Trust;

public sealed class PinnedKeysTests : IDisposable
{
    private static readonly Name KeyName = Name.Parse("/alice/KEY/1");

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_pinned_certificate_verifies_what_its_key_signed()
    {
        Certificate certificate = CertificateOf(_key, KeyName);
        var keys = new PinnedKeys();
        keys.Add(certificate);

        TrustVerdict verdict = keys.Check(Sign(new EcdsaSigner(_key, new KeyLocator(KeyName))));
        Assert.True(verdict.IsTrusted);
        Assert.Equal("/alice/KEY/1", verdict.Signer);
        Assert.Empty(verdict.Reason);

        // A locator that names the certificate names its key too.
        Assert.True(keys.Check(Sign(new EcdsaSigner(_key, new KeyLocator(certificate.Name)))).IsTrusted);
    }

    [Fact]
    public void A_digest_is_never_trusted_even_when_its_verifier_is_pinned()
    {
        var keys = new PinnedKeys();
        keys.Add(Name.Root, DigestSha256Verifier.Instance);
        TrustVerdict verdict = keys.Check(Sign(DigestSha256Signer.Instance));
        Assert.False(verdict.IsTrusted);
        Assert.Contains("digest", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_named_and_not_trusted()
    {
        var keys = new PinnedKeys();
        keys.Add(CertificateOf(_key, KeyName));
        TrustVerdict verdict = keys.Check(Sign(new EcdsaSigner(_key, new KeyLocator(Name.Parse("/bob/KEY/1")))));
        Assert.False(verdict.IsTrusted);
        Assert.Equal("/bob/KEY/1", verdict.Signer);
        Assert.Contains("not among the trusted", verdict.Reason, StringComparison.Ordinal);

        // The key's name is compared by components, not by letters.
        Assert.False(keys.Check(Sign(new EcdsaSigner(_key, new KeyLocator(Name.Parse("/alice/KEY/11"))))).IsTrusted);
        Assert.False(new PinnedKeys().Check(Sign(new EcdsaSigner(_key, new KeyLocator(KeyName)))).IsTrusted);
    }

    [Fact]
    public void A_signature_of_another_key_under_a_pinned_name_is_wrong()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = new PinnedKeys();
        keys.Add(CertificateOf(_key, KeyName));
        TrustVerdict verdict = keys.Check(Sign(new EcdsaSigner(other, new KeyLocator(KeyName))));
        Assert.False(verdict.IsTrusted);
        Assert.Contains("wrong", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_that_was_changed_after_signing_is_wrong()
    {
        var keys = new PinnedKeys();
        keys.Add(CertificateOf(_key, KeyName));
        byte[] packet = Sign(new EcdsaSigner(_key, new KeyLocator(KeyName))).Wire.ToArray();
        int at = packet.AsSpan().IndexOf("content"u8);
        packet[at] ^= 1;
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(packet, out Data? changed));
        Assert.False(keys.Check(changed!).IsTrusted);
    }

    [Fact]
    public void A_packet_that_names_no_key_is_not_trusted()
    {
        var keys = new PinnedKeys();
        keys.Add(CertificateOf(_key, KeyName));
        Assert.False(keys.Check(Sign(new EcdsaSigner(_key, null))).IsTrusted);
        Assert.False(keys.Check(Sign(new EcdsaSigner(_key, KeyLocator.FromDigest(new byte[32])))).IsTrusted);
    }

    [Fact]
    public void An_hmac_secret_verifies_only_its_own_code()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        var keys = new PinnedKeys();
        keys.Add(KeyName, new HmacVerifier(secret));
        Assert.True(keys.Check(Sign(new HmacSigner(secret, new KeyLocator(KeyName)))).IsTrusted);

        secret[0] ^= 1;
        Assert.False(keys.Check(Sign(new HmacSigner(secret, new KeyLocator(KeyName)))).IsTrusted);
    }

    [Fact]
    public void The_public_key_of_a_pinned_certificate_is_no_hmac_secret()
    {
        Certificate certificate = CertificateOf(_key, KeyName);
        var keys = new PinnedKeys();
        keys.Add(certificate);
        Assert.False(keys.Check(Sign(new HmacSigner(certificate.PublicKey.Span, new KeyLocator(KeyName)))).IsTrusted);
    }

    [Fact]
    public void Two_keys_of_one_name_are_both_trusted()
    {
        using ECDsa next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = new PinnedKeys();
        keys.Add(CertificateOf(_key, KeyName));
        keys.Add(CertificateOf(next, KeyName));
        Assert.True(keys.Check(Sign(new EcdsaSigner(_key, new KeyLocator(KeyName)))).IsTrusted);
        Assert.True(keys.Check(Sign(new EcdsaSigner(next, new KeyLocator(KeyName)))).IsTrusted);
    }

    [Fact]
    public void More_keys_than_the_bound_are_refused()
    {
        var keys = new PinnedKeys();
        var verifier = new HmacVerifier(new byte[32]);
        for (int i = 0; i < PinnedKeys.KeyCountMax; i++)
        {
            keys.Add(KeyName, verifier);
        }

        Assert.Throws<InvalidOperationException>(() => keys.Add(KeyName, verifier));
    }

    private static Data Sign(ISigner signer) =>
        Data.Create(new DataFields { Name = Name.Parse("/alice/data"), Content = "content"u8.ToArray() }, signer);

    private static Certificate CertificateOf(ECDsa key, Name keyName)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return Certificate.SelfSign(
            keyName, key.ExportSubjectPublicKeyInfo(), 1, new ValidityPeriod(start, start.AddDays(1)), new EcdsaSigner(key, null));
    }
}
