using Piccolo.Sim.Routes;

namespace Piccolo.Sim.Scenarios;

/// <summary>How Interests find producers.</summary>
public sealed record RouteSettings
{
    /// <summary>Whether every node gets shortest routes to whatever applications serve.</summary>
    public bool IsAutomatic { get; init; } = true;

    /// <summary>What shortest routes are the shortest in.</summary>
    public RouteMetric Metric { get; init; } = RouteMetric.Metric;

    /// <summary>Next hops of each node for each prefix at most: the best one, then alternatives that do not lead back.</summary>
    public int NextHopsMax { get; init; } = 1;

    /// <summary>How long after a failure or repair the routes are computed anew; null leaves them as they are.</summary>
    /// <remarks>Units: nanoseconds. It stands for the convergence of a routing protocol.</remarks>
    public long? RerouteNs { get; init; }

    /// <summary>Prefixes and their producers, beside what applications serve.</summary>
    public IReadOnlyList<RouteRequest> Prefixes { get; init; } = [];

    /// <summary>Routes by hand.</summary>
    public IReadOnlyList<HandRoute> Hand { get; init; } = [];

    /// <summary>Routes along the k shortest paths between two nodes.</summary>
    public IReadOnlyList<PathRoute> Paths { get; init; } = [];
}
