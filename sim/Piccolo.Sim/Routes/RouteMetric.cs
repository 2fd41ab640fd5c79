namespace Piccolo.Sim.Routes;

/// <summary>What a route's cost is the sum of.</summary>
public enum RouteMetric
{
    /// <summary>The links' <see cref="Topologies.LinkSettings.Metric"/>.</summary>
    Metric,

    /// <summary>The links' <see cref="Topologies.LinkSettings.DelayNs"/>.</summary>
    Delay,

    /// <summary>One for each link.</summary>
    Hops,
}
