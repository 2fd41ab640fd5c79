using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Makes the verifier that fits a public key, whatever its algorithm.</summary>
/// <remarks>
/// Takes RSA keys of 2048 to 16384 bits, elliptic curves P-256, P-384 and P-521 by name, and Ed25519 where it is supported.
/// A curve that is spelt out instead of named is refused: checking that it is a sound one costs more than anybody gains.
/// </remarks>
public static class PublicKeyVerifier
{
    private const int RsaBitsMin = 2048;
    private const int RsaBitsMax = 16384;

    /// <summary>A verifier for a key that is known to be good.</summary>
    /// <param name="spki">DER SubjectPublicKeyInfo.</param>
    /// <exception cref="CryptographicException">It is not a public key, or not one of a kind that is supported.</exception>
    public static IVerifier FromSubjectPublicKeyInfo(ReadOnlySpan<byte> spki) =>
        TryFromSubjectPublicKeyInfo(spki, out IVerifier? verifier)
            ? verifier
            : throw new CryptographicException("not a public key of a supported kind: " + Convert.ToHexStringLower(spki));

    /// <summary>A verifier for a key that came from somewhere.</summary>
    /// <param name="spki">DER SubjectPublicKeyInfo, or anything.</param>
    /// <param name="verifier">The verifier; null when the answer is false.</param>
    /// <returns>Whether it is a public key of a supported kind.</returns>
    public static bool TryFromSubjectPublicKeyInfo(ReadOnlySpan<byte> spki, [NotNullWhen(true)] out IVerifier? verifier)
    {
        try
        {
            PublicKeyFormat.ReadSubjectPublicKeyInfo(spki, out string algorithm, out string? curve, out ReadOnlySpan<byte> key);
            verifier = algorithm switch
            {
                PublicKeyFormat.RsaOid => CreateRsa(spki),
                PublicKeyFormat.EllipticCurveOid when NamedCurves.IsSupported(curve) => CreateEcdsa(spki),
                PublicKeyFormat.Ed25519Oid when key.Length == LibCrypto.KeyOctets && Ed25519Verifier.IsSupported =>
                    new Ed25519Verifier(key),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            // The decoders of the platform answer garbage with exceptions; here it is an ordinary answer.
            verifier = null;
        }

        return verifier is not null;
    }

    private static EcdsaVerifier CreateEcdsa(ReadOnlySpan<byte> spki)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return new EcdsaVerifier(key);
    }

    private static RsaVerifier? CreateRsa(ReadOnlySpan<byte> spki)
    {
        using RSA key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return key.KeySize is >= RsaBitsMin and <= RsaBitsMax ? new RsaVerifier(key) : null;
    }
}
