using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Checks RSASSA-PKCS1-v1_5 signatures over SHA-256.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public sealed class RsaVerifier : IVerifier
{
    private readonly KeyPool<RSA> _keys;
    private readonly int _signatureOctets;

    /// <summary>A verifier with a copy of a key's public part.</summary>
    /// <param name="key">The key; stays the caller's.</param>
    public RsaVerifier(RSA key)
    {
        ArgumentNullException.ThrowIfNull(key);
        RSAParameters parameters = key.ExportParameters(includePrivateParameters: false);
        _keys = new KeyPool<RSA>(() => RSA.Create(parameters));
        _signatureOctets = (key.KeySize + 7) / 8;
    }

    /// <inheritdoc/>
    public bool Verify(SignatureType type, ReadOnlySpan<byte> signedPortion, ReadOnlySpan<byte> signature)
    {
        if (type != SignatureType.Sha256WithRsa || signature.Length != _signatureOctets)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signedPortion, digest);
        RSA key = _keys.Rent();
        try
        {
            return key.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            _keys.Return(key);
        }
    }
}
