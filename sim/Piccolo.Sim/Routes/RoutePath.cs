namespace Piccolo.Sim.Routes;

/// <summary>A path without a node twice.</summary>
public sealed class RoutePath
{
    internal RoutePath(int[] nodes, int[] links, long cost)
    {
        Nodes = nodes;
        Links = links;
        Cost = cost;
    }

    /// <summary>Its nodes, both ends included.</summary>
    public IReadOnlyList<int> Nodes { get; }

    /// <summary>Its links, one less than nodes: two nodes may have several links between them.</summary>
    public IReadOnlyList<int> Links { get; }

    /// <summary>The sum over its links.</summary>
    public long Cost { get; }
}
