using System.Net;
using Piccolo.Ndn.Link;

namespace Piccolo.Ndn.Tests.Link;

public sealed class FaceUriTests
{
    [Theory]
    [InlineData("udp://hostname:80", "udp", "hostname", 80, "")]
    [InlineData("udp4://192.0.2.1:20", "udp4", "192.0.2.1", 20, "")]
    [InlineData("udp6://[2001:db8:3f9:0::1]:6363", "udp6", "2001:db8:3f9:0::1", 6363, "")]
    [InlineData("udp6://[fe80::1%25eth1]:6363", "udp6", "fe80::1%25eth1", 6363, "")]
    [InlineData("udp6://[fe80::1%eth1]", "udp6", "fe80::1%eth1", null, "")]
    [InlineData("tcp://random.host.name", "tcp", "random.host.name", null, "")]
    [InlineData("tcp4://127.0.0.1:0", "tcp4", "127.0.0.1", 0, "")]
    [InlineData("tcp6://[::1]:65535", "tcp6", "::1", 65535, "")]
    [InlineData("unix:///var/run/example.sock", "unix", "", null, "/var/run/example.sock")]
    [InlineData("fd://6", "fd", "6", null, "")]
    [InlineData("ether://[08:00:27:01:dd:01]", "ether", "08:00:27:01:dd:01", null, "")]
    [InlineData("dev://eth0", "dev", "eth0", null, "")]
    [InlineData("udp4+dev://eth0:7777", "udp4+dev", "eth0", 7777, "")]
    [InlineData("udp6+dev://eth1", "udp6+dev", "eth1", null, "")]
    [InlineData("ws://example.org/ws/", "ws", "example.org", null, "/ws/")]
    [InlineData("wss://example.org:443/ws/", "wss", "example.org", 443, "/ws/")]
    [InlineData("wsclient://192.0.2.7:56366", "wsclient", "192.0.2.7", 56366, "")]
    [InlineData("internal://", "internal", "", null, "")]
    [InlineData("null://", "null", "", null, "")]
    [InlineData("contentstore://", "contentstore", "", null, "")]
    [InlineData("mem://pair-1.a", "mem", "pair-1.a", null, "")]
    public void FaceUri_of_each_scheme_is_split_and_given_back(
        string text, string scheme, string host, int? port, string path)
    {
        Assert.True(FaceUri.TryParse(text, out FaceUri? uri, out string error), error);
        Assert.Equal(scheme, uri.Scheme);
        Assert.Equal(host, uri.Host);
        Assert.Equal(port, uri.Port);
        Assert.Equal(path, uri.Path);
        Assert.Equal(text, uri.ToString());
        Assert.Equal(uri, FaceUri.Parse(uri.ToString()));
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("internal:", "'internal:'")]
    [InlineData("internal:/", "'internal:/'")]
    [InlineData("internal://x", "'x'")]
    [InlineData("udp//hostname:6363", "'udp//hostname:6363'")]
    [InlineData("gopher://host", "'gopher'")]
    [InlineData("UDP4://192.0.2.1:1", "'UDP4'")]
    [InlineData("://host", "'://host'")]
    [InlineData("udp4://", "needs a host")]
    [InlineData("udp4://:6363", "needs a host")]
    [InlineData("udp4://192.0.2.1:port", "'port'")]
    [InlineData("udp4://192.0.2.1:65536", "'65536'")]
    [InlineData("udp4://192.0.2.1:-1", "'-1'")]
    [InlineData("tcp://192.0.2.1:", "'' is not a port")]
    [InlineData("udp4://192.0.2.256:6363", "'192.0.2.256'")]
    [InlineData("udp4://127.1:6363", "'127.1'")]
    [InlineData("udp4://192.0.02.1:6363", "'192.0.02.1'")]
    [InlineData("udp4://bad host:6363", "'bad host'")]
    [InlineData("udp4://192.0.2.1:6363/x", "'/x'")]
    [InlineData("udp4://[::1]:6363", "'::1'")]
    [InlineData("udp6://192.0.2.1:6363", "'192.0.2.1'")]
    [InlineData("udp6://[2001:db8:3f9:0:3025:ccc5:eeeb:86dg]:6363", "86dg")]
    [InlineData("udp6://[::1", "']'")]
    [InlineData("udp6://[::1]6363", "'6363'")]
    [InlineData("udp6://[::ffff:192.0.2.1]:6363", "'::ffff:192.0.2.1'")]
    [InlineData("udp6://[ff01::114%]", "'ff01::114%'")]
    [InlineData("udp6://[ff01::114%foo bar]", "'foo bar'")]
    [InlineData("udp6://[ff01::114%eth0:1]", "'eth0:1'")]
    [InlineData("tcp://[::zzzz]", "'::zzzz'")]
    [InlineData("unix://var/run/example.sock", "'var/run/example.sock'")]
    [InlineData("unix:///", "'/'")]
    [InlineData("unix://", "''")]
    [InlineData("fd://x", "'x'")]
    [InlineData("fd://-1", "'-1'")]
    [InlineData("ether://[08:00:27:zz:dd:01]", "08:00:27:zz:dd:01")]
    [InlineData("ether://08:00:27:01:dd:01", "'08:00:27:01:dd:01'")]
    [InlineData("ether://[08:00:27:01:dd]", "08:00:27:01:dd")]
    [InlineData("ether://[08:00:27:01:dd:01:02]", "08:00:27:01:dd:01:02")]
    [InlineData("dev://", "''")]
    [InlineData("dev://eth0:8888", "'eth0:8888'")]
    [InlineData("udp4+dev://eth0:x", "'x'")]
    [InlineData("abc+efg://eth0", "'abc+efg'")]
    [InlineData("mem://a b", "' '")]
    public void FaceUri_parse_error_names_the_culprit(string text, string culprit)
    {
        Assert.False(FaceUri.TryParse(text, out FaceUri? uri, out string error));
        Assert.Null(uri);
        Assert.Contains(culprit, error, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<FormatException>(() => FaceUri.Parse(text)).Message);
    }

