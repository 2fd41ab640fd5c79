using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>A Data packet in which an issuer states that a public key belongs to a name.</summary>
/// <remarks>
/// Immutable. One that exists has the right shape; whether its signature is right, its time has come and its issuer may be
/// trusted is for the one who uses it to ask. Source: NDN certificate format v2.
/// </remarks>
public sealed class Certificate
{
    /// <summary>FreshnessPeriod of the certificates made here. Units: milliseconds.</summary>
    public const ulong DefaultFreshnessPeriodMs = 3_600_000;

    private Certificate(Data data, ValidityPeriod validity)
    {
        Data = data;
        Validity = validity;
        KeyName = data.Name.Prefix(data.Name.Count - 2);
        Identity = data.Name.Prefix(data.Name.Count - 4);
    }

    /// <summary>The packet.</summary>
    public Data Data { get; }

    /// <summary>Name of the certificate.</summary>
    public Name Name => Data.Name;

    /// <summary>Name of the key that is certified.</summary>
    public Name KeyName { get; }

    /// <summary>Name of the key's owner.</summary>
    public Name Identity { get; }

    /// <summary>The component that tells this key from the identity's others.</summary>
    public NameComponent KeyId => Name[^3];

    /// <summary>The component with which the issuer tells its certificates from others'.</summary>
    public NameComponent IssuerId => Name[^2];

    /// <summary>The last component; a later certificate of the same issuer has a larger one.</summary>
    public NameComponent Version => Name[^1];

    /// <summary>The public key as DER SubjectPublicKeyInfo, or what the issuer takes for one.</summary>
    public ReadOnlyMemory<byte> PublicKey => Data.Content;

    /// <summary>From when until when it is valid.</summary>
    public ValidityPeriod Validity { get; }

    /// <summary>Which key signed: the name of the issuer's key or certificate, by habit; null when it does not say.</summary>
    public KeyLocator? Issuer => Data.SignatureInfo.KeyLocator;

    /// <summary>Whether it claims to be signed by the very key it certifies. Verifying says whether that is so.</summary>
    public bool IsSelfSigned =>
        Issuer is { } issuer
        && ((issuer.Name is { } name && KeyNames.TryGetKeyName(name, out Name? signer) && signer == KeyName)
            || (issuer.Digest is { } digest && digest.Span.SequenceEqual(PublicKeyDigest())));

    /// <summary>Sees whether a packet is a certificate.</summary>
    /// <param name="data">The packet.</param>
    /// <param name="certificate">The certificate; null unless Ok.</param>
    /// <returns>Ok, or what the packet lacks.</returns>
    public static CertificateStatus TryCreate(Data data, out Certificate? certificate)
    {
        ArgumentNullException.ThrowIfNull(data);
        certificate = null;
        if (!KeyNames.IsCertificateName(data.Name))
        {
            return CertificateStatus.BadName;
        }

        if (data.ContentType != ContentTypes.Key)
        {
            return CertificateStatus.NotAKey;
        }

        if (data.FreshnessPeriodMs == 0)
        {
            return CertificateStatus.NoFreshness;
        }

        if (data.SignatureInfo.Validity is not { } validity)
        {
            return CertificateStatus.NoValidityPeriod;
        }

        if (data.Content.IsEmpty)
        {
            return CertificateStatus.NoPublicKey;
        }

        certificate = new Certificate(data, validity);
        return CertificateStatus.Ok;
    }

    /// <summary>Certifies somebody's key.</summary>
    /// <param name="keyName">Name of the key, <c>/identity/KEY/keyId</c>.</param>
    /// <param name="publicKey">The key as DER SubjectPublicKeyInfo.</param>
    /// <param name="issuerId">Tells this issuer's certificates from others'.</param>
    /// <param name="version">A number that grows; milliseconds since the Unix epoch by habit.</param>
    /// <param name="validity">From when until when.</param>
    /// <param name="signer">The issuer's key; its KeyLocator names the issuer.</param>
    /// <param name="description">Remarks about the subject, or null.</param>
    /// <exception cref="ArgumentException">The key name is not one, or the packet would be too large.</exception>
    public static Certificate Issue(
        Name keyName, ReadOnlyMemory<byte> publicKey, NameComponent issuerId, ulong version, ValidityPeriod validity,
        ISigner signer, AdditionalDescription? description = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        UnsignedData unsigned = Prepare(
            keyName, publicKey, issuerId, version, validity, signer.Type, signer.KeyLocator, description);
        return Complete(unsigned, signer);
    }

