using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>How the names of identities, keys and certificates are made of each other.</summary>
/// <remarks>
/// <code>
/// /identity.../KEY/keyId                     name of a key
/// /identity.../KEY/keyId/issuerId/version    name of a certificate
/// </code>
/// <c>KEY</c> is a generic component; the identity may be empty. Source: NDN certificate format v2, "Name".
/// </remarks>
public static class KeyNames
{
    private const int KeySuffixCount = 2;
    private const int CertificateSuffixCount = 4;

    /// <summary>The generic component <c>KEY</c>.</summary>
    public static NameComponent KeyComponent { get; } = NameComponent.Generic("KEY");

    /// <summary>IssuerId of a certificate that its own key signed.</summary>
    public static NameComponent SelfIssuer { get; } = NameComponent.Generic("self");

    /// <summary>The name of a key of an identity.</summary>
    public static Name Make(Name identity, NameComponent keyId)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.Append(KeyComponent).Append(keyId);
    }

    /// <summary>A key id of 64 random bits, the usual kind.</summary>
    /// <param name="randomBits">The bits; the caller's random source draws them.</param>
    public static NameComponent KeyIdFromRandom(ulong randomBits) =>
        NameComponent.FromNumber((ushort)TlvType.GenericNameComponent, randomBits);

    /// <summary>A key id that is the SHA-256 of the DER SubjectPublicKeyInfo.</summary>
    public static NameComponent KeyIdFromPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(subjectPublicKeyInfo, digest);
        return NameComponent.Generic(digest);
    }

    /// <summary>Whether a name has the shape of a key's.</summary>
    public static bool IsKeyName(Name name) => HasKeyAt(name, KeySuffixCount);

    /// <summary>Whether a name has the shape of a certificate's.</summary>
    public static bool IsCertificateName(Name name) => HasKeyAt(name, CertificateSuffixCount);

    /// <summary>The name of the key that a key name or a certificate name speaks of.</summary>
    /// <param name="name">What a KeyLocator holds, say.</param>
    /// <param name="keyName">The key's name; null when the answer is false.</param>
    /// <returns>Whether the name has either shape; one that has both counts as a certificate's.</returns>
    public static bool TryGetKeyName(Name name, [NotNullWhen(true)] out Name? keyName)
    {
        keyName = IsCertificateName(name) ? name.Prefix(name.Count - CertificateSuffixCount + KeySuffixCount)
            : IsKeyName(name) ? name
            : null;
        return keyName is not null;
    }

    /// <summary>The identity of a key name or a certificate name.</summary>
    /// <param name="name">What a KeyLocator holds, say.</param>
    /// <param name="identity">The identity's name; null when the answer is false.</param>
    /// <returns>Whether the name has either shape.</returns>
    public static bool TryGetIdentity(Name name, [NotNullWhen(true)] out Name? identity)
    {
        identity = TryGetKeyName(name, out Name? keyName) ? keyName.Prefix(keyName.Count - KeySuffixCount) : null;
        return identity is not null;
    }

    private static bool HasKeyAt(Name name, int fromEnd)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Count >= fromEnd && name[name.Count - fromEnd] == KeyComponent;
    }
}
