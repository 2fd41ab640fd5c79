namespace Piccolo.Ndn.Security;

/// <summary>Checks Ed25519 signatures, through OpenSSL 3.</summary>
/// <remarks>
/// May be called from several threads at once. Needs <c>libcrypto.so.3</c>: ask <see cref="IsSupported"/> first.
/// </remarks>
public sealed class Ed25519Verifier : IVerifier
{
    private readonly LibCrypto.Key _key;

    /// <summary>A verifier with a public key.</summary>
    /// <param name="publicKey">The 32 octets of RFC 8032; not kept.</param>
    /// <exception cref="ArgumentException">The key is not 32 octets.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 here.</exception>
    public Ed25519Verifier(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != LibCrypto.KeyOctets)
        {
            throw new ArgumentException($"an Ed25519 public key has 32 octets, not {publicKey.Length}", nameof(publicKey));
        }

        ThrowIfNotSupported();
        _key = LibCrypto.ImportPublicKey(publicKey);
    }

    /// <summary>Whether this machine can sign and verify Ed25519: it has OpenSSL 3's <c>libcrypto.so.3</c>.</summary>
    public static bool IsSupported => LibCrypto.HasEd25519;

    /// <inheritdoc/>
    public bool Verify(SignatureType type, ReadOnlySpan<byte> signedPortion, ReadOnlySpan<byte> signature) =>
        type == SignatureType.Ed25519
        && signature.Length == LibCrypto.SignatureOctets
        && LibCrypto.Verify(_key, signedPortion, signature);

    internal static void ThrowIfNotSupported()
    {
        if (!IsSupported)
        {
            throw new PlatformNotSupportedException("Ed25519 needs OpenSSL 3 (libcrypto.so.3), which is not on this machine");
        }
    }
}
