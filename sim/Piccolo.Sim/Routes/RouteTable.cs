using Piccolo.Ndn.Naming;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Routes;

/// <summary>Routes of every node to every prefix; prefixes of the same producers share theirs.</summary>
public sealed class RouteTable
{
    private readonly Name[] _prefixes;
    private readonly DestinationRoutes[] _routes;

    private RouteTable(Name[] prefixes, DestinationRoutes[] routes, int searches)
    {
        _prefixes = prefixes;
        _routes = routes;
        SearchCount = searches;
    }

    /// <summary>The prefixes, as they were asked for.</summary>
    public IReadOnlyList<Name> Prefixes => _prefixes;

    /// <summary>For each prefix the routes to it.</summary>
    public IReadOnlyList<DestinationRoutes> Routes => _routes;

    /// <summary>How many searches it took: one for each set of producers.</summary>
    public int SearchCount { get; }

    /// <summary>Computes the routes of a whole network.</summary>
    /// <exception cref="ScenarioException">A prefix has no producer or one that is not a node; a link has an impossible cost.</exception>
    public static RouteTable Compute(
        Topology topology, IReadOnlyList<RouteRequest> requests, RouteMetric metric = RouteMetric.Metric, RouteMask? down = null) =>
        Compute(new RouteComputer(topology), requests, metric, down);

    /// <summary>Computes the routes of a whole network again, after links or nodes failed or came back.</summary>
    /// <exception cref="ScenarioException">A prefix has no producer or one that is not a node; a link has an impossible cost.</exception>
    public static RouteTable Compute(
        RouteComputer computer, IReadOnlyList<RouteRequest> requests, RouteMetric metric = RouteMetric.Metric, RouteMask? down = null)
    {
        ArgumentNullException.ThrowIfNull(computer);
        ArgumentNullException.ThrowIfNull(requests);
        bool[]? linksDown = (bool[]?)down?.LinksDown.Clone();
        Dictionary<int[], DestinationRoutes> shared = new(ProducerSetComparer.Instance);
        Name[] prefixes = new Name[requests.Count];
        DestinationRoutes[] routes = new DestinationRoutes[requests.Count];
        for (int i = 0; i < requests.Count; i++)
        {
            prefixes[i] = requests[i].Prefix;
            int[] producers = SortProducers(computer, requests[i]);
            if (!shared.TryGetValue(producers, out DestinationRoutes? found))
            {
                found = computer.ToNearest(producers, metric, down, linksDown);
                shared.Add(producers, found);
            }

            routes[i] = found;
        }

        return new RouteTable(prefixes, routes, shared.Count);
    }

    private static int[] SortProducers(RouteComputer computer, RouteRequest request)
    {
        try
        {
            return computer.SortProducers(request.Producers.ToArray());
        }
        catch (ScenarioException error)
        {
            throw new ScenarioException($"prefix {request.Prefix}: {error.Message}", error);
        }
    }

    private sealed class ProducerSetComparer : IEqualityComparer<int[]>
    {
        internal static readonly ProducerSetComparer Instance = new();

        public bool Equals(int[]? left, int[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(int[] producers)
        {
            uint hash = 2166136261;
            foreach (int node in producers)
            {
                hash = (hash ^ (uint)node) * 16777619;
            }

            return (int)hash;
        }
    }
}
