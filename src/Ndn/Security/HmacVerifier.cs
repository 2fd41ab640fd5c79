using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Checks HMAC-SHA-256 values made with a shared secret, in time that does not depend on where they differ.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public sealed class HmacVerifier : IVerifier
{
    private readonly byte[] _key;

    /// <summary>A verifier with a secret; the octets are copied.</summary>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public HmacVerifier(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            throw new ArgumentException("an HMAC key has at least one octet", nameof(key));
        }

        _key = key.ToArray();
    }

    /// <inheritdoc/>
    public bool Verify(SignatureType type, ReadOnlySpan<byte> signedPortion, ReadOnlySpan<byte> signature)
    {
        if (type != SignatureType.HmacWithSha256 || signature.Length != HMACSHA256.HashSizeInBytes)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signedPortion, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
