namespace Piccolo.Sim.Applications;

/// <summary>How a simulated producer signs, and a simulated consumer checks; the signatures are real.</summary>
public enum PacketSigning
{
    /// <summary>SHA-256 over the packet (DigestSha256).</summary>
    Digest,

    /// <summary>A message authentication code with a key of the run (HmacWithSha256).</summary>
    Hmac,

    /// <summary>ECDSA on P-256 with nonces made from key and message (RFC 6979), so that every run signs alike.</summary>
    Ecdsa,

    /// <summary>Ed25519.</summary>
    Ed25519,
}