    [Theory]
    [InlineData("udp4://192.0.2.1:6363", true)]
    [InlineData("udp://192.0.2.1:6363", false)]
    [InlineData("udp4://192.0.2.1", false)]
    [InlineData("udp4://hostname:6363", false)]
    [InlineData("udp4://224.0.23.170:56363", true)]
    [InlineData("tcp4://224.0.23.170:56363", false)]
    [InlineData("udp6://[2001:db8::1]:6363", true)]
    [InlineData("udp6://[2001:DB8::1]:6363", false)]
    [InlineData("udp6://[2001:db8::01]:6363", false)]
    [InlineData("udp6://[2001:db8:0:0::1]:6363", false)]
    [InlineData("udp6://[fe80::1%eth1]:6363", true)]
    [InlineData("udp6://[fe80::1%25eth1]:6363", false)]
    [InlineData("udp6://[fe80::1]:6363", false)]
    [InlineData("ether://[08:00:27:01:dd:01]", true)]
    [InlineData("ether://[08:00:27:1:DD:01]", false)]
    [InlineData("dev://eth0", true)]
    [InlineData("udp4+dev://eth0:7777", true)]
    [InlineData("udp4+dev://eth0", false)]
    [InlineData("fd://6", true)]
    [InlineData("fd://06", false)]
    [InlineData("unix:///run/nfd/nfd.sock", true)]
    [InlineData("wsclient://[::ffff:76.90.11.239]:56366", true)]
    public void FaceUri_is_canonical_only_when_nothing_is_left_to_do(string text, bool expected) =>
        Assert.Equal(expected, FaceUri.Parse(text).IsCanonical);

