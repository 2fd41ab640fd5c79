namespace Piccolo.Sim.Topologies;

/// <summary>How a topology is written in a file.</summary>
public enum TopologyFormat
{
    /// <summary>Reading: whichever the content shows.</summary>
    Detect,

    /// <summary>ndnSIM's annotated topology: a <c>router</c> and a <c>link</c> section.</summary>
    Annotated,

    /// <summary>Rocketfuel's map of a provider's routers (<c>.cch</c>); reading only.</summary>
    RocketfuelMap,

    /// <summary>Rocketfuel's weights, lines of <c>nodeA nodeB weight</c>; reading only.</summary>
    RocketfuelWeights,

    /// <summary>GraphML, as yEd, NetworkX and the Topology Zoo write it.</summary>
    GraphMl,

    /// <summary>Graphviz; writing only.</summary>
    Dot,
}
