namespace Piccolo.Sim.Topologies;

/// <summary>Which nodes of a topology hang together.</summary>
public static class TopologyConnection
{
    /// <summary>Refuses a topology of several parts.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="source">What the message begins with: a file, a path in a scenario.</param>
    /// <returns>The topology, if every node reaches every other.</returns>
    /// <exception cref="ScenarioException">It has no node, or some do not reach the first: the message names one.</exception>
    public static Topology RequireConnected(this Topology topology, string source)
    {
        ArgumentNullException.ThrowIfNull(topology);
        int[] parts = PartsOf(topology, out int count);
        if (count == 1)
        {
            return topology;
        }

        if (count == 0)
        {
            throw new ScenarioException($"{source}: the topology has no node");
        }

        int apart = Array.FindIndex(parts, part => part != 0);
        throw new ScenarioException(
            $"{source}: the topology is in {count} parts: no links lead from '{Quote.Clip(topology.Nodes[0].Name)}' to "
            + $"'{Quote.Clip(topology.Nodes[apart].Name)}'; link them, or take the largest part only");
    }

    /// <summary>The largest part of a topology; of several as large, that of the first node. Measured maps have stray routers.</summary>
    public static Topology LargestPart(this Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        int[] parts = PartsOf(topology, out int count);
        if (count <= 1)
        {
            return topology;
        }

        int[] sizes = new int[count];
        foreach (int part in parts)
        {
            sizes[part]++;
        }

        int largest = Array.IndexOf(sizes, sizes.Max());
        int[] renumbered = new int[parts.Length];
        List<TopologyNode> nodes = [];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] == largest)
            {
                renumbered[i] = nodes.Count;
                nodes.Add(topology.Nodes[i]);
            }
        }

        List<TopologyLink> links = [];
        foreach (TopologyLink link in topology.Links)
        {
            if (parts[link.A] == largest)
            {
                links.Add(new TopologyLink(renumbered[link.A], renumbered[link.B], link.Settings));
            }
        }

        return new Topology(nodes, links) { Warnings = topology.Warnings };
    }

    /// <summary>The part of each node, numbered from 0 by each part's first node.</summary>
    private static int[] PartsOf(Topology topology, out int count)
    {
        int[] above = new int[topology.Nodes.Count];
        for (int i = 0; i < above.Length; i++)
        {
            above[i] = i;
        }

        foreach (TopologyLink link in topology.Links)
        {
            // The lower node leads, so that a part's leader is its first node.
            int a = Leader(above, link.A);
            int b = Leader(above, link.B);
            above[Math.Max(a, b)] = Math.Min(a, b);
        }

        count = 0;
        int[] parts = new int[above.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            int leader = Leader(above, i);
            parts[i] = leader == i ? count++ : parts[leader];
        }

        return parts;
    }

    private static int Leader(int[] above, int node)
    {
        while (above[node] != node)
        {
            above[node] = above[above[node]];
            node = above[node];
        }

        return node;
    }
}
