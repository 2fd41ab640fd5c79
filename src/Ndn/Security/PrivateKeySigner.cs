using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Makes the signer that fits a private key, whatever its algorithm.</summary>
public static class PrivateKeySigner
{
    /// <summary>A signer with a private key.</summary>
    /// <param name="pkcs8">DER PKCS#8 PrivateKeyInfo, not encrypted; not kept.</param>
    /// <param name="keyLocator">What SignatureInfo says about the key.</param>
    /// <exception cref="CryptographicException">It is not a private key of RSA, P-256, P-384, P-521 or Ed25519.</exception>
    /// <exception cref="PlatformNotSupportedException">It is an Ed25519 key and there is no OpenSSL 3 here.</exception>
    public static ISigner FromPkcs8(ReadOnlySpan<byte> pkcs8, KeyLocator? keyLocator)
    {
        try
        {
            PublicKeyFormat.ReadPrivateKeyInfo(pkcs8, out string algorithm, out string? curve, out ReadOnlySpan<byte> key);
            switch (algorithm)
            {
                case PublicKeyFormat.RsaOid:
                    using (RSA rsa = RSA.Create())
                    {
                        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
                        return new RsaSigner(rsa, keyLocator);
                    }

                case PublicKeyFormat.EllipticCurveOid when NamedCurves.IsSupported(curve):
                    using (ECDsa ecdsa = ECDsa.Create())
                    {
                        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
                        return new EcdsaSigner(ecdsa, keyLocator);
                    }

                case PublicKeyFormat.Ed25519Oid:
                    return new Ed25519Signer(PublicKeyFormat.ReadEd25519Seed(key), keyLocator);
                default:
                    throw new CryptographicException($"keys of algorithm {algorithm} are not supported");
            }
        }
        catch (Exception exception) when (exception is AsnContentException or ArgumentException)
        {
            throw new CryptographicException("not a PKCS#8 private key", exception);
        }
    }
}
