namespace Piccolo.Sim.Topologies;

public static partial class TopologyGenerator
{
    /// <summary>Nodes <c>n0</c>, <c>n1</c>, ... in a row.</summary>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology Line(int nodes, LinkSettings links)
    {
        Require(nodes >= 1, $"a line has at least 1 node, not {nodes}");
        RequireSize("line", nodes, nodes - 1);
        TopologyNode[] made = new TopologyNode[nodes];
        TopologyLink[] edges = new TopologyLink[nodes - 1];
        for (int i = 0; i < nodes; i++)
        {
            made[i] = new TopologyNode(Id("n", i), i);
        }

        for (int i = 0; i < edges.Length; i++)
        {
            edges[i] = new TopologyLink(i, i + 1, links);
        }

        return new Topology(made, edges);
    }

    /// <summary>Nodes <c>n0</c>, <c>n1</c>, ... in a circle.</summary>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology Ring(int nodes, LinkSettings links)
    {
        Require(nodes >= 3, $"a ring has at least 3 nodes, not {nodes}");
        RequireSize("ring", nodes, nodes);
        TopologyNode[] made = new TopologyNode[nodes];
        TopologyLink[] edges = new TopologyLink[nodes];
        for (int i = 0; i < nodes; i++)
        {
            made[i] = OnCircle(Id("n", i), i, nodes, nodes, "");
            edges[i] = new TopologyLink(i, (i + 1) % nodes, links);
        }

        return new Topology(made, edges);
    }

    /// <summary>A rectangle; node <c>r1c2</c> is in row 1 and column 2, counted from 0, and has index row x width + column.</summary>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology Grid(int width, int height, LinkSettings links)
    {
        Require(width >= 1 && height >= 1, $"a grid has at least 1 row and 1 column, not {height} and {width}");
        RequireSize("grid", (long)width * height, 2L * width * height - width - height);
        List<TopologyNode> made = new(width * height);
        List<TopologyLink> edges = new(2 * width * height);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int index = made.Count;
                made.Add(new TopologyNode($"r{Id("", row)}c{Id("", column)}", column, row));
                if (column + 1 < width)
                {
                    edges.Add(new TopologyLink(index, index + 1, links));
                }

                if (row + 1 < height)
                {
                    edges.Add(new TopologyLink(index, index + width, links));
                }
            }
        }

        return new Topology(made, edges);
    }

    /// <summary>A tree of nodes <c>n0</c> (the root), <c>n1</c>, ... level by level; kinds are root, inner and leaf.</summary>
    /// <param name="branching">How many nodes hang below each inner node.</param>
    /// <param name="depth">How many links lie between the root and a leaf.</param>
    /// <param name="links">What every link is like.</param>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology Tree(int branching, int depth, LinkSettings links)
    {
        Require(branching >= 1 && depth >= 0, $"a tree branches at least once and is at least 0 deep, not {branching} and {depth}");
        long width = 1;
        long total = 1;
        for (int level = 0; level < depth; level++)
        {
            width *= branching;
            total += width;
            RequireSize("tree", total, total - 1);
        }

        TopologyNode[] made = new TopologyNode[total];
        TopologyLink[] edges = new TopologyLink[total - 1];
        int index = 0;
        long inLevel = 1;
        for (int level = 0; level <= depth; level++)
        {
            string kind = level == 0 ? "root" : level == depth ? "leaf" : "inner";
            double spacing = (double)width / inLevel;
            for (int i = 0; i < inLevel; i++)
            {
                made[index] = new TopologyNode(Id("n", index), Round((i + 0.5) * spacing), level * 2, kind);
                if (index > 0)
                {
                    edges[index - 1] = new TopologyLink((index - 1) / branching, index, links);
                }

                index++;
            }

            inLevel *= branching;
        }

        return new Topology(made, edges);
    }

    /// <summary>Nodes <c>n0</c>, <c>n1</c>, ..., each linked to every other.</summary>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology Mesh(int nodes, LinkSettings links)
    {
        Require(nodes >= 1, $"a mesh has at least 1 node, not {nodes}");
        RequireSize("mesh", nodes, (long)nodes * (nodes - 1) / 2);
        TopologyNode[] made = new TopologyNode[nodes];
        List<TopologyLink> edges = new(nodes * (nodes - 1) / 2);
        for (int i = 0; i < nodes; i++)
        {
            made[i] = OnCircle(Id("n", i), i, nodes, nodes, "");
            for (int j = i + 1; j < nodes; j++)
            {
                edges.Add(new TopologyLink(i, j, links));
            }
        }

        return new Topology(made, edges);
    }
}
