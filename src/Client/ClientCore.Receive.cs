using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client;

/// <content>Frames that arrive.</content>
public sealed partial class ClientCore
{
    /// <summary>Takes a frame that arrived on the link.</summary>
    /// <param name="frame">Exactly one element; not kept.</param>
    /// <param name="now">When it arrived.</param>
    /// <returns>What the link service says of it; anything but Ok was dropped and counted.</returns>
    public TlvStatus HandleFrame(ReadOnlySpan<byte> frame, Instant now)
    {
        var sink = new PacketSink(this, now);
        TlvStatus status = _link.HandleFrame(frame, now, ref sink);
        if (status != TlvStatus.Ok)
        {
            _counters.InvalidFrames++;
        }

        return status;
    }

    private readonly struct PacketSink(ClientCore core, Instant now) : ILinkServiceSink
    {
        public void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet) =>
            core.HandleInterest(headers, packet, now);

        public void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet) => core.HandleData(headers, packet, now);

        public void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest) =>
            core.HandleNack(headers, interest, now);
    }
}
