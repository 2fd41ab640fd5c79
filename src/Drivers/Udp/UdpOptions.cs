using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Udp;

/// <summary>Sizes and times of UDP sockets and their links.</summary>
public sealed record UdpOptions
{
    /// <summary>How many datagrams are read, or sent, before others get their turn; at most 64.</summary>
    public const int BatchSizeMax = 64;

    /// <summary>Largest frame received or sent; 8800 as every NDN forwarder accepts, IP fragments what a wire cannot carry.</summary>
    public int Mtu { get; init; } = PacketLimits.MaxPacketOctets;

    /// <summary>What is asked of SO_RCVBUF and SO_SNDBUF, in octets; the system may grant less.</summary>
    public int SocketBufferOctets { get; init; } = 8 * 1024 * 1024;

    /// <summary>An on-demand link that received nothing for so long ends; it may take a quarter longer.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How many on-demand links one listening socket serves; datagrams of further peers are dropped.</summary>
    public int PeersMax { get; init; } = 4096;
}
