using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Signs with HMAC-SHA-256 and a secret that the verifier knows too.</summary>
/// <remarks>May be called from several threads at once; deterministic.</remarks>
public sealed class HmacSigner : ISigner
{
    private readonly byte[] _key;

    /// <summary>A signer with a secret; the octets are copied.</summary>
    /// <param name="key">The secret; 32 octets by habit.</param>
    /// <param name="keyLocator">The name under which the verifier knows the secret.</param>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public HmacSigner(ReadOnlySpan<byte> key, KeyLocator? keyLocator)
    {
        if (key.IsEmpty)
        {
            throw new ArgumentException("an HMAC key has at least one octet", nameof(key));
        }

        _key = key.ToArray();
        KeyLocator = keyLocator;
    }

    /// <inheritdoc/>
    public SignatureType Type => SignatureType.HmacWithSha256;

    /// <inheritdoc/>
    public KeyLocator? KeyLocator { get; }

    /// <inheritdoc/>
    public int MaxSignatureOctets => HMACSHA256.HashSizeInBytes;

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature) =>
        HMACSHA256.HashData(_key, signedPortion, signature);
}
