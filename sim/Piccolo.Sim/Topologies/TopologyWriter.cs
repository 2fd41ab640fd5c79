using System.Globalization;
using System.Text;
using System.Xml;

namespace Piccolo.Sim.Topologies;

/// <summary>Writes topologies as files that <see cref="TopologyReader"/> reads back alike, and for Graphviz.</summary>
public static class TopologyWriter
{
    /// <summary>Writes a topology.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="format">Annotated, GraphML or dot.</param>
    /// <exception cref="ScenarioException">The format is for reading only, or has no words for what the topology has.</exception>
    public static string Write(Topology topology, TopologyFormat format)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return format switch
        {
            TopologyFormat.Annotated => WriteAnnotated(topology),
            TopologyFormat.GraphMl => WriteGraphMl(topology),
            TopologyFormat.Dot => WriteDot(topology),
            _ => throw new ScenarioException($"topologies are not written as {format}; they are as Annotated, GraphMl or Dot"),
        };
    }

    private static string WriteAnnotated(Topology topology)
    {
        StringBuilder text = new();
        text.Append("router\n\n# node\tcomment\tyPos\txPos\n");
        foreach (TopologyNode node in topology.Nodes)
        {
            RequireField(node.Name, $"node '{Quote.Clip(node.Name)}'");
            string kind = node.Kind.Length == 0 ? "NA" : node.Kind;
            RequireField(kind, $"the kind of node '{Quote.Clip(node.Name)}'");
            text.Append(CultureInfo.InvariantCulture, $"{node.Name}\t{kind}\t{node.Y:R}\t{node.X:R}\n");
        }

        text.Append("\nlink\n\n# from\tto\tbandwidth\tmetric\tdelay\tqueue\terror-model\n");
        foreach (TopologyLink link in topology.Links)
        {
            LinkSettings settings = link.Settings;
            string name = $"link {topology.Nodes[link.A].Name} - {topology.Nodes[link.B].Name}";
            if (settings.Mtu != 0 || settings.Faults != new FaultSettings { Loss = settings.Faults.Loss })
            {
                throw Refusal(name, "an MTU, corruption, duplication or reordering");
            }

            text.Append(CultureInfo.InvariantCulture, $"{topology.Nodes[link.A].Name}\t{topology.Nodes[link.B].Name}")
                .Append(CultureInfo.InvariantCulture, $"\t{UnitText.FormatRate(settings.RateBps)}\t{settings.Metric}")
                .Append(CultureInfo.InvariantCulture, $"\t{UnitText.FormatDelay(settings.DelayNs)}\t{QueueText.Format(settings.Queue)}");
            if (settings.Faults.Loss is LossSettings loss)
            {
                text.Append('\t').Append(LossText.Format(loss) ?? throw Refusal(name, "a recorded trace of losses"));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void RequireField(string text, string what)
    {
        if (text.Length == 0 || text[0] == '#' || text is "router" or "link" || text.Any(char.IsWhiteSpace))
        {
            throw new ScenarioException(
                $"the annotated format separates fields by blanks and cannot name {what} so; write GraphML instead");
        }
    }

    private static ScenarioException Refusal(string what, string lacking) =>
        new($"{what} has {lacking}, which the annotated format cannot say; write GraphML instead");

    private static string WriteGraphMl(Topology topology)
    {
        StringBuilder text = new();
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        text.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        try
        {
            using XmlWriter xml = XmlWriter.Create(text, settings);
            xml.WriteStartElement("graphml", "http://graphml.graphdrawing.org/xmlns");
            foreach (string key in new[] { "label", "kind" })
            {
                WriteKey(xml, "node", key, "string");
            }

            WriteKey(xml, "node", "x", "double");
            WriteKey(xml, "node", "y", "double");
            foreach (string key in new[] { "bandwidth", "delay", "queue", "loss", "reorder_delay" })
            {
                WriteKey(xml, "edge", key, "string");
            }

            foreach (string key in new[] { "metric", "mtu" })
            {
                WriteKey(xml, "edge", key, "int");
            }

            foreach (string key in new[] { "corruption", "duplication", "reorder" })
            {
                WriteKey(xml, "edge", key, "double");
            }

            xml.WriteStartElement("graph");
            xml.WriteAttributeString("edgedefault", "undirected");
            WriteNodes(xml, topology);
            WriteEdges(xml, topology);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        catch (ArgumentException error)
        {
            throw new ScenarioException($"a name or kind has a character that XML cannot hold: {error.Message}", error);
        }

        return text.Append('\n').ToString();
    }

    private static void WriteNodes(XmlWriter xml, Topology topology)
    {
        for (int i = 0; i < topology.Nodes.Count; i++)
        {
            TopologyNode node = topology.Nodes[i];
            xml.WriteStartElement("node");
            xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"n{i}"));
            WriteData(xml, "node", "label", node.Name);
            WriteData(xml, "node", "kind", node.Kind);
            WriteData(xml, "node", "x", node.X.ToString("R", CultureInfo.InvariantCulture));
            WriteData(xml, "node", "y", node.Y.ToString("R", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }
    }

    private static void WriteEdges(XmlWriter xml, Topology topology)
    {
        foreach (TopologyLink link in topology.Links)
        {
            LinkSettings settings = link.Settings;
            FaultSettings faults = settings.Faults;
            xml.WriteStartElement("edge");
            xml.WriteAttributeString("source", string.Create(CultureInfo.InvariantCulture, $"n{link.A}"));
            xml.WriteAttributeString("target", string.Create(CultureInfo.InvariantCulture, $"n{link.B}"));
            WriteData(xml, "edge", "bandwidth", UnitText.FormatRate(settings.RateBps));
            WriteData(xml, "edge", "delay", UnitText.FormatDelay(settings.DelayNs));
            WriteData(xml, "edge", "metric", settings.Metric.ToString(CultureInfo.InvariantCulture));
            WriteData(xml, "edge", "queue", QueueText.Format(settings.Queue));
            if (faults.Loss is LossSettings loss)
            {
                string name = $"link {topology.Nodes[link.A].Name} - {topology.Nodes[link.B].Name}";
                WriteData(xml, "edge", "loss", LossText.Format(loss) ?? throw new ScenarioException(
                    $"{name} has a recorded trace of losses, which topology files cannot say; give it in a scenario"));
            }

            WriteNumber(xml, "corruption", faults.CorruptionRate);
            WriteNumber(xml, "duplication", faults.DuplicationRate);
            WriteNumber(xml, "reorder", faults.ReorderRate);
            WriteData(xml, "edge", "reorder_delay", faults.ReorderDelayNs == 0 ? "" : UnitText.FormatDelay(faults.ReorderDelayNs));
            WriteNumber(xml, "mtu", settings.Mtu);
            xml.WriteEndElement();
        }
    }

    private static void WriteKey(XmlWriter xml, string element, string name, string type)
    {
        xml.WriteStartElement("key");
        xml.WriteAttributeString("id", $"{element}.{name}");
        xml.WriteAttributeString("for", element);
        xml.WriteAttributeString("attr.name", name);
        xml.WriteAttributeString("attr.type", type);
        xml.WriteEndElement();
    }

    private static void WriteNumber(XmlWriter xml, string name, double value) =>
        WriteData(xml, "edge", name, value == 0 ? "" : value.ToString("R", CultureInfo.InvariantCulture));

    private static void WriteData(XmlWriter xml, string element, string name, string value)
    {
        if (value.Length > 0)
        {
            xml.WriteStartElement("data");
            xml.WriteAttributeString("key", $"{element}.{name}");
            xml.WriteString(value);
            xml.WriteEndElement();
        }
    }

    private static string WriteDot(Topology topology)
    {
        StringBuilder text = new("graph topology {\n  node [shape=circle];\n");
        foreach (TopologyNode node in topology.Nodes)
        {
            // Graphviz counts upwards, and in inches with -n.
            text.Append(CultureInfo.InvariantCulture, $"  {Escape(node.Name)} [pos=\"{node.X:R},{-node.Y + 0.0:R}\"];\n");
        }

        foreach (TopologyLink link in topology.Links)
        {
            string label = $"{UnitText.FormatRate(link.Settings.RateBps)} {UnitText.FormatDelay(link.Settings.DelayNs)}";
            text.Append(CultureInfo.InvariantCulture, $"  {Escape(topology.Nodes[link.A].Name)} -- {Escape(topology.Nodes[link.B].Name)}")
                .Append(CultureInfo.InvariantCulture, $" [label=\"{label}\", weight={link.Settings.Metric}];\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Escape(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