    /// <summary>Certifies a key by itself: the certificate's KeyLocator is the key's own name.</summary>
    /// <param name="keyName">Name of the key, <c>/identity/KEY/keyId</c>.</param>
    /// <param name="publicKey">The signer's own key as DER SubjectPublicKeyInfo.</param>
    /// <param name="version">A number that grows; milliseconds since the Unix epoch by habit.</param>
    /// <param name="validity">From when until when.</param>
    /// <param name="signer">The key; its own KeyLocator is not used, since it may name a certificate that does not exist yet.</param>
    /// <param name="issuerId">Null is <c>self</c>; a request for a certificate says <c>cert-request</c>.</param>
    /// <exception cref="ArgumentException">The key name is not one, or the packet would be too large.</exception>
    public static Certificate SelfSign(
        Name keyName, ReadOnlyMemory<byte> publicKey, ulong version, ValidityPeriod validity, ISigner signer,
        NameComponent? issuerId = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        UnsignedData unsigned = Prepare(
            keyName, publicKey, issuerId ?? KeyNames.SelfIssuer, version, validity, signer.Type, new KeyLocator(keyName), null);
        return Complete(unsigned, signer);
    }

    /// <summary>Whether a moment lies within the validity period; both ends do.</summary>
    public bool IsValidAt(DateTimeOffset time) => Validity.Contains(time);

    /// <summary>A verifier for what the certified key signs.</summary>
    /// <param name="verifier">The verifier; null when the answer is false.</param>
    /// <returns>Whether the Content is a public key of a supported kind.</returns>
    public bool TryCreateVerifier([NotNullWhen(true)] out IVerifier? verifier) =>
        PublicKeyVerifier.TryFromSubjectPublicKeyInfo(PublicKey.Span, out verifier);

    /// <summary>Whether a key signed this certificate.</summary>
    /// <param name="issuer">Verifier of the issuer's key.</param>
    public bool IsSignedBy(IVerifier issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return issuer.Verify(Data.SignatureInfo.Type, Data.SignedPortion.Span, Data.SignatureValue.Span);
    }

    /// <summary>The name and the validity period.</summary>
    public override string ToString() => $"{Name} {Validity}";

    private byte[] PublicKeyDigest() => SHA256.HashData(PublicKey.Span);

    private static UnsignedData Prepare(
        Name keyName, ReadOnlyMemory<byte> publicKey, NameComponent issuerId, ulong version, ValidityPeriod validity,
        SignatureType type, KeyLocator? keyLocator, AdditionalDescription? description)
    {
        ArgumentNullException.ThrowIfNull(keyName);
        ArgumentNullException.ThrowIfNull(validity);
        if (!KeyNames.IsKeyName(keyName))
        {
            throw new ArgumentException($"{keyName} is not the name of a key", nameof(keyName));
        }

        if (publicKey.IsEmpty)
        {
            throw new ArgumentException("there is no public key to certify", nameof(publicKey));
        }

        DataFields fields = new()
        {
            Name = keyName.Append(issuerId).Append(NameComponent.Version(version)),
            ContentType = ContentTypes.Key,
            FreshnessPeriodMs = DefaultFreshnessPeriodMs,
            Content = publicKey,
        };
        SignatureInfo info = new() { Type = type, KeyLocator = keyLocator, Validity = validity, Description = description };
        return new UnsignedData(fields, info);
    }

    private static Certificate Complete(UnsignedData unsigned, ISigner signer)
    {
        byte[] signature = new byte[signer.MaxSignatureOctets];
        int length = signer.Sign(unsigned.SignedPortion.Span, signature);
        TlvStatus status = Data.TryDecodeOwned(unsigned.Complete(signature.AsSpan(0, length)), out Data? data);
        return data is not null && TryCreate(data, out Certificate? certificate) == CertificateStatus.Ok
            ? certificate!
            : throw new ArgumentException($"the certificate {unsigned.Fields.Name} cannot be made: {status}", nameof(unsigned));
    }
}
