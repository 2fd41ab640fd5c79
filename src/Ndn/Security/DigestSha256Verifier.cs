using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Checks a plain SHA-256 digest. True means undamaged, not authentic: anyone can make such a signature.</summary>
public sealed class DigestSha256Verifier : IVerifier
{
    private DigestSha256Verifier()
    {
    }

    /// <summary>The one verifier; it has no key.</summary>
    public static DigestSha256Verifier Instance { get; } = new();

    /// <inheritdoc/>
    public bool Verify(SignatureType type, ReadOnlySpan<byte> signedPortion, ReadOnlySpan<byte> signature)
    {
        if (type != SignatureType.DigestSha256 || signature.Length != SHA256.HashSizeInBytes)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signedPortion, digest);
        return digest.SequenceEqual(signature);
    }
}
