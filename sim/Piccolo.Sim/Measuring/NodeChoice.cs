namespace Piccolo.Sim.Measuring;

/// <summary>Picks the nodes that are traced.</summary>
internal static class NodeChoice
{
    /// <exception cref="ScenarioException">A name is no node's.</exception>
    public static List<NodeProbe> Choose(IReadOnlyList<NodeProbe> nodes, TraceSettings settings)
    {
        var chosen = new List<NodeProbe>();
        if (settings.Nodes.Count == 0)
        {
            for (int i = 0; i < nodes.Count; i += settings.NodeStride)
            {
                chosen.Add(nodes[i]);
            }

            return chosen;
        }

        var byName = new Dictionary<string, NodeProbe>(nodes.Count, StringComparer.Ordinal);
        foreach (NodeProbe node in nodes)
        {
            byName.TryAdd(node.Name, node);
        }

        var taken = new HashSet<int>();
        for (int i = 0; i < settings.Nodes.Count; i++)
        {
            if (!byName.TryGetValue(settings.Nodes[i], out NodeProbe? node))
            {
                throw new ScenarioException($"traces are wanted of node '{settings.Nodes[i]}', which the topology does not have");
            }

            if (i % settings.NodeStride == 0 && taken.Add(node.Index))
            {
                chosen.Add(node);
            }
        }

        chosen.Sort((a, b) => a.Index.CompareTo(b.Index));
        return chosen;
    }
}
