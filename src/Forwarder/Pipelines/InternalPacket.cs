using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Pipelines;

/// <summary>A packet on its way to the internal face. Owns its lease until it is delivered.</summary>
internal struct InternalPacket
{
    public LpHeaders Headers;
    public FrameLease Frame;
    public bool IsInterest;
}
