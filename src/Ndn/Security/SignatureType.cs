namespace Piccolo.Ndn.Security;

/// <summary>Which algorithm made a SignatureValue.</summary>
/// <remarks>
/// Numbers without a name here are kept as they came: such a packet decodes, and no verifier accepts it.
/// Wire: TLV-TYPE 27, NonNegativeInteger. Source: NDN Packet Format v0.3, "Signature".
/// </remarks>
public enum SignatureType : ulong
{
    /// <summary>SHA-256 of the signed portion: protects against damage, says nothing about who signed.</summary>
    DigestSha256 = 0,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256; the value has the size of the modulus.</summary>
    Sha256WithRsa = 1,

    /// <summary>ECDSA over SHA-256; the value is a DER SEQUENCE of r and s, so its size varies.</summary>
    Sha256WithEcdsa = 3,

    /// <summary>HMAC with SHA-256 and a shared secret; 32 octets.</summary>
    HmacWithSha256 = 4,

    /// <summary>Pure Ed25519 (RFC 8032), without hashing beforehand; 64 octets.</summary>
    Ed25519 = 5,

    /// <summary>No signature at all: an empty value. In use by ndn-cxx and NDNts though not in the specification.</summary>
    Null = 200,
}
