namespace Piccolo.Ndn.Security;

/// <summary>Signs packets with one key.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public interface ISigner
{
    /// <summary>The algorithm, as it goes into SignatureInfo.</summary>
    SignatureType Type { get; }

    /// <summary>What SignatureInfo says about the key, or null to say nothing.</summary>
    KeyLocator? KeyLocator { get; }

    /// <summary>The most octets a signature of this key can have.</summary>
    int MaxSignatureOctets { get; }

    /// <summary>Signs, and returns how many octets the signature has.</summary>
    /// <param name="signedPortion">The octets that the signature covers.</param>
    /// <param name="signature">Where the SignatureValue goes; at least <see cref="MaxSignatureOctets"/> octets.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature);
}
