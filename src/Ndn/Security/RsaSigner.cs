using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Signs with RSASSA-PKCS1-v1_5 over SHA-256.</summary>
/// <remarks>May be called from several threads at once; deterministic.</remarks>
public sealed class RsaSigner : ISigner
{
    private readonly KeyPool<RSA> _keys;
    private readonly byte[] _publicKey;

    /// <summary>A signer with a copy of a key.</summary>
    /// <param name="key">A private key that may be exported; stays the caller's.</param>
    /// <param name="keyLocator">What SignatureInfo says about the key.</param>
    /// <exception cref="CryptographicException">The private key is missing or may not be exported.</exception>
    public RsaSigner(RSA key, KeyLocator? keyLocator)
    {
        ArgumentNullException.ThrowIfNull(key);
        RSAParameters parameters = key.ExportParameters(includePrivateParameters: true);
        _keys = new KeyPool<RSA>(() => RSA.Create(parameters));
        _publicKey = key.ExportSubjectPublicKeyInfo();
        MaxSignatureOctets = (key.KeySize + 7) / 8;
        KeyLocator = keyLocator;
    }

    /// <inheritdoc/>
    public SignatureType Type => SignatureType.Sha256WithRsa;

    /// <inheritdoc/>
    public KeyLocator? KeyLocator { get; }

    /// <inheritdoc/>
    public int MaxSignatureOctets { get; }

    /// <summary>The public key as DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _publicKey;

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signedPortion, digest);
        RSA key = _keys.Rent();
        try
        {
            return key.TrySignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, out int written)
                ? written
                : throw new ArgumentException("too short for a signature", nameof(signature));
        }
        finally
        {
            _keys.Return(key);
        }
    }
}
