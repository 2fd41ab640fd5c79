namespace Piccolo.Sim.Topologies;

/// <summary>Nodes and the links between them; immutable.</summary>
public sealed class Topology
{
    private readonly Dictionary<string, int> _indexes;

    /// <summary>A topology of nodes and links.</summary>
    /// <exception cref="ScenarioException">Two nodes have one name, or a link leads to no node or from a node to itself.</exception>
    public Topology(IReadOnlyList<TopologyNode> nodes, IReadOnlyList<TopologyLink> links)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(links);
        _indexes = new Dictionary<string, int>(nodes.Count, StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            if (!_indexes.TryAdd(nodes[i].Name, i))
            {
                throw new ScenarioException($"two nodes are named '{nodes[i].Name}'; each node needs a name of its own");
            }
        }

        foreach (TopologyLink link in links)
        {
            if ((uint)link.A >= (uint)nodes.Count || (uint)link.B >= (uint)nodes.Count)
            {
                throw new ScenarioException($"a link leads to node number {Math.Max(link.A, link.B)} of {nodes.Count}");
            }

            if (link.A == link.B)
            {
                throw new ScenarioException($"a link leads from node '{nodes[link.A].Name}' to itself");
            }
        }

        Nodes = nodes;
        Links = links;
    }

    /// <summary>The nodes; their indices are their positions here.</summary>
    public IReadOnlyList<TopologyNode> Nodes { get; }

    /// <summary>The links.</summary>
    public IReadOnlyList<TopologyLink> Links { get; }

    /// <summary>What a reader left out of a file because it can mean nothing, each with <c>FILE:LINE</c>; to be shown to people.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>The index of a node, or -1.</summary>
    public int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);
}
