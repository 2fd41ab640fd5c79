using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <summary>What the parts of one link service share.</summary>
internal sealed class LinkContext(LinkServiceOptions options, FramePool pool)
{
    internal LinkServiceOptions Options { get; set; } = options;

    internal FramePool Pool { get; } = pool;

    /// <summary>A field, so that the parts count in place.</summary>
    internal LinkCounters Counters;

    /// <summary>Octets that no frame exceeds.</summary>
    internal int FrameLimit => Math.Min(Math.Min(Options.Mtu, PacketLimits.MaxPacketOctets), Pool.FrameSize);
}
