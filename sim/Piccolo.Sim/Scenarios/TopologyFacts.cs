using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>A topology in a few numbers.</summary>
public sealed record TopologyFacts
{
    private const int ExactMax = 5000;

    /// <summary>Nodes.</summary>
    public int Nodes { get; init; }

    /// <summary>Links.</summary>
    public int Links { get; init; }

    /// <summary>The fewest links that a node has.</summary>
    public int DegreeMin { get; init; }

    /// <summary>The most links that a node has.</summary>
    public int DegreeMax { get; init; }

    /// <summary>The mean number of links of a node.</summary>
    public double DegreeMean { get; init; }

    /// <summary>Parts without a link between them.</summary>
    public int Parts { get; init; }

    /// <summary>The longest of all shortest ways, within parts.</summary>
    /// <remarks>Units: hops.</remarks>
    public int Diameter { get; init; }

    /// <summary>Whether every node was searched from; of large topologies only some are, and the diameter is a lower bound.</summary>
    public bool IsDiameterExact { get; init; }

    /// <summary>The shortest delay of a link.</summary>
    public long DelayMinNs { get; init; }

    /// <summary>The longest delay of a link.</summary>
    public long DelayMaxNs { get; init; }

    /// <summary>The facts of a topology.</summary>
    /// <remarks>Bound: a search from each of 5000 nodes at most.</remarks>
    public static TopologyFacts Of(Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        int count = topology.Nodes.Count;
        List<int>[] neighbours = [.. Enumerable.Range(0, count).Select(static _ => new List<int>())];
        foreach (TopologyLink link in topology.Links)
        {
            neighbours[link.A].Add(link.B);
            neighbours[link.B].Add(link.A);
        }

        int stride = Math.Max(1, count / ExactMax);
        int diameter = 0;
        int[] distance = new int[count];
        int farthest = 0;
        for (int from = 0; from < count; from += stride)
        {
            (int hops, int at) = Search(neighbours, distance, from);
            (diameter, farthest) = hops > diameter ? (hops, at) : (diameter, farthest);
        }

        // From the far end of the longest way found there may be a longer one, where not every node was searched from.
        diameter = stride > 1 ? Math.Max(diameter, Search(neighbours, distance, farthest).Hops) : diameter;
        return new TopologyFacts
        {
            Nodes = count,
            Links = topology.Links.Count,
            DegreeMin = neighbours.Length == 0 ? 0 : neighbours.Min(static some => some.Count),
            DegreeMax = neighbours.Length == 0 ? 0 : neighbours.Max(static some => some.Count),
            DegreeMean = count == 0 ? 0 : 2.0 * topology.Links.Count / count,
            Parts = CountParts(neighbours),
            Diameter = diameter,
            IsDiameterExact = stride == 1,
            DelayMinNs = topology.Links.Count == 0 ? 0 : topology.Links.Min(static link => link.Settings.DelayNs),
            DelayMaxNs = topology.Links.Count == 0 ? 0 : topology.Links.Max(static link => link.Settings.DelayNs),
        };
    }

    private static (int Hops, int At) Search(List<int>[] neighbours, int[] distance, int from)
    {
        Array.Fill(distance, -1);
        distance[from] = 0;
        var queue = new Queue<int>();
        queue.Enqueue(from);
        int last = from;
        while (queue.TryDequeue(out int node))
        {
            last = node;
            foreach (int next in neighbours[node])
            {
                if (distance[next] < 0)
                {
                    distance[next] = distance[node] + 1;
                    queue.Enqueue(next);
                }
            }
        }

        return (distance[last], last);
    }

    private static int CountParts(List<int>[] neighbours)
    {
        var seen = new bool[neighbours.Length];
        int parts = 0;
        var stack = new Stack<int>();
        for (int i = 0; i < seen.Length; i++)
        {
            if (seen[i])
            {
                continue;
            }

            parts++;
            stack.Push(i);
            seen[i] = true;
            while (stack.TryPop(out int node))
            {
                foreach (int next in neighbours[node].Where(next => !seen[next]))
                {
                    seen[next] = true;
                    stack.Push(next);
                }
            }
        }

        return parts;
    }
}
