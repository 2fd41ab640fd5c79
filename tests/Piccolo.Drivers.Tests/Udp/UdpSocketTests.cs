using System.Net;
using Piccolo.Drivers.Udp;

namespace Piccolo.Drivers.Tests.Udp;

public sealed class UdpSocketTests
{
    [Fact]
    public void A_disposed_socket_throws_at_nobody_who_closes_waits_or_asks()
    {
        UdpSocket socket = UdpSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0), new UdpOptions());
        socket.Dispose();
        socket.Shutdown();
        Assert.False(socket.WaitReadable(TimeSpan.Zero));
        Assert.False(socket.IsWritable);
    }
}
