using System.Security.Cryptography;
using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Security;

/// <summary>The keys of <c>keys.json</c> as signers and verifiers.</summary>
internal static class TestKeys
{
    private static readonly IReadOnlyList<JsonElement> Keys = Vectors.Load("keys.json");

    public static JsonElement Vector(string id) => Keys.Single(key => key.Text("id") == id);

    public static KeyLocator? Locator(string id) =>
        Vector(id).Text("keyName") is { } name ? new KeyLocator(Name.Parse(name)) : null;

    public static ISigner Signer(string id) => Signer(id, Locator(id));

    /// <summary>A deterministic signer with a chosen locator.</summary>
    public static ISigner Signer(string id, KeyLocator? locator)
    {
        switch (id)
        {
            case "digest":
                return DigestSha256Signer.Instance;
            case "hmac":
                return new HmacSigner(Vector(id).Octets("secret"), locator);
            case "ec" or "ec2":
                using (ECDsa key = ECDsa.Create())
                {
                    key.ImportPkcs8PrivateKey(Vector(id).Octets("pkcs8"), out _);
                    return new DeterministicEcdsaSigner(key, locator);
                }

            default:
                return PrivateKeySigner.FromPkcs8(Vector(id).Octets("pkcs8"), locator);
        }
    }

    public static IVerifier Verifier(string id) => id switch
    {
        "digest" => DigestSha256Verifier.Instance,
        "hmac" => new HmacVerifier(Vector(id).Octets("secret")),
        _ => PublicKeyVerifier.FromSubjectPublicKeyInfo(Vector(id).Octets("spki")),
    };

    public static byte[] Sign(this ISigner signer, ReadOnlySpan<byte> portion)
    {
        byte[] signature = new byte[signer.MaxSignatureOctets];
        return signature[..signer.Sign(portion, signature)];
    }
}
