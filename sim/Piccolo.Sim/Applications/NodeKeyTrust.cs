using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Sdk.Trust;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>Believes what the nodes of the run sign with keys of their own, as if somebody had given it all their certificates.</summary>
internal sealed class NodeKeyTrust(SimNode node) : IKeyTrust
{
    private readonly Dictionary<(int Node, SignatureType Type), IVerifier> _verifiers = [];

    /// <inheritdoc/>
    public TrustVerdict Check(Data data)
    {
        SignatureInfo info = data.SignatureInfo;
        PacketSigning? signing = info.Type switch
        {
            SignatureType.HmacWithSha256 => PacketSigning.Hmac,
            SignatureType.Sha256WithEcdsa => PacketSigning.Ecdsa,
            SignatureType.Ed25519 => PacketSigning.Ed25519,
            _ => null,
        };
        if (signing is null)
        {
            return new TrustVerdict(false, "nobody", "it carries no signature of a node's key");
        }

        if (!PacketKeys.TryGetNode(info.KeyLocator?.Name, node.Network.Nodes.Count, out int signer))
        {
            return new TrustVerdict(false, "an unknown key", "it does not name the key of a node");
        }

        if (!_verifiers.TryGetValue((signer, info.Type), out IVerifier? verifier))
        {
            verifier = PacketKeys.NodeVerifier(signing.Value, node.Network.Seed, signer);
            _verifiers.Add((signer, info.Type), verifier);
        }

        string name = node.Network.Nodes[signer].Name;
        return verifier.Verify(info.Type, data.SignedPortion.Span, data.SignatureValue.Span)
            ? new TrustVerdict(true, name, "")
            : new TrustVerdict(false, name, "its signature is wrong for that key");
    }
}
