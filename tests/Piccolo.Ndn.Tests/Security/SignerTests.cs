using System.Security.Cryptography;
using Piccolo.Ndn.Security;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Security;

public sealed class SignerTests
{
    private const string P256Key = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

    private const string P384Key =
        "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5";

    // RFC 6979, A.2.5 and A.2.6: curve's private key, message, r, s; hash is SHA-256.
    public static TheoryData<string, string, string, string> Rfc6979 => new()
    {
        {
            P256Key, "sample",
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
        },
        {
            P256Key, "test",
            "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
            "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
        },
        {
            P384Key, "sample",
            "21B13D1E013C7FA1392D03C5F99AF8B30C570C6F98D4EA8E354B63A21D3DAA33BDE1E888E63355D92FA2B3C36D8FB2CD",
            "F3AA443FB107745BF4BD77CB3891674632068A10CA67E3D45DB2266FA7D1FEEBEFDC63ECCD1AC42EC0CB8668A4FA0AB0"
        },
    };

    // RFC 8032, 7.1, tests 1 to 3: secret key, public key, message, signature.
    public static TheoryData<string, string, string, string> Rfc8032 => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    public static TheoryData<string> KeyIds => ["digest", "ec", "ec2", "rsa", "hmac", "ed"];

    [Theory]
    [MemberData(nameof(Rfc6979))]
    public void DeterministicEcdsaSigner_reproduces_rfc_6979(string key, string message, string r, string s)
    {
        DeterministicEcdsaSigner signer = DeterministicEcdsaSigner.FromScalar(Convert.FromHexString(key), null);
        byte[] octets = System.Text.Encoding.ASCII.GetBytes(message);
        byte[] signature = signer.Sign(octets);
        Assert.Equal(Der(r, s), signature);
        Assert.True(PublicKeyVerifier.FromSubjectPublicKeyInfo(signer.SubjectPublicKeyInfo.Span)
            .Verify(SignatureType.Sha256WithEcdsa, octets, signature));
    }

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Ed25519_reproduces_rfc_8032(string seed, string publicKey, string message, string signature)
    {
        Ed25519Signer signer = new(Convert.FromHexString(seed), null);
        byte[] octets = Convert.FromHexString(message);
        Assert.Equal(publicKey, Convert.ToHexStringLower(signer.SubjectPublicKeyInfo.Span[^32..]));
        Assert.Equal(signature, Convert.ToHexStringLower(signer.Sign(octets)));
        Ed25519Verifier verifier = new(Convert.FromHexString(publicKey));
        Assert.True(verifier.Verify(SignatureType.Ed25519, octets, Convert.FromHexString(signature)));
    }

