namespace Piccolo.Ndn.Security;

/// <summary>Tells whether a signature was made with one particular key.</summary>
/// <remarks>May be called from several threads at once. Garbage is an answer of false, never an exception.</remarks>
public interface IVerifier
{
    /// <summary>Whether the signature fits the octets and the key.</summary>
    /// <param name="type">SignatureType as the packet claims; a type that is not this key's is false.</param>
    /// <param name="signedPortion">The octets that the signature covers.</param>
    /// <param name="signature">The SignatureValue's octets.</param>
    bool Verify(SignatureType type, ReadOnlySpan<byte> signedPortion, ReadOnlySpan<byte> signature);
}
