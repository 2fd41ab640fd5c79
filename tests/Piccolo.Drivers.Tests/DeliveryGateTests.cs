using Piccolo.Drivers.InMemory;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests;

public sealed class DeliveryGateTests
{
    private readonly RecordingReceiver _receiver = new();
    private readonly ILink _link = InMemoryLink.CreatePair(new HostClock(TimeProvider.System), new InMemoryOptions()).First;

    [Fact]
    public async Task The_end_is_reported_also_when_the_release_fails()
    {
        var gate = new DeliveryGate(_link, () => throw new IOException("the socket said no"));
        Assert.True(gate.Start(_receiver));
        Assert.Throws<IOException>(() => gate.Close(LinkCloseReason.Requested, "closed"));
        Assert.Equal(LinkCloseReason.Requested, await _receiver.ClosedAsync());
        gate.Close(LinkCloseReason.TransportError, "closed again");
        Assert.Equal(1, _receiver.CloseCount);
    }
}
