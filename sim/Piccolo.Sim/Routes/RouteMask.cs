using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Routes;

/// <summary>Which links and nodes of a topology are out of order, so that routes go around them.</summary>
public sealed class RouteMask
{
    /// <summary>A mask under which all of a topology works.</summary>
    public RouteMask(Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        LinksDown = new bool[topology.Links.Count];
        NodesDown = new bool[topology.Nodes.Count];
    }

    internal bool[] LinksDown { get; }

    internal bool[] NodesDown { get; }

    /// <summary>Takes a link out.</summary>
    public void TakeLinkDown(int link) => LinksDown[link] = true;

    /// <summary>Brings a link back.</summary>
    public void BringLinkUp(int link) => LinksDown[link] = false;

    /// <summary>Takes a node out, and with it all its links.</summary>
    public void TakeNodeDown(int node) => NodesDown[node] = true;

    /// <summary>Brings a node back, and its links where they are not down themselves.</summary>
    public void BringNodeUp(int node) => NodesDown[node] = false;
}
