using Piccolo.Ndn.Security;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>Charges a node's processor for each signature.</summary>
internal sealed class ChargedSigner(ISigner signer, SimNode node) : ISigner
{
    /// <inheritdoc/>
    public SignatureType Type => signer.Type;

    /// <inheritdoc/>
    public KeyLocator? KeyLocator => signer.KeyLocator;

    /// <inheritdoc/>
    public int MaxSignatureOctets => signer.MaxSignatureOctets;

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature)
    {
        node.Cpu.ChargeSigning();
        return signer.Sign(signedPortion, signature);
    }
}
