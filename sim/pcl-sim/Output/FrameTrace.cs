using System.Globalization;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Sim.Network;

namespace Piccolo.Sim.Cli.Output;

/// <summary>Prints each frame as it enters a link: time, from, to, what it is, whether the link dropped it at once.</summary>
internal sealed class FrameTrace(TextWriter writer, ILinkTap? next) : ILinkTap
{
    /// <summary>Listens on all links of a network that runs on one thread.</summary>
    public static void Attach(SimNetwork network, TextWriter writer)
    {
        foreach (SimLink link in network.Links)
        {
            link.AtoB.Tap = new FrameTrace(writer, link.AtoB.Tap);
            link.BtoA.Tap = new FrameTrace(writer, link.BtoA.Tap);
        }
    }

    public void OnFrame(LinkDirection direction, long timeNs, ReadOnlySpan<byte> frame, bool isDropped)
    {
        string time = string.Create(CultureInfo.InvariantCulture, $"{timeNs / 1_000_000_000}.{timeNs % 1_000_000_000:D9}");
        string fate = isDropped ? "  dropped" : "";
        writer.WriteLine($"{time}  {direction.From.Name} > {direction.To.Name}  {Describe(frame)}  {frame.Length} B{fate}");
        next?.OnFrame(direction, timeNs, frame, isDropped);
    }

    internal static string Describe(ReadOnlySpan<byte> frame)
    {
        string kind = "";
        ReadOnlySpan<byte> packet = frame;
        if (frame.Length > 0 && frame[0] == (byte)TlvType.LpPacket)
        {
            if (LpPacketView.TryDecode(frame, out LpPacketView lp) != TlvStatus.Ok)
            {
                return "unreadable";
            }

            if (!lp.HasFragment)
            {
                return "LpPacket without a fragment";
            }

            kind = lp.Headers.IsNack ? "Nack of " : "";
            packet = lp.Fragment;
        }

        if (InterestView.TryDecode(packet, out InterestView interest) == TlvStatus.Ok)
        {
            return $"{kind}Interest {interest.Name.ToName()}";
        }

        return DataView.TryDecode(packet, out DataView data) == TlvStatus.Ok ? $"{kind}Data {data.Name.ToName()}" : $"{kind}fragment";
    }
}
