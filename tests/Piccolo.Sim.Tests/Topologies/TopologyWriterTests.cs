using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Topologies;

public sealed class TopologyWriterTests
{
    public static TheoryData<string> AllKinds => [.. TopologyGenerator.Kinds.Select(kind => kind.Kind)];

    private static Arbitrary<LinkSettings> AnyLink => (
        from rate in Gen.Choose(0, int.MaxValue)
        from delay in Gen.Choose(0, int.MaxValue)
        from metric in Gen.Choose(0, int.MaxValue)
        from queueKind in Gen.Elements(QueueKind.DropTail, QueueKind.Red, QueueKind.CoDel)
        from capacity in Gen.Choose(1, 100_000)
        from octets in Gen.Elements(0L, 64_000L)
        from share in Gen.Choose(1, 999_999)
        from loss in Gen.Choose(0, 2)
        from flags in Gen.Choose(0, 3)
        select new LinkSettings
        {
            RateBps = rate * 1000L,
            DelayNs = delay,
            Metric = metric,
            Queue = new QueueSettings
            {
                Kind = queueKind,
                CapacityPackets = capacity,
                CapacityOctets = octets,
                RedMaxProbability = queueKind == QueueKind.Red ? share / 1e6 : 0.02,
                RedGentle = queueKind != QueueKind.Red || flags % 2 == 0,
                RedWait = queueKind != QueueKind.Red || flags / 2 == 0,
                RedWeight = queueKind == QueueKind.Red ? share / 1e7 : 0.002,
                CoDelMinOctets = queueKind == QueueKind.CoDel ? capacity : 1500,
            },
            Faults = new FaultSettings
            {
                Loss = loss switch
                {
                    0 => null,
                    1 => LossSettings.Bernoulli(share / 1e6),
                    _ => LossSettings.GilbertElliott(share / 1e6, 0.1, 0.01, share / 2e6),
                },
            },
        }).ToArbitrary();

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Generated_topologies_read_back_alike(string kind)
    {
        Topology topology = TopologyGenerator.Generate(kind, new Dictionary<string, double>(), new LinkSettings(), 3);
        foreach (TopologyFormat format in new[] { TopologyFormat.Annotated, TopologyFormat.GraphMl })
        {
            Topology read = Again(topology, format);
            Assert.Equal(topology.Nodes, read.Nodes);
            Assert.Equal(topology.Links, read.Links);
        }
    }

