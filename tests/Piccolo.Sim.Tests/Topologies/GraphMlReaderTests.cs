using System.Text;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Topologies;

public sealed class GraphMlReaderTests
{
    private const string Keys = """
        <key id="d0" for="node" attr.name="label" attr.type="string"/>
        <key id="d1" for="edge" attr.name="Bandwidth" attr.type="double"/>
        <key id="d2" for="edge" attr.name="delay" attr.type="double"><default>4</default></key>
        <key id="d3" for="edge" attr.name="weight" attr.type="double"/>
        <key id="d4" for="edge" attr.name="colour" attr.type="string"/>
        <key id="d5" for="graph" attr.name="capacity_unit" attr.type="string"/>
        """;

    [Fact]
    public void Zoo_style_file_has_coordinates_and_speeds()
    {
        Topology topology = TopologyReader.ReadFile(TopologyFiles.PathOf("abilene-like.graphml"));
        Assert.Equal(new TopologyNode("Los Angeles", -118.2, -34.1), topology.Nodes[2]);
        Assert.Equal(new LinkSettings { RateBps = 1_000_000_000, DelayNs = 5_000_000 }, topology.Links[2].Settings);
    }

    [Fact]
    public void Attributes_units_and_defaults_are_understood()
    {
        Topology topology = Read("""
            <graph edgedefault="undirected"><data key="d5">Mbps</data>
            <node id="a"/><node id="b"/><node id="c"/>
            <edge source="a" target="b"><data key="d1">2.5</data><data key="d3">1.5</data><data key="d4">red</data></edge>
            <edge source="b" target="c"><data key="d2">7us</data><data key="d1">3Gbps</data><data key="d3">2</data></edge>
            </graph>
            """);
        Assert.Equal(["a", "b", "c"], topology.Nodes.Select(node => node.Name));
        Assert.Equal(new LinkSettings { RateBps = 2_500_000, DelayNs = 4_000_000, Metric = 15 }, topology.Links[0].Settings);
        Assert.Equal(new LinkSettings { RateBps = 3_000_000_000, DelayNs = 7000, Metric = 20 }, topology.Links[1].Settings);
    }

    [Fact]
    public void Labels_name_nodes_only_if_all_have_different_ones()
    {
        const string Edge = "<edge source=\"1\" target=\"2\"/></graph>";
        string some = "<graph><node id=\"1\"><data key=\"d0\">x</data></node><node id=\"2\"/>" + Edge;
        string twice = "<graph><node id=\"1\"><data key=\"d0\">x</data></node><node id=\"2\"><data key=\"d0\"> x </data></node>" + Edge;
        string all = "<graph><node id=\"1\"><data key=\"d0\">x</data></node><node id=\"2\"><data key=\"d0\">y &amp; z</data></node>" + Edge;
        Assert.Equal(["1", "2"], Read(some).Nodes.Select(node => node.Name));
        Assert.Equal(["1", "2"], Read(twice).Nodes.Select(node => node.Name));
        Assert.Equal(["x", "y & z"], Read(all).Nodes.Select(node => node.Name));
    }

    [Fact]
    public void Directed_pairs_are_one_link_and_parallel_undirected_edges_are_two()
    {
        Assert.Single(Read(Graph("directed", ("a", "b"), ("b", "a"))).Links);
        Assert.Equal(2, Read(Graph("undirected", ("a", "b"), ("b", "a"))).Links.Count);
    }

    [Fact]
    public void Labels_and_places_of_yed_are_found_inside_its_graphics()
    {
        Topology topology = TopologyReader.Read("f", Encoding.UTF8.GetBytes("""
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
            <key for="node" id="d6" yfiles.type="nodegraphics"/>
            <graph edgedefault="directed" id="G">
            <node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="30.0" x="12.5" y="-7"/>
            <y:NodeLabel alignment="center">Bonn<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>
            <node id="n1"><data key="d6"><y:ShapeNode><y:Geometry x="1" y="2"/><y:NodeLabel>Ulm</y:NodeLabel></y:ShapeNode></data></node>
            <edge id="e0" source="n0" target="n1"/></graph></graphml>
            """));
        Assert.Equal([new("Bonn", 12.5, -7), new("Ulm", 1, 2)], topology.Nodes);
    }

