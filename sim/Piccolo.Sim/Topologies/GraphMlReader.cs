using System.Text;
using System.Xml;

namespace Piccolo.Sim.Topologies;

/// <summary>Reads GraphML as yEd, NetworkX, FNSS and the Topology Zoo write it.</summary>
/// <remarks>
/// Nodes are named by their labels if every node has one and no two are alike, else by their ids. Attributes are known by name, whatever
/// their case: label, x and y, or Longitude and Latitude (north is up: Y is minus the latitude), kind; bandwidth, capacity or
/// LinkSpeedRaw (bits a second, or with a unit),
/// delay or latency (milliseconds, or with a unit), metric, weight or cost, queue and loss as in annotated files, mtu. Others are skipped.
/// Two directed edges that are each other's reverse are one link; several undirected edges between two nodes are several links.
/// No DTD is read, so no entity expands. Source: http://graphml.graphdrawing.org/specification.html.
/// </remarks>
internal sealed class GraphMlReader
{
    private const int DepthMax = 64;

    private readonly TopologyBuilder _builder;
    private readonly GraphMlKeys _keys = new();
    private readonly List<GraphMlElement> _nodes = [];
    private readonly List<GraphMlElement> _edges = [];
    private readonly GraphMlElement _graph = new(1, "", "", false);
    private readonly StringBuilder _text = new();
    private readonly XmlReader _xml;
    private GraphMlElement? _open;
    private bool _hasGraph;
    private bool _isDirected;
    private string? _defaultOf;
    private string? _collecting;
    private GraphMlField _field;

    private GraphMlReader(XmlReader xml, TopologyBuilder builder)
    {
        _xml = xml;
        _builder = builder;
    }

    private int Line => Math.Max(1, ((IXmlLineInfo)_xml).LineNumber);

    internal static Topology Read(string text, TopologyBuilder builder)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = Math.Max(1, builder.Limits.FileOctets),
        };
        try
        {
            using XmlReader xml = XmlReader.Create(new StringReader(text), settings);
            GraphMlReader reader = new(xml, builder);
            reader.ReadAll();
            return new GraphMlTopology(reader._nodes, reader._edges, reader._graph, builder).Build();
        }
        catch (XmlException error)
        {
            throw Explain(error, text, builder);
        }
    }

    private static ScenarioException Explain(XmlException error, string text, TopologyBuilder builder)
    {
        // The exception of a document type has no line.
        int documentType = text.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
        if (documentType >= 0)
        {
            int line = 1 + text.AsSpan(0, documentType).Count('\n');
            return new ScenarioException($"{builder.Place(line)}: a document type (<!DOCTYPE) is not read; take it out", error);
        }

        string reason = Quote.Clip(error.Message.Split('\n')[0]);
        return new ScenarioException($"{builder.Place(Math.Max(1, error.LineNumber))}: this is no well-formed XML: {reason}", error);
    }

    private void ReadAll()
    {
        while (_xml.Read())
        {
            if (_xml.Depth > DepthMax)
            {
                throw _builder.Error(Line, $"elements are nested more than {DepthMax} deep");
            }

            switch (_xml.NodeType)
            {
                case XmlNodeType.Element:
                    bool isEmpty = _xml.IsEmptyElement;
                    string name = _xml.LocalName;
                    Begin(name);
                    if (isEmpty)
                    {
                        End(name);
                    }

                    break;
                case XmlNodeType.EndElement:
                    End(_xml.LocalName);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when _collecting is not null:
                    _text.Append(_xml.Value);
                    break;
            }
        }

        if (!_hasGraph)
        {
            throw _builder.Error(1, "there is no <graph> element in this file");
        }
    }

    private void Begin(string name)
    {
        if (_xml.Depth == 0 && name != "graphml")
        {
            throw _builder.Error(Line, $"the root element is <{Quote.Clip(name)}>; GraphML begins with <graphml>");
        }

        switch (name)
        {
            case "key":
                BeginKey();
                break;
            case "default" when _defaultOf is not null:
                Collect(name, GraphMlField.None);
                break;
            case "graph":
                BeginGraph();
                break;
            case "node":
                RequireOutside(name);
                _open = new GraphMlElement(Line, Require("id", name), "", false);
                Keep(_nodes, _builder.Limits.Nodes, "nodes");
                break;
            case "edge":
                RequireOutside(name);
                bool isDirected = _xml.GetAttribute("directed") is string said ? said == "true" : _isDirected;
                _open = new GraphMlElement(Line, Require("source", name), Require("target", name), isDirected);
                Keep(_edges, _builder.Limits.Links * 2L, "edges");
                break;
            case "hyperedge":
                throw _builder.Error(Line, "a <hyperedge> joins more than two nodes; links join two");
            case "data":
                string key = Require("key", name);
                if (!_keys.TryFind(key, out GraphMlField field))
                {
                    throw _builder.Error(Line, $"there is no <key> with id '{Quote.Clip(key)}'; declare it first");
                }

                Collect(name, field);
                break;
            case "NodeLabel" when _open is not null:
                Collect(name, GraphMlField.Label);
                break;
            case "Geometry" when _open is not null:
                _open.Set(GraphMlField.X, _xml.GetAttribute("x") ?? "");
                _open.Set(GraphMlField.Y, _xml.GetAttribute("y") ?? "");
                break;
        }
    }

    private void End(string name)
    {
        if (name == _collecting)
        {
            if (_defaultOf is not null)
            {
                _keys.SetDefault(_defaultOf, _text.ToString());
            }
            else
            {
                (_open ?? _graph).Set(_field, _text.ToString());
            }

            _collecting = null;
        }

        switch (name)
        {
            case "key":
                _defaultOf = null;
                break;
            case "node" or "edge" when _open is not null:
                _keys.Complete(_open, name);
                _open = null;
                break;
            case "graph":
                _keys.Complete(_graph, name);
                break;
        }
    }

    private void BeginKey()
    {
        string id = Require("id", "key");
        string name = _xml.GetAttribute("attr.name") ?? "";
        if (!_keys.TryAdd(id, name, _xml.GetAttribute("for") ?? "all"))
        {
            throw _builder.Error(Line, $"<key> '{Quote.Clip(id)}' was declared before");
        }

        _defaultOf = id;
    }

    private void BeginGraph()
    {
        if (_hasGraph)
        {
            throw _builder.Error(Line, "a second or nested <graph>; a topology is one graph, without groups");
        }

        _hasGraph = true;
        _isDirected = _xml.GetAttribute("edgedefault") == "directed";
    }

    private void Collect(string element, GraphMlField field)
    {
        _collecting = element;
        _field = field;
        _text.Clear();
    }

    private void Keep(List<GraphMlElement> elements, long limit, string what)
    {
        if (elements.Count >= limit)
        {
            throw _builder.Error(Line, $"there are more than {limit} {what}");
        }

        elements.Add(_open!);
    }

    private void RequireOutside(string name)
    {
        if (!_hasGraph || _open is not null)
        {
            throw _builder.Error(Line, $"<{name}> stands {(_hasGraph ? "inside a node or an edge" : "outside of <graph>")}");
        }
    }

    private string Require(string attribute, string element) =>
        _xml.GetAttribute(attribute) is { Length: > 0 } value
            ? value
            : throw _builder.Error(Line, $"<{element}> has no attribute '{attribute}'");
}
