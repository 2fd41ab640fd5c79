using Piccolo.Drivers.Streams;
using Piccolo.Drivers.Udp;

namespace Piccolo.Drivers;

/// <summary>Sizes and times of all drivers that a <see cref="LinkFactory"/> makes links with.</summary>
public sealed record DriverOptions
{
    /// <summary>UDP sockets and links.</summary>
    public UdpOptions Udp { get; init; } = new();

    /// <summary>TCP and Unix stream links.</summary>
    public StreamOptions Streams { get; init; } = new();
}
