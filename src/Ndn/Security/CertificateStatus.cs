namespace Piccolo.Ndn.Security;

/// <summary>Why a Data packet is, or is not, a certificate.</summary>
public enum CertificateStatus : byte
{
    /// <summary>It is one.</summary>
    Ok,

    /// <summary>The name has no <c>KEY</c> as its fourth component from the end, or is shorter.</summary>
    BadName,

    /// <summary>ContentType is not Key.</summary>
    NotAKey,

    /// <summary>FreshnessPeriod is absent or 0.</summary>
    NoFreshness,

    /// <summary>SignatureInfo has no ValidityPeriod.</summary>
    NoValidityPeriod,

    /// <summary>There is no Content that could be a public key.</summary>
    NoPublicKey,
}