    [Theory]
    [InlineData("udp://192.0.2.1", "udp4://192.0.2.1:6363")]
    [InlineData("udp://224.0.23.170", "udp4://224.0.23.170:56363")]
    [InlineData("udp://[ff02::1234%eth0]", "udp6://[ff02::1234%eth0]:56363")]
    [InlineData("tcp://[2001:DB8:0:0:1:0:0:1]:99", "tcp6://[2001:db8::1:0:0:1]:99")]
    [InlineData("tcp://[1:2:3:4:5:6:0:8]:1", "tcp6://[1:2:3:4:5:6:0:8]:1")]
    [InlineData("tcp://[0:0:0:0:0:0:0:0]", "tcp6://[::]:6363")]
    [InlineData("tcp://[1::]", "tcp6://[1::]:6363")]
    [InlineData("udp6://[fe80::1%25eth1]", "udp6://[fe80::1%eth1]:6363")]
    [InlineData("udp://[::ffff:192.0.2.9]:7", "udp4://192.0.2.9:7")]
    [InlineData("ws://example.org", "ws://example.org:9696")]
    [InlineData("wss://example.org/ws/", "wss://example.org:443/ws/")]
    [InlineData("udp4+dev://eth0", "udp4+dev://eth0:56363")]
    [InlineData("ether://[1:0:5E:0:17:AA]", "ether://[01:00:5e:00:17:aa]")]
    [InlineData("fd://007", "fd://7")]
    public void FaceUri_canonize_completes_and_respells(string text, string expected)
    {
        Assert.True(FaceUri.Parse(text).TryCanonize(out FaceUri? canonical, out string error), error);
        Assert.Equal(expected, canonical.ToString());
        Assert.True(canonical.IsCanonical);
    }

    [Theory]
    [InlineData("udp://router.example", "'router.example'")]
    [InlineData("tcp://224.0.23.170", "'224.0.23.170'")]
    [InlineData("udp6://[fe80::1]:6363", "'fe80::1'")]
    public void FaceUri_canonize_error_names_the_culprit(string text, string culprit)
    {
        FaceUri uri = FaceUri.Parse(text);
        Assert.False(uri.TryCanonize(out FaceUri? canonical, out string error));
        Assert.Null(canonical);
        Assert.Contains(culprit, error, StringComparison.Ordinal);
    }

    [Fact]
    public void FaceUri_of_a_host_name_becomes_canonical_with_the_address_that_was_found()
    {
        FaceUri uri = FaceUri.Parse("udp://router.example");
        Assert.True(uri.NeedsResolution);
        FaceUri found = uri.WithAddress(IPAddress.Parse("2001:db8::7"));
        Assert.False(found.NeedsResolution);
        Assert.True(found.TryCanonize(out FaceUri? canonical, out _));
        Assert.Equal("udp6://[2001:db8::7]:6363", canonical.ToString());
    }

    [Fact]
    public void FaceUri_of_an_end_point_is_canonical()
    {
        Assert.Equal("udp4://10.0.0.1:7", FaceUri.FromAddress("udp", IPAddress.Parse("10.0.0.1"), 7).ToString());
        Assert.Equal("tcp6://[::1]:7", FaceUri.FromAddress("tcp", IPAddress.IPv6Loopback, 7).ToString());
        Assert.Equal("wsclient://10.0.0.1:7",
            FaceUri.FromAddress("wsclient", IPAddress.Parse("::ffff:10.0.0.1"), 7).ToString());
        FaceUri linkLocal = FaceUri.FromAddress("udp", IPAddress.Parse("fe80::2"), 7, "eth3");
        Assert.Equal("udp6://[fe80::2%eth3]:7", linkLocal.ToString());
        Assert.True(linkLocal.IsCanonical);
        Assert.Equal("unix:///run/nfd/nfd.sock", FaceUri.FromUnixPath(FaceUri.DefaultUnixPath).ToString());
    }

    [Fact]
    public void FaceUri_longer_than_its_bound_is_refused() =>
        Assert.False(FaceUri.TryParse("unix:///" + new string('a', 2000), out _, out _));
}
