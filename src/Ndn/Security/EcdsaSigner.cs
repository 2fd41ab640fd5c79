using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Signs with ECDSA over SHA-256 through the platform's cryptography.</summary>
/// <remarks>
/// May be called from several threads at once. The platform draws a random number for each signature, so that two signatures
/// of the same octets differ: a simulation takes <see cref="DeterministicEcdsaSigner"/>. Making the key is the caller's affair,
/// at an edge that may be random.
/// </remarks>
public sealed class EcdsaSigner : ISigner
{
    private readonly KeyPool<ECDsa> _keys;
    private readonly byte[] _publicKey;

    /// <summary>A signer with a copy of a key.</summary>
    /// <param name="key">A private key on a named curve that may be exported; stays the caller's.</param>
    /// <param name="keyLocator">What SignatureInfo says about the key.</param>
    /// <exception cref="CryptographicException">The private key is missing or may not be exported.</exception>
    public EcdsaSigner(ECDsa key, KeyLocator? keyLocator)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        if (parameters.D is null)
        {
            throw new CryptographicException("the key has no private part");
        }

        _keys = new KeyPool<ECDsa>(() => ECDsa.Create(parameters));
        _publicKey = key.ExportSubjectPublicKeyInfo();
        MaxSignatureOctets = key.GetMaxSignatureSize(DSASignatureFormat.Rfc3279DerSequence);
        KeyLocator = keyLocator;
    }

    /// <inheritdoc/>
    public SignatureType Type => SignatureType.Sha256WithEcdsa;

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
        ECDsa key = _keys.Rent();
        try
        {
            return key.TrySignHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence, out int written)
                ? written
                : throw new ArgumentException("too short for a signature", nameof(signature));
        }
        finally
        {
            _keys.Return(key);
        }
    }
}
