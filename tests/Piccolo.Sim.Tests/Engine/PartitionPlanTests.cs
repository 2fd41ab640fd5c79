using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Engine;

public class PartitionPlanTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void Long_links_are_cut_rather_than_short_ones()
    {
        // Four sites of 20 nodes each: a microsecond inside, 10 ms between them.
        Topology topology = Sites(4, 20, 1_000, 10 * Millisecond);
        int[] parts = PartitionPlan.Make(topology, 2, PartitionPlan.NodesPerPart, out int count, out long lookaheadNs);
        Assert.Equal((4, 10 * Millisecond), (count, lookaheadNs));
        for (int node = 0; node < parts.Length; node++)
        {
            Assert.Equal(parts[node / 20 * 20], parts[node]);
        }
    }

    [Fact]
    public void Short_links_are_cut_where_they_would_hold_everything_together()
    {
        // One site has nearly all nodes, so that two threads need it cut.
        Topology topology = Sites(1, 100, 1_000, 10 * Millisecond);
        PartitionPlan.Make(topology, 2, PartitionPlan.NodesPerPart, out int count, out long lookaheadNs);
        Assert.Equal(1_000, lookaheadNs);
        Assert.InRange(count, 12, 16);
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(Millisecond, 3)]
    public void Single_thread_has_parts_only_where_windows_are_long(long delayNs, int expected)
    {
        Topology topology = TopologyGenerator.Line(96, new LinkSettings { DelayNs = delayNs });
        PartitionPlan.Make(topology, 1, PartitionPlan.NodesPerPart, out int count, out long lookaheadNs);
        Assert.Equal((expected, expected == 1 ? long.MaxValue : delayNs), (count, lookaheadNs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nodes_without_delay_between_them_are_never_parted(int threads)
    {
        Topology topology = TopologyGenerator.Line(200, new LinkSettings { DelayNs = 0 });
        int[] parts = PartitionPlan.Make(topology, threads, 1, out int count, out long lookaheadNs);
        Assert.Equal((1, long.MaxValue), (count, lookaheadNs));
        Assert.All(parts, part => Assert.Equal(0, part));
    }

    [Fact]
    public void Parts_of_a_grid_weigh_about_the_same()
    {
        Topology topology = TopologyGenerator.Grid(32, 32, new LinkSettings { DelayNs = Millisecond });
        int[] parts = PartitionPlan.Make(topology, 1, PartitionPlan.NodesPerPart, out int count, out _);
        Assert.Equal(32, count);
        foreach (IGrouping<int, int> part in parts.GroupBy(part => part))
        {
            Assert.InRange(part.Count(), 29, 36);
        }
    }

    /// <summary>Lines of nodes, each joined to the next line by its ends.</summary>
    private static Topology Sites(int sites, int nodesOfSite, long insideNs, long betweenNs)
    {
        TopologyNode[] nodes = [.. Enumerable.Range(0, sites * nodesOfSite).Select(i => new TopologyNode($"n{i}"))];
        TopologyLink[] links =
        [
            .. Enumerable.Range(0, nodes.Length - 1).Select(i => new TopologyLink(
                i, i + 1, new LinkSettings { DelayNs = (i + 1) % nodesOfSite == 0 ? betweenNs : insideNs })),
        ];
        return new Topology(nodes, links);
    }
}
