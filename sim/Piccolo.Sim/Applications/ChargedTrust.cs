using Piccolo.Ndn.Packets;
using Piccolo.Sdk.Trust;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>Charges a node's processor for each signature that is checked.</summary>
internal sealed class ChargedTrust(IKeyTrust trust, SimNode node) : IKeyTrust
{
    /// <inheritdoc/>
    public TrustVerdict Check(Data data)
    {
        node.Cpu.ChargeVerifying();
        return trust.Check(data);
    }
}
