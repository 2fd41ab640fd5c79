using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>"Signs" with a plain SHA-256 digest: whoever changes a packet by accident is found out, nobody is authenticated.</summary>
public sealed class DigestSha256Signer : ISigner
{
    private DigestSha256Signer()
    {
    }

    /// <summary>The one signer; it has no key.</summary>
    public static DigestSha256Signer Instance { get; } = new();

    /// <inheritdoc/>
    public SignatureType Type => SignatureType.DigestSha256;

    /// <inheritdoc/>
    public KeyLocator? KeyLocator => null;

    /// <inheritdoc/>
    public int MaxSignatureOctets => SHA256.HashSizeInBytes;

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature) => SHA256.HashData(signedPortion, signature);
}