    // RFC 4231, test case 2.
    [Fact]
    public void Hmac_reproduces_rfc_4231()
    {
        byte[] value = new HmacSigner("Jefe"u8, null).Sign("what do ya want for nothing?"u8);
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Convert.ToHexStringLower(value));
    }

    [Theory]
    [MemberData(nameof(KeyIds))]
    public void Verifier_refuses_any_changed_octet_of_portion_and_signature(string id)
    {
        byte[] portion = "a portion of moderate size, to be signed"u8.ToArray();
        ISigner signer = TestKeys.Signer(id);
        byte[] signature = signer.Sign(portion);
        IVerifier verifier = TestKeys.Verifier(id);
        Assert.True(verifier.Verify(signer.Type, portion, signature));
        foreach (byte flip in (byte[])[0x01, 0x80, 0xFF])
        {
            RefuseEachFlip(portion, flip, () => verifier.Verify(signer.Type, portion, signature));
            RefuseEachFlip(signature, flip, () => verifier.Verify(signer.Type, portion, signature));
        }
    }

    [Theory]
    [MemberData(nameof(KeyIds))]
    public void Verifier_refuses_signatures_of_any_other_length(string id)
    {
        ISigner signer = TestKeys.Signer(id);
        byte[] signature = signer.Sign("x"u8);
        IVerifier verifier = TestKeys.Verifier(id);
        for (int length = 0; length < signature.Length; length++)
        {
            Assert.False(verifier.Verify(signer.Type, "x"u8, signature.AsSpan(0, length)));
        }

        Assert.False(verifier.Verify(signer.Type, "x"u8, [.. signature, 0]));
    }

    [Theory]
    [MemberData(nameof(KeyIds))]
    public void Verifier_refuses_the_signature_of_another_key_of_its_kind(string id)
    {
        byte[] portion = [1, 2, 3];
        using RSA rsa = RSA.Create(2048);
        ISigner? other = id switch
        {
            "ec" => TestKeys.Signer("ec2"),
            "ec2" => TestKeys.Signer("ec"),
            "rsa" => new RsaSigner(rsa, null),
            "hmac" => new HmacSigner([1], null),
            "ed" => new Ed25519Signer(new byte[32], null),
            _ => null,
        };
        if (other is not null)
        {
            Assert.False(TestKeys.Verifier(id).Verify(other.Type, portion, other.Sign(portion)));
        }
    }

    [Theory]
    [MemberData(nameof(KeyIds))]
    public void Signer_refuses_a_destination_that_is_too_short(string id)
    {
        ISigner signer = TestKeys.Signer(id);
        Assert.ThrowsAny<ArgumentException>(() => signer.Sign("x"u8, new byte[16]));
    }

    [Fact]
    public void EcdsaSigner_stays_within_its_declared_size_on_each_curve()
    {
        foreach (ECCurve curve in (ECCurve[])
            [ECCurve.NamedCurves.nistP256, ECCurve.NamedCurves.nistP384, ECCurve.NamedCurves.nistP521])
        {
            using ECDsa key = ECDsa.Create(curve);
            EcdsaSigner signer = new(key, null);
            IVerifier verifier = PublicKeyVerifier.FromSubjectPublicKeyInfo(signer.SubjectPublicKeyInfo.Span);
            for (int i = 0; i < 50; i++)
            {
                byte[] portion = BitConverter.GetBytes(i);
                Assert.True(verifier.Verify(signer.Type, portion, signer.Sign(portion)));
            }
        }
    }

    [Fact]
    public void EcdsaSigner_needs_a_private_key()
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(TestKeys.Vector("ec").Octets("spki"), out _);
        Assert.ThrowsAny<CryptographicException>(() => new EcdsaSigner(key, null));
        Assert.ThrowsAny<CryptographicException>(() => new DeterministicEcdsaSigner(key, null));
    }

    [Fact]
    public void DeterministicEcdsaSigner_refuses_a_key_out_of_range()
    {
        Assert.Throws<ArgumentException>(() => DeterministicEcdsaSigner.FromScalar(new byte[32], null));
        byte[] tooLarge = new byte[32];
        tooLarge.AsSpan().Fill(0xFF);
        Assert.Throws<ArgumentException>(() => DeterministicEcdsaSigner.FromScalar(tooLarge, null));
        Assert.Throws<ArgumentException>(() => DeterministicEcdsaSigner.FromScalar(new byte[31], null));
    }

    [Theory]
    [InlineData("ec")]
    [InlineData("rsa")]
    [InlineData("hmac")]
    [InlineData("ed")]
    public void One_signer_and_one_verifier_serve_many_threads(string id)
    {
        ISigner signer = id == "ec"
            ? PrivateKeySigner.FromPkcs8(TestKeys.Vector(id).Octets("pkcs8"), null)
            : TestKeys.Signer(id);
        IVerifier verifier = TestKeys.Verifier(id);
        int wrong = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            byte[] portion = BitConverter.GetBytes(i);
            byte[] signature = signer.Sign(portion);
            if (!verifier.Verify(signer.Type, portion, signature) || verifier.Verify(signer.Type, [0xEE], signature))
            {
                Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
    }

    // The platform's ECDSA allocates inside: about 1.4 kB for a signature and as much for a verification.
    [Theory]
    [InlineData("digest", 0)]
    [InlineData("hmac", 0)]
    [InlineData("ed", 0)]
    [InlineData("rsa", 0)]
    [InlineData("ec", 3200)]
    public void Signing_and_verifying_allocate_no_more_than_the_budget(string id, long octetsEach)
    {
        ISigner signer = id == "ec"
            ? PrivateKeySigner.FromPkcs8(TestKeys.Vector(id).Octets("pkcs8"), null)
            : TestKeys.Signer(id);
        IVerifier verifier = TestKeys.Verifier(id);
        byte[] portion = new byte[300];
        byte[] signature = new byte[signer.MaxSignatureOctets];
        int length = signer.Sign(portion, signature);
        _ = verifier.Verify(signer.Type, portion, signature.AsSpan(0, length));
        const int Rounds = 100;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            length = signer.Sign(portion, signature);
            _ = verifier.Verify(signer.Type, portion, signature.AsSpan(0, length));
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, 0, octetsEach);
    }

    private static void RefuseEachFlip(byte[] octets, byte flip, Func<bool> verify)
    {
        for (int i = 0; i < octets.Length; i++)
        {
            octets[i] ^= flip;
            Assert.False(verify(), $"octet {i} changed by {flip:X2}");
            octets[i] ^= flip;
        }
    }

    private static byte[] Der(string r, string s)
    {
        byte[] first = Integer(r);
        byte[] second = Integer(s);
        return [0x30, (byte)(first.Length + second.Length), .. first, .. second];
    }

    private static byte[] Integer(string hex)
    {
        byte[] octets = Convert.FromHexString(hex);
        int zeros = octets.AsSpan().IndexOfAnyExcept((byte)0);
        byte[] value = octets[zeros] >= 0x80 ? [0, .. octets[zeros..]] : octets[zeros..];
        return [0x02, (byte)value.Length, .. value];
    }
}