    [Theory]
    [InlineData("<graphml>", "f:1: this is no well-formed XML")]
    [InlineData("<svg/>", "f:1: the root element is <svg>")]
    [InlineData("<graphml/>", "f:1: there is no <graph>")]
    [InlineData("<graphml><graph/></graphml>", "f:1: there is no node")]
    [InlineData("<graphml>\n<graph><node/></graph></graphml>", "f:2: <node> has no attribute 'id'")]
    [InlineData("<graphml><node id='a'/></graphml>", "f:1: <node> stands outside of <graph>")]
    [InlineData("<graphml><graph><node id='a'><node id='b'/></node></graph></graphml>", "f:1: <node> stands inside a node")]
    [InlineData("<graphml><graph><node id='a'><graph/></node></graph></graphml>", "f:1: a second or nested <graph>")]
    [InlineData("<graphml><graph><hyperedge/></graph></graphml>", "f:1: a <hyperedge> joins")]
    [InlineData("<graphml><graph>\n<node id='a'/>\n<node id='a'/></graph></graphml>", "f:3: node 'a' was defined before, in line 2")]
    [InlineData("<graphml><graph><node id='a'/><edge source='a' target='z'/></graph></graphml>", "f:1: there is no node with id 'z'")]
    [InlineData("<graphml><graph><node id='a'><data key='q'>1</data></node></graph></graphml>", "f:1: there is no <key> with id 'q'")]
    [InlineData("<graphml><key id='k'/><key id='k'/></graphml>", "f:1: <key> 'k' was declared before")]
    public void Impossible_file_is_refused(string text, string reason)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyReader.Read("f", Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d1", "0", "a rate of 0")]
    [InlineData("d1", "x", "'x' is no rate")]
    [InlineData("d2", "-1", "the delay -1 is negative")]
    [InlineData("d2", "1e20", "the delay 1e20 is longer")]
    [InlineData("d3", "-1", "'-1' is no weight")]
    public void Impossible_link_is_refused(string key, string value, string reason)
    {
        string edge = $"<edge source=\"a\" target=\"b\"><data key=\"{key}\">{value}</data></edge>";
        string graph = $"<graph><node id=\"a\"/><node id=\"b\"/>{edge}</graph>";
        Assert.Contains(reason, Assert.Throws<ScenarioException>(() => Read(graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Differing_directions_are_refused()
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => Read("""
            <graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/>
            <edge source="b" target="a"><data key="d3">3</data></edge></graph>
            """));
        Assert.Contains("edge b -> a differs from its reverse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_that_would_expand_without_end_are_refused()
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyReader.Read("f", Encoding.UTF8.GetBytes("""
            <?xml version="1.0"?>
            <!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <graphml><graph><node id="&b;"/></graph></graphml>
            """)));
        Assert.Equal("f:2: a document type (<!DOCTYPE) is not read; take it out", error.Message);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string opened = string.Concat(Enumerable.Repeat("<a>", 10_000));
        string deep = $"<graphml>{opened}{opened.Replace("<a>", "</a>", StringComparison.Ordinal)}</graphml>";
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyReader.Read("f", Encoding.UTF8.GetBytes(deep)));
        Assert.Equal("f:1: elements are nested more than 64 deep", error.Message);
    }

    private static string Graph(string direction, params (string From, string To)[] edges) =>
        $"<graph edgedefault=\"{direction}\"><node id=\"a\"/><node id=\"b\"/>"
        + string.Concat(edges.Select(edge => $"<edge source=\"{edge.From}\" target=\"{edge.To}\"/>")) + "</graph>";

    private static Topology Read(string graph) =>
        TopologyReader.Read("f", Encoding.UTF8.GetBytes($"<graphml>\n{Keys}\n{graph}\n</graphml>"));
}
