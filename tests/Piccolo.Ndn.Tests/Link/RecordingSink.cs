using Piccolo.Ndn.Link;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>Keeps what a link service hands up.</summary>
internal sealed class RecordingSink : ILinkServiceSink
{
    public List<(string Kind, LpHeaders Headers, byte[] Packet)> Packets { get; } = [];

    public void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet) =>
        Packets.Add(("Interest", headers, packet.ToArray()));

    public void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet) =>
        Packets.Add(("Data", headers, packet.ToArray()));

    public void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest) =>
        Packets.Add(("Nack", headers, interest.ToArray()));
}