    [Fact]
    public void Any_link_reads_back_alike() =>
        Prop.ForAll(AnyLink, settings =>
        {
            Topology topology = TopologyGenerator.Line(2, settings);
            Assert.Equal(topology.Links, Again(topology, TopologyFormat.Annotated).Links);
            Topology faulty = TopologyGenerator.Line(2, settings with
            {
                Mtu = 1500,
                Faults = settings.Faults with { CorruptionRate = 0.1, DuplicationRate = 1 / 3.0, ReorderRate = 1e-7, ReorderDelayNs = 3 },
            });
            Assert.Equal(faulty.Links, Again(faulty, TopologyFormat.GraphMl).Links);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Rocketfuel_file_is_what_the_generator_makes()
    {
        Topology topology = TopologyGenerator.RocketfuelLike(176, 289, new LinkSettings(), 1);
        string file = File.ReadAllText(TopologyFiles.PathOf("rocketfuel-176.txt"));
        Assert.EndsWith("\n\n" + TopologyWriter.Write(topology, TopologyFormat.Annotated), file, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_blanks_need_graphml()
    {
        TopologyNode[] nodes = [new TopologyNode("New \"York\" <1>"), new TopologyNode("b")];
        Topology topology = new(nodes, [new TopologyLink(0, 1, new LinkSettings())]);
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyWriter.Write(topology, TopologyFormat.Annotated));
        Assert.Contains("write GraphML instead", error.Message, StringComparison.Ordinal);
        Assert.Equal(topology.Nodes, Again(topology, TopologyFormat.GraphMl).Nodes);
        Assert.Contains("\"New \\\"York\\\" <1>\" -- \"b\"", TopologyWriter.Write(topology, TopologyFormat.Dot), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_format_cannot_say_is_refused()
    {
        Topology mtu = TopologyGenerator.Line(2, new LinkSettings { Mtu = 1500 });
        FaultSettings recorded = new() { Loss = LossSettings.FromTrace(LossTrace.OfFrames([true], repeats: false)) };
        Topology trace = TopologyGenerator.Line(2, new LinkSettings { Faults = recorded });
        Assert.Contains("n0 - n1", Refusal(mtu, TopologyFormat.Annotated), StringComparison.Ordinal);
        Assert.Contains("trace", Refusal(trace, TopologyFormat.Annotated), StringComparison.Ordinal);
        Assert.Contains("trace", Refusal(trace, TopologyFormat.GraphMl), StringComparison.Ordinal);
        Assert.Contains("not written as RocketfuelMap", Refusal(mtu, TopologyFormat.RocketfuelMap), StringComparison.Ordinal);
        Topology bell = new([new TopologyNode("a\u0007")], []);
        Assert.Contains("XML cannot hold", Refusal(bell, TopologyFormat.GraphMl), StringComparison.Ordinal);
    }

    [Fact]
    public void Dot_has_a_line_for_each_node_and_link()
    {
        string dot = TopologyWriter.Write(TopologyGenerator.Line(3, new LinkSettings()), TopologyFormat.Dot);
        Assert.Equal(8, dot.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"n1\" -- \"n2\" [label=\"10Mbps 10ms\", weight=1];", dot, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Drawing_is_xml_with_a_circle_for_each_node_and_a_line_for_each_link(string kind)
    {
        Topology topology = TopologyGenerator.Generate(kind, new Dictionary<string, double>(), new LinkSettings(), 3);
        AssertDrawn(topology, kind);
    }

    [Fact]
    public void Drawing_places_nodes_that_have_no_place_and_escapes_names()
    {
        TopologyNode[] nodes = [.. Enumerable.Range(0, 40).Select(i => new TopologyNode($"<&\"{i}\u0001"))];
        TopologyLink[] links =
        [
            .. Enumerable.Range(1, 30).Select(i => new TopologyLink((i - 1) / 3, i, new LinkSettings { RateBps = i * 1000 })),
        ];
        AssertDrawn(new Topology(nodes, links), "a <title>");
        AssertDrawn(new Topology(nodes[..1], []), "");
        AssertDrawn(new Topology([], []), "");
    }

    private static void AssertDrawn(Topology topology, string title)
    {
        string svg = TopologyDrawing.ToSvg(topology, title);
        XElement root = XElement.Parse(svg);
        XNamespace ns = "http://www.w3.org/2000/svg";
        XElement picture = root.Element(ns + "g")!;
        XElement[] circles = [.. picture.Descendants(ns + "circle")];
        Assert.Equal(topology.Nodes.Count, circles.Length);
        Assert.Equal(topology.Links.Count, picture.Descendants(ns + "line").Count());
        (double X, double Y)[] places = [.. circles.Select(circle => ((double)circle.Attribute("cx")!, (double)circle.Attribute("cy")!))];
        Assert.Equal(places.Length, places.Distinct().Count());
        Assert.All(places, place => Assert.InRange(place.X, 0, 900));
        Assert.Equal(svg, TopologyDrawing.ToSvg(topology, title));
    }

    private static string Refusal(Topology topology, TopologyFormat format) =>
        Assert.Throws<ScenarioException>(() => TopologyWriter.Write(topology, format)).Message;

    private static Topology Again(Topology topology, TopologyFormat format) =>
        TopologyReader.Read("again", Encoding.UTF8.GetBytes(TopologyWriter.Write(topology, format)));
}
