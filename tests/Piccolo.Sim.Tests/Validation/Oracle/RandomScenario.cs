using Piccolo.Ndn;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation.Oracle;

/// <summary>A small network with all that it is to do, drawn from a seed.</summary>
/// <remarks>Times are drawn to the nanosecond, so that no two events of one node fall together.</remarks>
internal sealed class RandomScenario
{
    private const long Second = 1_000_000_000;

    private readonly IRandomSource _random;

    public RandomScenario(ulong seed)
    {
        _random = new XoshiroRandomSource(seed);
        int count = Between(3, 10);
        Topology drawn = seed % 2 == 0
            ? TopologyGenerator.Waxman(count, 0.4, 0.15, new LinkSettings(), seed)
            : TopologyGenerator.BarabasiAlbert(count, 2, new LinkSettings(), seed);
        Topology = new Topology(drawn.Nodes, [.. drawn.Links.Select(link => link with { Settings = Link() })]);
        CacheSizes = [.. drawn.Nodes.Select(_ => Between(0, 3) * 10)];
        var computer = new RouteComputer(Topology);
        Producers = [.. Enumerable.Range(0, 4).Select(_ => Between(0, count - 1))];
        Routes = [.. Producers.Select(producer => computer.ToNearest([producer], RouteMetric.Delay))];
        Consumers = [.. Enumerable.Range(0, Between(2, 5)).Select(_ => (Between(0, count - 1), Script()))];
        Cuts = [.. Enumerable.Range(0, Math.Min(2, drawn.Links.Count)).Select(index => Cut(index))];
    }

    public Topology Topology { get; set; }

    public IReadOnlyList<int> CacheSizes { get; }

    public IReadOnlyList<int> Producers { get; }

    public IReadOnlyList<DestinationRoutes> Routes { get; }

    public IReadOnlyList<(int Node, IReadOnlyList<(long TimeNs, string Name)> Script)> Consumers { get; }

    public IReadOnlyList<(int Link, long FromNs, long ToNs)> Cuts { get; }

    private int Between(int least, int most) => least + (int)_random.NextBelow((uint)(most - least + 1));

    private LinkSettings Link() => new()
    {
        DelayNs = Between(1_000_000, 20_000_000),
        RateBps = Between(0, 3) == 0 ? 0 : Between(300_000, 3_000_000),
        Queue = new QueueSettings { CapacityPackets = Between(1, 8) },
    };

    private (int Link, long FromNs, long ToNs) Cut(int index)
    {
        long fromNs = (Between(0, 1) * Second) + Between(0, 999_999_999);
        return (index, fromNs, fromNs + Between(50_000_000, 900_000_000));
    }

    /// <summary>About a hundred Interests a second for three seconds, popular names more often, a tenth of them never answered.</summary>
    private (long TimeNs, string Name)[] Script()
    {
        var script = new List<(long, string)>();
        for (long timeNs = Between(1, 20_000_000); timeNs < 3 * Second; timeNs += Between(1, 20_000_000))
        {
            int prefix = Between(0, 9) == 0 ? 3 : Between(0, 2);
            int number = Math.Min(Between(0, 199), Math.Min(Between(0, 199), Between(0, 199)));
            script.Add((timeNs, $"/p{prefix}/{number:D3}"));
        }

        return [.. script];
    }
}
