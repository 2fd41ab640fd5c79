using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Tests.Support;

/// <summary>What came out of a face.</summary>
internal sealed record Sent(FaceId Face, char Kind, string Name, uint Nonce, byte? HopLimit, LpHeaders Headers, byte[] Packet)
{
    public string Token => Headers.PitToken.ToString();

    public override string ToString() => Kind == 'N'
        ? $"{Face}:N {Name} {Headers.NackReason}"
        : $"{Face}:{Kind} {Name}";
}
