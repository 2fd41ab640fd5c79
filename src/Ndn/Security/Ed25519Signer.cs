namespace Piccolo.Ndn.Security;

/// <summary>Signs with Ed25519, through OpenSSL 3.</summary>
/// <remarks>
/// May be called from several threads at once; deterministic, as RFC 8032 demands. Needs <c>libcrypto.so.3</c>: ask
/// <see cref="IsSupported"/> first.
/// </remarks>
public sealed class Ed25519Signer : ISigner
{
    /// <summary>Octets of a private key, which RFC 8032 calls the seed.</summary>
    public const int SeedOctets = LibCrypto.KeyOctets;

    private readonly LibCrypto.Key _key;
    private readonly byte[] _publicKey;

    /// <summary>A signer with a private key.</summary>
    /// <param name="seed">The private key, 32 octets; not kept.</param>
    /// <param name="keyLocator">What SignatureInfo says about the key.</param>
    /// <exception cref="ArgumentException">The key is not 32 octets.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 here.</exception>
    public Ed25519Signer(ReadOnlySpan<byte> seed, KeyLocator? keyLocator)
    {
        if (seed.Length != SeedOctets)
        {
            throw new ArgumentException($"an Ed25519 private key has 32 octets, not {seed.Length}", nameof(seed));
        }

        Ed25519Verifier.ThrowIfNotSupported();
        _key = LibCrypto.ImportPrivateKey(seed);
        Span<byte> publicKey = stackalloc byte[LibCrypto.KeyOctets];
        LibCrypto.ExportPublicKey(_key, publicKey);
        _publicKey = PublicKeyFormat.EncodeEd25519(publicKey);
        KeyLocator = keyLocator;
    }

    /// <summary>Whether this machine can sign and verify Ed25519: it has OpenSSL 3's <c>libcrypto.so.3</c>.</summary>
    public static bool IsSupported => LibCrypto.HasEd25519;

    /// <inheritdoc/>
    public SignatureType Type => SignatureType.Ed25519;

    /// <inheritdoc/>
    public KeyLocator? KeyLocator { get; }

    /// <inheritdoc/>
    public int MaxSignatureOctets => LibCrypto.SignatureOctets;

    /// <summary>The public key as DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _publicKey;

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature)
    {
        if (signature.Length < LibCrypto.SignatureOctets)
        {
            throw new ArgumentException("too short for a signature", nameof(signature));
        }

        LibCrypto.Sign(_key, signedPortion, signature[..LibCrypto.SignatureOctets]);
        return LibCrypto.SignatureOctets;
    }
}
