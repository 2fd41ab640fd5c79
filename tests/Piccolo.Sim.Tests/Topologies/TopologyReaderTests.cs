using System.Text;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Topologies;

public sealed class TopologyReaderTests
{
    [Theory]
    [InlineData("grid-3x3.txt", 9, 12)]
    [InlineData("grid-3x3-loss.txt", 9, 12)]
    [InlineData("grid-3x3-red.txt", 9, 12)]
    [InlineData("two-bottlenecks.txt", 11, 11)]
    [InlineData("load-balancer.txt", 5, 4)]
    [InlineData("dumbbell.txt", 6, 5)]
    [InlineData("tree.txt", 7, 6)]
    [InlineData("tree-25.txt", 25, 24)]
    [InlineData("rocketfuel-176.txt", 176, 289)]
    [InlineData("abilene-like.graphml", 11, 14)]
    [InlineData("provider.cch", 6, 6)]
    [InlineData("weights.txt", 3, 3)]
    public void Files_of_ours_are_read_and_connected(string file, int nodes, int links)
    {
        Topology topology = TopologyReader.ReadFile(TopologyFiles.PathOf(file)).RequireConnected(file);
        Assert.Equal((nodes, links), (topology.Nodes.Count, topology.Links.Count));
        Assert.Empty(topology.Warnings);
    }

    [Fact]
    public void Annotated_file_says_all_of_nodes_and_links()
    {
        Topology topology = Read("""
            # a comment
            router
            a NA 3 -1.5 2
            b Bonn 4 2

              # another
            c
            link
            a b 1.5Mbps 7 10ms 20 ns3::RateErrorModel,ErrorUnit=ERROR_UNIT_PACKET,ErrorRate=0.25
            b c 100kbps 1 1us ns3::RedQueue,MeanPktSize=100,LInterm=20,QueueLimit=60
            a c unlimited 2
            """);
        Assert.Equal([new("a", -1.5, 3), new("b", 2, 4, "Bonn"), new("c")], topology.Nodes);
        LinkSettings first = new()
        {
            RateBps = 1_500_000,
            Metric = 7,
            Queue = new QueueSettings { CapacityPackets = 20 },
            Faults = new FaultSettings { Loss = LossSettings.Bernoulli(0.25) },
        };
        Assert.Equal(new TopologyLink(0, 1, first), topology.Links[0]);
        QueueSettings red = new() { Kind = QueueKind.Red, MeanPacketOctets = 100, RedMaxProbability = 0.05, CapacityPackets = 60 };
        Assert.Equal(new LinkSettings { RateBps = 100_000, DelayNs = 1000, Queue = red }, topology.Links[1].Settings);
        Assert.Equal(new LinkSettings { RateBps = 0, Metric = 2 }, topology.Links[2].Settings);
    }

    [Theory]
    [InlineData("1bps", 1)]
    [InlineData("44207019bps", 44_207_019)]
    [InlineData("1.5Gbps", 1_500_000_000)]
    [InlineData("8kb/s", 8_000)]
    [InlineData("1MBps", 8_000_000)]
    [InlineData("1Kibps", 1024)]
    [InlineData("2e3bps", 2000)]
    public void Rates_have_units(string text, long bps) =>
        Assert.Equal(bps, Read($"router\na\nb\nlink\na b {text} 1").Links[0].Settings.RateBps);

    [Theory]
    [InlineData("0ms", 0)]
    [InlineData("7705us", 7_705_000)]
    [InlineData("1.5s", 1_500_000_000)]
    [InlineData("12ns", 12)]
    public void Delays_have_units(string text, long nanoseconds) =>
        Assert.Equal(nanoseconds, Read($"router\na\nb\nlink\na b 1Mbps 1 {text}").Links[0].Settings.DelayNs);

    [Fact]
    public void Defaults_hold_where_the_file_is_silent()
    {
        LinkSettings defaults = new() { DelayNs = 5, Mtu = 1500, Queue = new QueueSettings { CapacityPackets = 3 } };
        Topology topology = TopologyReader.Read("f", Encoding.UTF8.GetBytes("router\na\nb\nlink\na b 1Mbps 4"), defaults: defaults);
        Assert.Equal(defaults with { RateBps = 1_000_000, Metric = 4 }, topology.Links[0].Settings);
    }

