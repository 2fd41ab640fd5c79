using FsCheck;
using FsCheck.Fluent;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Routes;

public sealed class RouteComputerTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Costs_of_random_graphs_equal_those_of_all_pairs() =>
        Prop.ForAll(RandomGraph.Any, graph =>
        {
            long[,] expected = graph.AllCosts();
            DestinationRoutes routes = new RouteComputer(graph.Topology).ToNearest(graph.Producers, down: graph.Mask());
            for (int node = 0; node < graph.Topology.Nodes.Count; node++)
            {
                long best = graph.Producers.Min(producer => expected[node, producer]);
                Assert.Equal(best, routes.Cost(node));
            }
        }).Check(Many);

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void Metric_that_is_none_is_refused_by_its_name(int metric)
    {
        var computer = new RouteComputer(new Topology([new("a"), new("b")], [new(0, 1, new())]));
        Assert.Equal("metric", Assert.Throws<ArgumentOutOfRangeException>(() => computer.ToNearest([1], (RouteMetric)metric)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => computer.ShortestPaths(0, 1, 1, (RouteMetric)metric));
    }

    [Fact]
    public void Next_links_of_random_graphs_lead_to_the_nearest_producer_without_a_loop() =>
        Prop.ForAll(RandomGraph.Any, graph =>
        {
            DestinationRoutes routes = new RouteComputer(graph.Topology).ToNearest(graph.Producers, down: graph.Mask());
            for (int start = 0; start < graph.Topology.Nodes.Count; start++)
            {
                long cost = 0;
                int node = start;
                for (int steps = 0; routes.NextLink(node) >= 0; steps++)
                {
                    Assert.True(steps < graph.Topology.Nodes.Count, "a route loops");
                    TopologyLink link = graph.Topology.Links[routes.NextLink(node)];
                    Assert.False(graph.LinksDown[routes.NextLink(node)]);
                    cost += link.Settings.Metric;
                    node = link.A == node ? link.B : link.A;
                    Assert.False(graph.NodesDown[node]);
                }

                Assert.Equal(routes.IsReachable(start), graph.Producers.Contains(node) && !graph.NodesDown[node]);
                Assert.Equal(routes.IsReachable(start) ? node : -1, routes.NearestProducer(start));
                Assert.True(!routes.IsReachable(start) || cost == routes.Cost(start));
            }
        }).Check(Many);

    [Fact]
    public void Alternatives_of_random_graphs_are_all_neighbours_whose_route_does_not_come_back() =>
        Prop.ForAll(RandomGraph.Any, graph =>
        {
            DestinationRoutes routes = new RouteComputer(graph.Topology).ToNearest(graph.Producers, down: graph.Mask());
            RouteHop[] hops = new RouteHop[64];
            for (int node = 0; node < graph.Topology.Nodes.Count; node++)
            {
                int count = routes.Alternatives(node, hops, 64);
                if (routes.NextLink(node) < 0)
                {
                    Assert.Equal(0, count);
                    continue;
                }

                Assert.Equal(routes.NextLink(node), hops[0].Link);
                Assert.Equal(routes.Cost(node), hops[0].Cost);
                List<RouteHop> expected = [];
                for (int i = 0; i < graph.Topology.Links.Count; i++)
                {
                    TopologyLink link = graph.Topology.Links[i];
                    int neighbor = link.A == node ? link.B : link.B == node ? link.A : -1;
                    if (neighbor >= 0 && !graph.LinksDown[i] && routes.IsReachable(neighbor) && !ComesBack(routes, neighbor, node))
                    {
                        expected.Add(new RouteHop(i, neighbor, routes.Cost(neighbor) + link.Settings.Metric));
                    }
                }

                RouteHop[] sorted =
                [
                    .. expected.OrderBy(hop => hop.Link == hops[0].Link ? 0 : 1)
                        .ThenBy(hop => hop.Cost).ThenBy(hop => hop.Neighbor).ThenBy(hop => hop.Link),
                ];
                Assert.Equal(sorted, hops[..count]);

                // Fewer are the first of all.
                RouteHop[] two = new RouteHop[2];
                int few = routes.Alternatives(node, two, 5);
                Assert.Equal(sorted[..Math.Min(2, sorted.Length)], two[..few]);
            }
        }).Check(Many);

    [Fact]
    public void Paths_of_random_graphs_are_the_first_of_all_simple_paths() =>
        Prop.ForAll(RandomGraph.Any, graph =>
        {
            int from = graph.Producers[0];
            int to = graph.Producers[^1];
            List<(long Cost, int[] Links)> all = [];
            if (!graph.NodesDown[from])
            {
                Enumerate(graph, from, to, [from], [], 0, all);
            }

            // Dense graphs have thousands: the first twenty tell enough.
            IReadOnlyList<RoutePath> found = new RouteComputer(graph.Topology).ShortestPaths(from, to, 20, down: graph.Mask());
            Assert.Equal(all.Select(path => path.Cost).Order().Take(20), found.Select(path => path.Cost));
            Assert.Equal(found.Count, found.Select(path => string.Join(",", path.Links)).Distinct().Count());
            Assert.All(found, path => Assert.Contains(all, one => one.Links.SequenceEqual(path.Links)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Ties_go_to_the_neighbour_of_the_lowest_index()
    {
        Topology grid = TopologyGenerator.Grid(3, 3, new LinkSettings());
        DestinationRoutes routes = new RouteComputer(grid).ToNearest([0]);
        Assert.Equal(1, routes.NextNode(4));
        Assert.Equal(5, routes.NextNode(8));
        Assert.Equal(4, routes.Cost(8));
        Assert.Equal(-1, routes.NextLink(0));
    }

    [Fact]
    public void Metrics_lead_different_ways()
    {
        Topology topology = new(
            [new TopologyNode("a"), new TopologyNode("b"), new TopologyNode("c")],
            [
                new TopologyLink(0, 2, new LinkSettings { Metric = 5, DelayNs = 30 }),
                new TopologyLink(0, 1, new LinkSettings { Metric = 2, DelayNs = 20 }),
                new TopologyLink(1, 2, new LinkSettings { Metric = 2, DelayNs = 20 }),
            ]);
        RouteComputer computer = new(topology);
        Assert.Equal((1, 4), (computer.ToNearest([2]).NextLink(0), computer.ToNearest([2]).Cost(0)));
        Assert.Equal((0, 30), (computer.ToNearest([2], RouteMetric.Delay).NextLink(0), computer.ToNearest([2], RouteMetric.Delay).Cost(0)));
        Assert.Equal(1, computer.ToNearest([2], RouteMetric.Hops).Cost(0));
    }

    [Fact]
    public void Free_links_make_no_loop()
    {
        LinkSettings free = new() { Metric = 0 };
        DestinationRoutes routes = new RouteComputer(TopologyGenerator.Mesh(6, free)).ToNearest([5]);
        Assert.All(Enumerable.Range(0, 5), node => Assert.Equal(5, routes.NextNode(node)));
    }

    [Fact]
    public void Results_keep_their_mask_when_it_changes()
    {
        Topology ring = TopologyGenerator.Ring(5, new LinkSettings());
        RouteComputer computer = new(ring);
        RouteMask mask = new(ring);
        mask.TakeLinkDown(0);
        DestinationRoutes broken = computer.ToNearest([0], down: mask);
        mask.BringLinkUp(0);
        RouteHop[] hops = new RouteHop[4];
        Assert.Equal(1, broken.Alternatives(1, hops, 4));
        Assert.Equal(4, broken.Cost(1));
        Assert.Equal(1, computer.ToNearest([0], down: mask).Cost(1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Producer_that_is_no_node_is_refused(int node)
    {
        RouteComputer computer = new(TopologyGenerator.Line(3, new LinkSettings()));
        ScenarioException error = Assert.Throws<ScenarioException>(() => computer.ToNearest([node]));
        Assert.Contains($"number {node}", error.Message, StringComparison.Ordinal);
        Assert.Throws<ScenarioException>(() => computer.ShortestPaths(0, node, 2));
        Assert.Throws<ScenarioException>(() => computer.ToNearest([]));
    }

    [Fact]
    public void Impossible_cost_names_the_link()
    {
        Topology line = TopologyGenerator.Line(3, new LinkSettings { Metric = -1, DelayNs = long.MaxValue / 2 });
        ScenarioException error = Assert.Throws<ScenarioException>(() => new RouteComputer(line).ToNearest([0]));
        Assert.Contains("n0 - n1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ScenarioException>(() => new RouteComputer(line).ToNearest([0], RouteMetric.Delay));
    }

    private static bool ComesBack(DestinationRoutes routes, int from, int node)
    {
        for (int at = from; at >= 0; at = routes.NextNode(at))
        {
            if (at == node)
            {
                return true;
            }
        }

        return false;
    }

    private static void Enumerate(
        RandomGraph graph, int node, int to, int[] nodes, int[] links, long cost, List<(long Cost, int[] Links)> all)
    {
        if (node == to)
        {
            all.Add((cost, links));
            return;
        }

        for (int i = 0; i < graph.Topology.Links.Count; i++)
        {
            TopologyLink link = graph.Topology.Links[i];
            int next = link.A == node ? link.B : link.B == node ? link.A : -1;
            if (next >= 0 && !graph.LinksDown[i] && !graph.NodesDown[next] && !nodes.Contains(next))
            {
                Enumerate(graph, next, to, [.. nodes, next], [.. links, i], cost + link.Settings.Metric, all);
            }
        }
    }
}
