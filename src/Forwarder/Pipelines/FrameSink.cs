using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Pipelines;

/// <summary>Hands what a face's link service unpacks to the pipelines.</summary>
internal readonly ref struct FrameSink(ForwarderCore core, Face face, Instant now) : ILinkServiceSink
{
    public void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet) =>
        core.ReceiveInterest(face, headers, packet, now);

    public void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet) => core.ReceiveData(face, headers, packet, now);

    public void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest) =>
        core.ReceiveNack(face, headers, interest, now);
}
