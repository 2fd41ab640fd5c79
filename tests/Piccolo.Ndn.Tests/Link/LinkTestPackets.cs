using System.Buffers.Binary;
using System.Text.Json;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>Packets that are well formed on the outside, which is all a link service looks at.</summary>
internal static class LinkTestPackets
{
    /// <summary>
    /// An element of exactly so many octets, filled from a seed, its number in the first octets of the VALUE.
    /// </summary>
    public static byte[] OfSize(uint type, int octets, ulong number)
    {
        int lengthOctets = octets <= 254 ? 1 : 3;
        byte[] packet = new byte[octets];
        var writer = new TlvWriter(packet);
        writer.WriteHeader(type, octets - 1 - lengthOctets);
        Span<byte> value = packet.AsSpan(writer.Position);
        ((IRandomSource)new XoshiroRandomSource(number)).Fill(value);
        if (value.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(value, number);
        }

        Assert.Equal(octets, writer.Position + value.Length);
        return packet;
    }

    /// <summary>The octets of a property of a vector; null when it is absent or null.</summary>
    public static byte[]? Hex(this JsonElement vector, string property) =>
        vector.Text(property) is null ? null : vector.Octets(property);

    /// <summary>A Boolean property of a vector.</summary>
    public static bool Flag(this JsonElement vector, string property) => vector.GetProperty(property).GetBoolean();

    public static byte[] Interest(int octets = 60, ulong number = 1) => OfSize(TlvType.Interest, octets, number);

    public static byte[] Data(int octets = 200, ulong number = 1) => OfSize(TlvType.Data, octets, number);

    /// <summary>Takes every queued frame and gives the leases back.</summary>
    public static List<byte[]> Drain(LinkService service)
    {
        List<byte[]> frames = [];
        while (service.TryTakeTransmit(out FrameLease? frame))
        {
            frames.Add(frame.Span.ToArray());
            frame.Dispose();
        }

        return frames;
    }
}