    [Fact]
    public void Rocketfuel_map_has_each_link_once_and_no_external_address()
    {
        Topology topology = TopologyReader.ReadFile(TopologyFiles.PathOf("provider.cch"), TopologyFormat.RocketfuelMap);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], topology.Nodes.Select(node => node.Name));
        Assert.Equal(["backbone", "backbone", "", "", "", ""], topology.Nodes.Select(node => node.Kind));
        Assert.Equal([(0, 1), (0, 2), (0, 3), (1, 2), (1, 4), (2, 5)], topology.Links.Select(link => (link.A, link.B)));
    }

    [Fact]
    public void Weights_with_decimals_become_whole_in_proportion()
    {
        Topology topology = TopologyReader.ReadFile(TopologyFiles.PathOf("weights.txt"));
        Assert.Equal(["bonn1", "kiel2", "ulm3"], topology.Nodes.Select(node => node.Name));
        Assert.Equal([25, 10, 40], topology.Links.Select(link => link.Settings.Metric));
    }

    [Fact]
    public void Self_loop_is_left_out_with_a_warning_that_names_its_line()
    {
        const string Text = "router\na\nb\nlink\na a 1Mbps 1\na b 1Mbps 1";
        Topology topology = Read(Text);
        Assert.Single(topology.Links);
        Assert.Equal(["f.txt:5: a link leads from 'a' to itself; it is left out"], topology.Warnings);
        TopologyLimits strict = new() { SelfLoops = 0 };
        byte[] octets = Encoding.UTF8.GetBytes(Text);
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyReader.Read("f.txt", octets, limits: strict));
        Assert.Equal("f.txt:5: a link leads from 'a' to itself", error.Message);
    }

    [Theory]
    [InlineData("", "f.txt:1: the file is empty")]
    [InlineData("# only\n\n", "f.txt:1: the file is empty")]
    [InlineData("hello", "f.txt:1: a file that begins with 'hello' is none of the formats")]
    [InlineData("a\u0001b", "f.txt:1: this is no text: it has a control character, 0x01")]
    [InlineData("router\nlink", "f.txt:1: there is no node")]
    [InlineData("router\na", "f.txt:2: there is no 'link' section")]
    [InlineData("link\na b 1Mbps 1", "f.txt:1: the 'link' section comes before the 'router' section")]
    [InlineData("router\na\nrouter\nb\nlink", "f.txt:3: a second 'router' section")]
    [InlineData("router\na\nlink\nlink", "f.txt:4: a second 'link' section")]
    [InlineData("router\na NA 1\nlink", "f.txt:2: a node has 3 fields")]
    [InlineData("router\na NA x 1\nlink", "f.txt:2: 'x' is no y position")]
    [InlineData("router\na NA 1 NaN\nlink", "f.txt:2: 'NaN' is no x position")]
    [InlineData("router\na\n\na\nlink", "f.txt:4: node 'a' was defined before, in line 2")]
    [InlineData("router\na\nb\nlink\na b 1Mbps", "f.txt:5: a link has 3 fields")]
    [InlineData("router\na\nb\nlink\na z 1Mbps 1", "f.txt:5: there is no node 'z'")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1\nb a 1Mbps 1", "f.txt:6: link b - a was defined before, in line 5")]
    [InlineData("router\na\nb\nlink\na b fast 1", "f.txt:5: 'fast' is no rate")]
    [InlineData("router\na\nb\nlink\na b 0Mbps 1", "f.txt:5: a rate of 0 sends nothing; write 'unlimited'")]
    [InlineData("router\na\nb\nlink\na b -1Mbps 1", "f.txt:5: the rate -1Mbps is negative")]
    [InlineData("router\na\nb\nlink\na b 1000000Gbps 1", "f.txt:5: the rate 1000000Gbps is not between")]
    [InlineData("router\na\nb\nlink\na b 0.1bps 1", "f.txt:5: the rate 0.1bps is not between")]
    [InlineData("router\na\nb\nlink\na b 1Mbps -1", "f.txt:5: '-1' is no metric; write a whole number from 0")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 -3ms", "f.txt:5: the delay -3ms is negative")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3", "f.txt:5: '3' is no delay; write it like 10ms")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 2h", "f.txt:5: the delay 2h is longer than 3600s")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms 0", "f.txt:5: '0' is no queue")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms ns3::FqQueue", "f.txt:5: there is no queue 'FqQueue'")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms ns3::RedQueue,MinTh", "f.txt:5: 'MinTh' is no attribute")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms ns3::RedQueue,Foo=1", "f.txt:5: RedQueue has no attribute 'Foo' here; it has Max")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms ns3::RedQueue,MinTh=9,MaxTh=3", "f.txt:5: ")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms ns3::RedQueue,MinTh=1,MinTh=3", "f.txt:5: attribute MinTh is given twice")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms 9 1.5", "f.txt:5: ")]
    [InlineData("router\na\nb\nlink\na b 1Mbps 1 3ms 9 ns3::RateErrorModel,ErrorRate=0.1", "f.txt:5: RateErrorModel counts in")]
    [InlineData("a b 3\nb c -1", "f.txt:2: '-1' is no weight")]
    [InlineData("a b 3\nb c", "f.txt:2: a line has 2 fields")]
    [InlineData("a b 3\na b 3", "f.txt:2: link a - b was defined before, in line 1")]
    [InlineData("a b 3\nb a 4", "f.txt:2: link b - a weighs 4, but 3 in the other direction, in line 1")]
    [InlineData("1 @x (1) -> <2> =n r0", "f.txt:1: there is no router 2, a neighbour of 1")]
    [InlineData("1 @x (1) -> <1x> =n r0", "f.txt:1: '<1x>' is no neighbour")]
    [InlineData("1 @x (1) <2> =n r0", "f.txt:1: a router has no '->'")]
    [InlineData("1 @x -> <2> =n r0", "f.txt:1: a router begins with")]
    [InlineData("1 @x (1) ? -> =n r0", "f.txt:1: '?' means nothing before '->'")]
    [InlineData("1 @x (1) -> =n", "f.txt:1: a line ends with: =name rN")]
    [InlineData("1 @x (1) -> =n r0\n1 @x (1) -> =n r0", "f.txt:2: node '1' was defined before, in line 1")]
    public void Impossible_file_is_refused_with_line_and_reason(string text, string reason)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => Read(text));
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_that_are_no_text_are_refused_with_their_line()
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyReader.Read("f", [(byte)'r', 10, 10, 0xFF, 0xFE]));
        Assert.Equal("f:3: this is no UTF-8 text", error.Message);
    }

    [Fact]
    public void Missing_file_is_refused()
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyReader.ReadFile("/nowhere/at/all.txt"));
        Assert.StartsWith("/nowhere/at/all.txt:1: the topology file cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Throws<ScenarioException>(() => TopologyReader.ReadFile(""));
        Assert.Throws<ScenarioException>(() => TopologyReader.ReadFile(Path.GetTempPath()));
    }

    [Fact]
    public void Limits_are_kept()
    {
        byte[] text = Encoding.UTF8.GetBytes("router\nabc\nb\nc\nlink\nabc b 1Mbps 1\nb c 1Mbps 1");
        Refused(new TopologyLimits { FileOctets = 20 }, "f:1: the file has more than 20 octets");
        Refused(new TopologyLimits { Nodes = 2 }, "f:4: there are more than 2 nodes");
        Refused(new TopologyLimits { Links = 1 }, "f:7: there are more than 1 links");
        Refused(new TopologyLimits { NameLength = 2 }, "f:2: the name 'abc' has 3 characters; at most 2 are possible");

        void Refused(TopologyLimits limits, string message) =>
            Assert.Equal(message, Assert.Throws<ScenarioException>(() => TopologyReader.Read("f", text, limits: limits)).Message);
    }

    [Fact]
    public void Parts_that_do_not_hang_together_are_refused_or_dropped()
    {
        Topology topology = Read("router\na\nb\nc\nd\ne\nlink\na b 1Mbps 1\nc d 1Mbps 1\nd e 1Mbps 1");
        ScenarioException error = Assert.Throws<ScenarioException>(() => topology.RequireConnected("f.txt"));
        Assert.StartsWith("f.txt: the topology is in 2 parts: no links lead from 'a' to 'c'", error.Message, StringComparison.Ordinal);
        Topology largest = topology.LargestPart();
        Assert.Equal(["c", "d", "e"], largest.Nodes.Select(node => node.Name));
        Assert.Equal([(0, 1), (1, 2)], largest.Links.Select(link => (link.A, link.B)));
        Assert.Same(largest, largest.LargestPart());
    }

    private static Topology Read(string text) => TopologyReader.Read("f.txt", Encoding.UTF8.GetBytes(text));
}
