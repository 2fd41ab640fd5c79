using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests;

public sealed class LinkFactoryTests
{
    private readonly LinkFactory _factory = new(new FramePool(), new HostClock(TimeProvider.System), new DriverOptions());

    [Theory]
    [InlineData("nonsense", LinkOpenFailure.BadUri, "nonsense")]
    [InlineData("tcp4://127.0.0.1:99999", LinkOpenFailure.BadUri, "99999")]
    [InlineData("tcp4://[::1]:6363", LinkOpenFailure.BadUri, "::1")]
    [InlineData("tcp4://127.0.0.1:0", LinkOpenFailure.BadUri, "port 0")]
    [InlineData("ether://[01:00:5e:00:17:aa]", LinkOpenFailure.Unsupported, "ether")]
    [InlineData("udp4://224.0.23.170:56363", LinkOpenFailure.Unsupported, "224.0.23.170")]
    [InlineData("tcp4://127.0.0.1:1", LinkOpenFailure.Refused, "127.0.0.1:1")]
    [InlineData("unix:///nowhere/nfd.sock", LinkOpenFailure.Refused, "/nowhere/nfd.sock")]
    [InlineData("tcp://no-such-host.invalid", LinkOpenFailure.NameNotResolved, "no-such-host.invalid")]
    public async Task Open_says_which_value_stands_in_the_way(string uri, LinkOpenFailure failure, string culprit)
    {
        LinkOpenException error = await Assert.ThrowsAsync<LinkOpenException>(() => _factory.OpenAsync(uri));
        Assert.Equal(failure, error.Failure);
        Assert.Contains(culprit, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix:///tmp/x", FacePersistency.Permanent)]
    [InlineData("tcp4://127.0.0.1", FacePersistency.OnDemand)]
    [InlineData("udp4://127.0.0.1", FacePersistency.OnDemand)]
    public async Task Open_refuses_a_persistency_that_the_link_cannot_have(string uri, FacePersistency persistency)
    {
        LinkOpenException error = await Assert.ThrowsAsync<LinkOpenException>(
            () => _factory.OpenAsync(uri, persistency, CancellationToken.None));
        Assert.Equal(LinkOpenFailure.Unsupported, error.Failure);
    }

    [Theory]
    [InlineData("tcp4://127.0.0.1:0")]
    [InlineData("udp4://127.0.0.1:0")]
    public void Listen_on_a_taken_port_says_so(string uri)
    {
        ICountedListener first = _factory.Listen(uri);
        LinkOpenException error = Assert.Throws<LinkOpenException>(() => _factory.Listen(first.LocalUri));
        Assert.Equal(LinkOpenFailure.AddressInUse, error.Failure);
        Assert.Contains(first.LocalUri, error.Message, StringComparison.Ordinal);
        first.Close();
    }

    [Fact]
    public void Listen_on_an_address_of_another_host_says_so()
    {
        LinkOpenException error = Assert.Throws<LinkOpenException>(() => _factory.Listen("udp4://192.0.2.1:6363"));
        Assert.Contains("192.0.2.1", error.Message, StringComparison.Ordinal);
        Assert.Equal(LinkOpenFailure.BadUri, Assert.Throws<LinkOpenException>(() => _factory.Listen("udp4//x")).Failure);
        Assert.Equal(LinkOpenFailure.Unsupported, Assert.Throws<LinkOpenException>(() => _factory.Listen("fd://3")).Failure);
    }

    [Fact]
    public async Task Host_name_is_looked_up_and_the_link_carries_the_address()
    {
        ICountedListener listener = _factory.Listen("tcp4://localhost:0");
        Assert.StartsWith("tcp4://127.0.0.1:", listener.LocalUri, StringComparison.Ordinal);
        int port = FaceUri.Parse(listener.LocalUri).Port!.Value;
        ICountedLink link = await _factory.OpenAsync($"tcp://localhost:{port}");
        Assert.Equal(listener.LocalUri, link.Capabilities.RemoteUri);
        link.Close(LinkCloseReason.Requested);
        listener.Close();
    }

    [Fact]
    public async Task Cancelled_open_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _factory.OpenAsync("tcp4://127.0.0.1:6363", cancelled.Token));
    }
}
