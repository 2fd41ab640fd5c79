using Piccolo.Ndn.Naming;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Routes;

public sealed class RouteTableTests
{
    [Fact]
    public void Prefixes_of_the_same_producers_share_one_search()
    {
        Topology grid = TopologyGenerator.Grid(4, 4, new LinkSettings());
        RouteTable table = RouteTable.Compute(grid, [Request("/a", 3, 12), Request("/b", 12, 3, 3), Request("/c", 5)]);
        Assert.Equal(2, table.SearchCount);
        Assert.Same(table.Routes[0], table.Routes[1]);
        Assert.Equal([3, 12], table.Routes[1].Producers);
        Assert.Equal(Name.Parse("/c"), table.Prefixes[2]);
        Assert.Equal(1, table.Routes[2].Cost(4));
    }

    [Fact]
    public void Error_names_the_prefix()
    {
        Topology line = TopologyGenerator.Line(2, new LinkSettings());
        ScenarioException error = Assert.Throws<ScenarioException>(() => RouteTable.Compute(line, [Request("/a/b", 7)]));
        Assert.StartsWith("prefix /a/b: there is no node number 7", error.Message, StringComparison.Ordinal);
        Assert.Throws<ScenarioException>(() => RouteTable.Compute(line, [Request("/a")]));
    }

    [Fact]
    public void Hundred_prefixes_in_a_grid_of_ten_thousand_have_manhattan_costs()
    {
        Topology grid = TopologyGenerator.Grid(100, 100, new LinkSettings());
        RouteRequest[] requests = [.. Enumerable.Range(0, 100).Select(i => Request($"/p/{i}", i * 97))];
        RouteTable table = RouteTable.Compute(grid, requests);
        for (int i = 0; i < 100; i++)
        {
            int producer = i * 97;
            for (int node = 0; node < 10_000; node++)
            {
                int expected = Math.Abs(node / 100 - producer / 100) + Math.Abs(node % 100 - producer % 100);
                if (table.Routes[i].Cost(node) != expected)
                {
                    Assert.Fail($"from {node} to {producer}: {table.Routes[i].Cost(node)}, not {expected}");
                }
            }
        }
    }

    private static RouteRequest Request(string prefix, params int[] producers) => new(Name.Parse(prefix), producers);
}
