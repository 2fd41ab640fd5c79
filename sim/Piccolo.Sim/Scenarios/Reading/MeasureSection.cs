using Piccolo.Sim.Measuring;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads what is measured.</summary>
internal static class MeasureSection
{
    private static readonly (string Word, TraceKinds Kind)[] Kinds =
    [
        ("rate", TraceKinds.L3Rate),
        ("delay", TraceKinds.AppDelay),
        ("cs", TraceKinds.ContentStore),
        ("drop", TraceKinds.L2Rate),
        ("nodes", TraceKinds.Nodes),
        ("links", TraceKinds.Links),
        ("calls", TraceKinds.Calls),
        ("all", TraceKinds.All),
    ];

    private static readonly ObjectShape CaptureShape = new(
        "capture",
        "A link whose frames are written as pcap.",
        [
            new("link", ValueShape.List(ValueShape.Text), "The names of its two nodes.", IsRequired: true),
            new("frameOctets", ValueShape.Octets, "Octets kept of each frame; all if absent."),
            new("frames", ValueShape.Whole(1, long.MaxValue), "Frames at most; a million if absent."),
        ]);

    /// <summary>The section.</summary>
    public static ObjectShape Shape { get; } = new(
        "measure",
        "What is measured, and how much of it is written.",
        [
            new("traces", ValueShape.List(ValueShape.Choice([.. Kinds.Select(known => known.Word)])),
                "Which traces: rate, delay, cs and drop "
                + "in ndnSIM's formats; nodes, links and calls as CSV; all."),
            new("period", ValueShape.Duration, "How often the network is looked at; 500 ms if absent."),
            new("nodes", ValueShape.Texts, "The nodes traced: names, or patterns with * and ?; all if absent."),
            new("everyNode", ValueShape.Whole(1), "Of these every Nth; 1 if absent."),
            new("everySample", ValueShape.Whole(1), "Of a node's delays and calls every Nth is written; 1 if absent."),
            new("rows", ValueShape.Whole(0, long.MaxValue), "Rows of each trace at most; 5 million if absent."),
            new("capture", ValueShape.List(ValueShape.Object(CaptureShape)), "Links that are captured."),
        ]);

    public static TraceSettings Read(ScenarioObject source, Topology topology)
    {
        TraceKinds kinds = TraceKinds.None;
        string[] words = [.. Kinds.Select(known => known.Word)];
        foreach (ScenarioValue item in source.Items("traces"))
        {
            string word = item.Choice(words);
            kinds |= Array.Find(Kinds, known => known.Word == word).Kind;
        }

        long periodNs = source.Duration("period", 500_000_000);
        return new TraceSettings
        {
            Kinds = kinds,
            PeriodNs = periodNs > 0 ? periodNs : throw source.Error("period", "0 is no period; it must be more than 0"),
            Nodes = source.Has("nodes") ? [.. NodePattern.Find(topology, source["nodes"]).Select(node => topology.Nodes[node].Name)] : [],
            NodeStride = (int)source.Whole("everyNode", 1),
            SampleStride = (int)source.Whole("everySample", 1),
            RowsMax = source.Whole("rows", 5_000_000),
            Captures = [.. source.Objects("capture").Select(capture => Capture(capture, topology))],
        };
    }

    private static CaptureSettings Capture(ScenarioObject source, Topology topology)
    {
        IReadOnlyList<ScenarioValue> ends = source.Items("link");
        if (ends.Count != 2)
        {
            throw source.Error("link", $"a link is named by its two nodes, and {ends.Count} are given");
        }

        int a = NodePattern.Single(topology, ends[0]);
        int b = NodePattern.Single(topology, ends[1]);
        if (!topology.Links.Any(link => (link.A == a && link.B == b) || (link.A == b && link.B == a)))
        {
            throw source.Error("link", $"there is no link between '{topology.Nodes[a].Name}' and '{topology.Nodes[b].Name}'");
        }

        var defaults = new CaptureSettings();
        return defaults with
        {
            A = topology.Nodes[a].Name,
            B = topology.Nodes[b].Name,
            FrameLengthMax = (int)source.Octets("frameOctets", defaults.FrameLengthMax, 1 << 18),
            FramesMax = source.Whole("frames", defaults.FramesMax),
        };
    }
}
