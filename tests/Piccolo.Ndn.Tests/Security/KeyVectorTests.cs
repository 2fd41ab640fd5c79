using System.Security.Cryptography;
using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Security;

public sealed class KeyVectorTests
{
    private static readonly byte[] Message = "some octets to sign"u8.ToArray();

    public static TheoryData<string> KeyIds => [.. Vectors.Load("keys.json").Select(key => key.Text("id")!)];

    [Theory]
    [MemberData(nameof(KeyIds))]
    public void Signer_and_verifier_of_one_key_agree(string id)
    {
        byte[] signature = TestKeys.Signer(id).Sign(Message);
        IVerifier verifier = TestKeys.Verifier(id);
        Assert.Equal((ulong)(SignatureType)TestKeys.Vector(id).Number("sigType")!.Value, (ulong)TestKeys.Signer(id).Type);
        Assert.True(verifier.Verify(TestKeys.Signer(id).Type, Message, signature));
    }

    [Theory]
    [MemberData(nameof(KeyIds))]
    public void Verifier_refuses_the_right_octets_under_another_type(string id)
    {
        byte[] signature = TestKeys.Signer(id).Sign(Message);
        foreach (SignatureType type in Enum.GetValues<SignatureType>())
        {
            bool isVerified = TestKeys.Verifier(id).Verify(type, Message, signature);
            Assert.Equal(type == TestKeys.Signer(id).Type, isVerified);
        }
    }

    [Fact]
    public void Signers_derive_the_public_key_of_the_vector()
    {
        Assert.Equal(TestKeys.Vector("ec").Octets("spki"), ((DeterministicEcdsaSigner)TestKeys.Signer("ec")).SubjectPublicKeyInfo);
        Assert.Equal(TestKeys.Vector("rsa").Octets("spki"), ((RsaSigner)TestKeys.Signer("rsa")).SubjectPublicKeyInfo);
        Assert.Equal(TestKeys.Vector("ed").Octets("spki"), ((Ed25519Signer)TestKeys.Signer("ed")).SubjectPublicKeyInfo);
        var random = (EcdsaSigner)PrivateKeySigner.FromPkcs8(TestKeys.Vector("ec").Octets("pkcs8"), null);
        Assert.Equal(TestKeys.Vector("ec").Octets("spki"), random.SubjectPublicKeyInfo);
    }

    [Fact]
    public void Key_names_of_the_vectors_are_recognised()
    {
        foreach (JsonElement key in Vectors.Load("keys.json").Where(key => key.Text("spki") is not null))
        {
            Name name = Name.Parse(key.Text("keyName")!);
            Assert.True(KeyNames.IsKeyName(name));
            Assert.False(KeyNames.IsCertificateName(name));
            Assert.True(KeyNames.TryGetIdentity(name, out Name? identity));
            Assert.Equal(name, KeyNames.Make(identity, name[^1]));
            NameComponent digest = KeyNames.KeyIdFromPublicKey(key.Octets("spki"));
            Assert.Equal(key.Octets("keyDigest"), digest.Value);
        }
    }

    [Theory]
    [InlineData("/KEY/1", "/", "/KEY/1")]
    [InlineData("/a/KEY/1/self/v=2", "/a", "/a/KEY/1")]
    [InlineData("/KEY/KEY/KEY/KEY", "/", "/KEY/KEY")]
    [InlineData("/a/KEY", null, null)]
    [InlineData("/a/32=KEY/1", null, null)]
    [InlineData("/", null, null)]
    public void Key_names_tell_identity_and_key(string uri, string? identityUri, string? keyUri)
    {
        bool isKey = KeyNames.TryGetKeyName(Name.Parse(uri), out Name? keyName);
        _ = KeyNames.TryGetIdentity(Name.Parse(uri), out Name? identity);
        Assert.Equal(keyUri is not null, isKey);
        Assert.Equal(keyUri, keyName?.ToString());
        Assert.Equal(identityUri, identity?.ToString());
    }

    [Fact]
    public void Key_id_of_64_random_bits_has_eight_octets() =>
        Assert.Equal("FEDCBA9876543210", Convert.ToHexString(KeyNames.KeyIdFromRandom(0xFEDCBA9876543210).Value.Span));

    [Fact]
    public void PublicKeyVerifier_refuses_every_truncation_and_a_trailing_octet_without_throwing()
    {
        foreach (string id in (string[])["ec", "rsa", "ed"])
        {
            byte[] spki = TestKeys.Vector(id).Octets("spki");
            for (int length = 0; length < spki.Length; length++)
            {
                Assert.False(PublicKeyVerifier.TryFromSubjectPublicKeyInfo(spki.AsSpan(0, length), out _));
            }

            Assert.False(PublicKeyVerifier.TryFromSubjectPublicKeyInfo([.. spki, 0], out _));
            Assert.Throws<CryptographicException>(() => PublicKeyVerifier.FromSubjectPublicKeyInfo(spki.AsSpan(1)));
        }
    }

    [Fact]
    public void PublicKeyVerifier_never_throws_on_a_changed_key()
    {
        foreach (string id in (string[])["ec", "rsa", "ed"])
        {
            byte[] spki = TestKeys.Vector(id).Octets("spki");
            SignatureType type = TestKeys.Signer(id).Type;
            for (int i = 0; i < Math.Min(spki.Length, 91); i++)
            {
                foreach (byte flip in (byte[])[0x01, 0x80, 0xFF])
                {
                    spki[i] ^= flip;
                    if (PublicKeyVerifier.TryFromSubjectPublicKeyInfo(spki, out IVerifier? verifier))
                    {
                        Assert.False(verifier.Verify(type, Message, new byte[64]));
                    }

                    spki[i] ^= flip;
                }
            }
        }
    }

    [Fact]
    public void PublicKeyVerifier_refuses_short_rsa_keys_and_curves_that_are_not_on_the_list()
    {
        using RSA rsa = RSA.Create(1024);
        Assert.False(PublicKeyVerifier.TryFromSubjectPublicKeyInfo(rsa.ExportSubjectPublicKeyInfo(), out _));
        using ECDsa brainpool = ECDsa.Create(ECCurve.CreateFromFriendlyName("brainpoolP256r1"));
        Assert.False(PublicKeyVerifier.TryFromSubjectPublicKeyInfo(brainpool.ExportSubjectPublicKeyInfo(), out _));
    }

    [Fact]
    public void PrivateKeySigner_refuses_garbage_with_one_kind_of_exception()
    {
        byte[] pkcs8 = TestKeys.Vector("ed").Octets("pkcs8");
        Assert.Throws<CryptographicException>(() => PrivateKeySigner.FromPkcs8([], null));
        Assert.Throws<CryptographicException>(() => PrivateKeySigner.FromPkcs8(pkcs8.AsSpan(0, 20), null));
        Assert.Throws<CryptographicException>(() => PrivateKeySigner.FromPkcs8(TestKeys.Vector("ec").Octets("spki"), null));
    }
}
