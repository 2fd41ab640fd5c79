using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Checks ECDSA signatures over SHA-256 in their DER form.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public sealed class EcdsaVerifier : IVerifier
{
    private readonly KeyPool<ECDsa> _keys;

    /// <summary>A verifier with a copy of a key's public part.</summary>
    /// <param name="key">The key; stays the caller's.</param>
    public EcdsaVerifier(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        _keys = new KeyPool<ECDsa>(() => ECDsa.Create(parameters));
    }

    /// <inheritdoc/>
    public bool Verify(SignatureType type, ReadOnlySpan<byte> signedPortion, ReadOnlySpan<byte> signature)
    {
        if (type != SignatureType.Sha256WithEcdsa)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signedPortion, digest);
        ECDsa key = _keys.Rent();
        try
        {
            return key.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            // Some platforms throw for a value that is not DER; to a verifier that is one more wrong signature.
            return false;
        }
        finally
        {
            _keys.Return(key);
        }
    }
}
