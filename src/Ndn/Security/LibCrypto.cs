using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Ed25519 in OpenSSL 3: the only native code this assembly calls.</summary>
/// <remarks>
/// A key handle may be used by several threads: OpenSSL counts its references atomically and only reads it, and each
/// operation has a context of its own.
/// </remarks>
internal static partial class LibCrypto
{
    public const int KeyOctets = 32;
    public const int SignatureOctets = 64;
    private const string Library = "libcrypto.so.3";
    private const int EvpPkeyEd25519 = 1087;

    public static bool HasEd25519 { get; } =
        NativeLibrary.TryLoad(Library, typeof(LibCrypto).Assembly, searchPath: null, out nint library)
        && NativeLibrary.TryGetExport(library, "EVP_PKEY_new_raw_private_key", out _)
        && NativeLibrary.TryGetExport(library, "EVP_DigestVerify", out _);

    public static Key ImportPrivateKey(ReadOnlySpan<byte> seed) =>
        EvpPkeyNewRawPrivateKey(EvpPkeyEd25519, 0, seed, (nuint)seed.Length) is { IsInvalid: false } key
            ? key
            : throw Failed("EVP_PKEY_new_raw_private_key");

    public static Key ImportPublicKey(ReadOnlySpan<byte> publicKey) =>
        EvpPkeyNewRawPublicKey(EvpPkeyEd25519, 0, publicKey, (nuint)publicKey.Length) is { IsInvalid: false } key
            ? key
            : throw Failed("EVP_PKEY_new_raw_public_key");

    public static void ExportPublicKey(Key key, Span<byte> publicKey)
    {
        nuint length = (nuint)publicKey.Length;
        if (EvpPkeyGetRawPublicKey(key, publicKey, ref length) != 1 || length != KeyOctets)
        {
            throw Failed("EVP_PKEY_get_raw_public_key");
        }
    }

    public static void Sign(Key key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        nint context = NewContext();
        try
        {
            nuint length = (nuint)signature.Length;
            if (EvpDigestSignInit(context, 0, 0, 0, key) != 1
                || EvpDigestSign(context, signature, ref length, message, (nuint)message.Length) != 1
                || length != SignatureOctets)
            {
                throw Failed("EVP_DigestSign");
            }
        }
        finally
        {
            EvpMdCtxFree(context);
        }
    }

    public static bool Verify(Key key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        nint context = NewContext();
        try
        {
            if (EvpDigestVerifyInit(context, 0, 0, 0, key) != 1)
            {
                throw Failed("EVP_DigestVerifyInit");
            }

            bool isRight = EvpDigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
            if (!isRight)
            {
                // A refused signature leaves entries in the thread's error queue, which belongs to whoever calls OpenSSL next.
                ErrClearError();
            }

            return isRight;
        }
        finally
        {
            EvpMdCtxFree(context);
        }
    }

    private static nint NewContext() => EvpMdCtxNew() is var context and not 0 ? context : throw Failed("EVP_MD_CTX_new");

    private static CryptographicException Failed(string function)
    {
        ErrClearError();
        return new CryptographicException($"{function} of OpenSSL failed");
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial Key EvpPkeyNewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial Key EvpPkeyNewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int EvpPkeyGetRawPublicKey(Key key, Span<byte> publicKey, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void EvpPkeyFree(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint EvpMdCtxNew();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void EvpMdCtxFree(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int EvpDigestSignInit(nint context, nint keyContext, nint digest, nint engine, Key key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int EvpDigestSign(
        nint context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int EvpDigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, Key key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int EvpDigestVerify(
        nint context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    private static partial void ErrClearError();

    /// <summary>An EVP_PKEY; freed when nobody holds it any more.</summary>
    [SuppressMessage("Performance", "CA1812", Justification = "the marshaller makes it")]
    internal sealed class Key : SafeHandle
    {
        public Key()
            : base(invalidHandleValue: 0, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            EvpPkeyFree(handle);
            return true;
        }
    }
}
