using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Topologies;

public static partial class TopologyGenerator
{
    /// <summary>Nodes at random places of a square; two are linked with probability alpha x exp(-distance / (beta x diagonal)).</summary>
    /// <remarks>
    /// Parts that stay apart are joined over their nearest nodes. Bound: nodes² / 2 draws.
    /// Source: Waxman, "Routing of multipoint connections", 1988.
    /// </remarks>
    /// <param name="nodes">How many; at most 20 000.</param>
    /// <param name="alpha">The probability of the shortest link; 0.001 to 1.</param>
    /// <param name="beta">How far links reach; 0.001 to 1.</param>
    /// <param name="links">What every link is like.</param>
    /// <param name="seed">Of the places and the choices.</param>
    /// <exception cref="ScenarioException">The size or a probability is impossible.</exception>
    public static Topology Waxman(int nodes, double alpha, double beta, LinkSettings links, ulong seed)
    {
        Require(nodes is >= 1 and <= 20_000, $"a Waxman topology has 1 to 20000 nodes, not {nodes}");
        Require(
            alpha is >= 0.001 and <= 1 && beta is >= 0.001 and <= 1,
            FormattableString.Invariant($"Waxman's alpha and beta are from 0.001 to 1, not {alpha} and {beta}"));
        IRandomSource random = new RandomStreams(seed).For("topology.waxman");
        TopologyNode[] made = new TopologyNode[nodes];
        for (int i = 0; i < nodes; i++)
        {
            double x = Round(PortableMath.NextUnit(random) * 1000);
            made[i] = new TopologyNode(Id("n", i), x, Round(PortableMath.NextUnit(random) * 1000));
        }

        double reach = beta * Math.Sqrt(2) * 1000;
        List<TopologyLink> edges = [];
        int[] part = new int[nodes];
        for (int i = 0; i < nodes; i++)
        {
            part[i] = i;
            for (int j = 0; j < i; j++)
            {
                double draw = PortableMath.NextUnit(random);
                if (draw < alpha && draw < alpha * PortableMath.ExpOfNegative(-Distance(made[i], made[j]) / reach))
                {
                    RequireSize("waxman", nodes, edges.Count + 1);
                    edges.Add(new TopologyLink(j, i, links));
                    part[Root(part, i)] = Root(part, j);
                }
            }
        }

        JoinParts(made, edges, part, links);
        return new Topology(made, edges);
    }

    /// <summary>A network that grew: each node links to some that are there, more likely to those with many links.</summary>
    /// <remarks>
    /// It begins with a full mesh of links + 1 nodes. Source: Barabasi, Albert, "Emergence of scaling in random networks", 1999.
    /// </remarks>
    /// <param name="nodes">How many.</param>
    /// <param name="linksOfEach">How many links each node brings; less than nodes.</param>
    /// <param name="links">What every link is like.</param>
    /// <param name="seed">Of the choices.</param>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology BarabasiAlbert(int nodes, int linksOfEach, LinkSettings links, ulong seed)
    {
        Require(
            nodes >= 2 && linksOfEach >= 1 && linksOfEach < nodes,
            $"a Barabasi-Albert topology has at least 2 nodes, each bringing 1 link to one less than nodes: not {nodes} and {linksOfEach}");
        RequireSize(
            "barabasi-albert", nodes, (long)linksOfEach * (linksOfEach + 1) / 2 + (long)(nodes - linksOfEach - 1) * linksOfEach);
        IRandomSource random = new RandomStreams(seed).For("topology.barabasi-albert");
        TopologyNode[] made = new TopologyNode[nodes];
        List<TopologyLink> edges = [];

        // Every link puts both its ends in: a uniform choice among the ends is a choice by degree.
        List<int> ends = [];
        int[] chosenBy = new int[nodes];
        Array.Fill(chosenBy, -1);
        for (int i = 0; i < nodes; i++)
        {
            made[i] = OnCircle(Id("n", i), i, nodes, nodes, "");
            int before = ends.Count;
            for (int wanted = Math.Min(i, linksOfEach); wanted > 0;)
            {
                int target = i <= linksOfEach ? wanted - 1 : ends[(int)random.NextBelow((uint)before)];
                if (chosenBy[target] != i)
                {
                    chosenBy[target] = i;
                    edges.Add(new TopologyLink(target, i, links));
                    ends.Add(target);
                    ends.Add(i);
                    wanted--;
                }
            }
        }

        return new Topology(made, edges);
    }

    private static double Distance(TopologyNode left, TopologyNode right)
    {
        double x = left.X - right.X;
        double y = left.Y - right.Y;
        return Math.Sqrt(x * x + y * y);
    }

    private static int Root(int[] part, int node)
    {
        while (part[node] != node)
        {
            part[node] = part[part[node]];
            node = part[node];
        }

        return node;
    }

    /// <summary>Joins what node 0 cannot reach, the nearest pair first, as Prim's algorithm grows a tree.</summary>
    private static void JoinParts(TopologyNode[] nodes, List<TopologyLink> edges, int[] part, LinkSettings links)
    {
        double[] distance = new double[nodes.Length];
        int[] nearest = new int[nodes.Length];
        bool[] isInside = new bool[nodes.Length];
        Array.Fill(distance, double.MaxValue);
        int entered = 0;
        while (entered >= 0)
        {
            // The whole part comes in, and the nodes outside learn who of it is nearest.
            int root = Root(part, entered);
            for (int i = 0; i < nodes.Length; i++)
            {
                if (!isInside[i] && Root(part, i) == root)
                {
                    isInside[i] = true;
                    for (int j = 0; j < nodes.Length; j++)
                    {
                        double way = isInside[j] ? double.MaxValue : Distance(nodes[i], nodes[j]);
                        if (way < distance[j])
                        {
                            distance[j] = way;
                            nearest[j] = i;
                        }
                    }
                }
            }

            entered = -1;
            for (int i = 0; i < nodes.Length; i++)
            {
                if (!isInside[i] && (entered < 0 || distance[i] < distance[entered]))
                {
                    entered = i;
                }
            }

            if (entered >= 0)
            {
                edges.Add(new TopologyLink(nearest[entered], entered, links));
            }
        }
    }
}
