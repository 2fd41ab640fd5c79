using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Topologies;

public sealed class TopologyGeneratorTests
{
    private static readonly LinkSettings Links = new();
    private static readonly Dictionary<string, double> Nothing = [];

    public static TheoryData<string> AllKinds => [.. TopologyGenerator.Kinds.Select(kind => kind.Kind)];

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Every_kind_is_connected_and_without_double_links(string kind)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Topology topology = TopologyGenerator.Generate(kind, Nothing, Links, seed);
            DestinationRoutes routes = new RouteComputer(topology).ToNearest([0]);
            Assert.All(Enumerable.Range(0, topology.Nodes.Count), node => Assert.True(routes.IsReachable(node)));
            int pairs = topology.Links.Select(link => (Math.Min(link.A, link.B), Math.Max(link.A, link.B))).Distinct().Count();
            Assert.Equal(topology.Links.Count, pairs);
            Assert.Equal(topology.Nodes.Count, topology.Nodes.Select(node => (node.X, node.Y)).Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Same_seed_gives_the_same_topology(string kind)
    {
        Topology one = TopologyGenerator.Generate(kind, Nothing, Links, 7);
        Topology two = TopologyGenerator.Generate(kind, Nothing, Links, 7);
        Assert.Equal(one.Nodes, two.Nodes);
        Assert.Equal(one.Links, two.Links);
        Topology other = TopologyGenerator.Generate(kind, Nothing, Links, 8);
        bool isRandom = kind is "waxman" or "barabasi-albert" or "rocketfuel";
        Assert.Equal(!isRandom, one.Links.SequenceEqual(other.Links));
    }

    [Theory]
    [InlineData("line", 5, 4)]
    [InlineData("ring", 8, 8)]
    [InlineData("grid", 9, 12)]
    [InlineData("tree", 15, 14)]
    [InlineData("mesh", 5, 10)]
    [InlineData("barabasi-albert", 50, 97)]
    [InlineData("fat-tree", 36, 48)]
    [InlineData("edge-hierarchy", 30, 33)]
    [InlineData("rocketfuel", 176, 289)]
    public void Sizes_are_those_of_the_formula(string kind, int nodes, int links)
    {
        Topology topology = TopologyGenerator.Generate(kind, Nothing, Links, 1);
        Assert.Equal((nodes, links), (topology.Nodes.Count, topology.Links.Count));
    }

    [Fact]
    public void Grid_names_and_places_tell_row_and_column()
    {
        Topology grid = TopologyGenerator.Grid(4, 2, Links);
        Assert.Equal(6, grid.IndexOf("r1c2"));
        Assert.Equal(new TopologyNode("r1c2", 2, 1), grid.Nodes[6]);
    }

    [Fact]
    public void Tree_of_branching_three_has_three_children_at_each_inner_node()
    {
        Topology tree = TopologyGenerator.Tree(3, 2, Links);
        Assert.Equal(13, tree.Nodes.Count);
        Assert.Equal([1, 3, 9], tree.Nodes.GroupBy(node => node.Kind).Select(group => group.Count()));
        Assert.Equal((2, 9), (tree.Links[8].A, tree.Links[8].B));
    }

    [Fact]
    public void Fat_tree_switches_have_k_ports()
    {
        Topology tree = TopologyGenerator.FatTree(6, 1, Links);
        int[] degree = new int[tree.Nodes.Count];
        foreach (TopologyLink link in tree.Links)
        {
            degree[link.A]++;
            degree[link.B]++;
        }

        Assert.All(tree.Nodes.Index(), node => Assert.Equal(node.Item.Kind == "host" ? 1 : 6, degree[node.Index]));
        Assert.Equal(54, tree.Nodes.Count(node => node.Kind == "host"));
    }

    [Fact]
    public void Waxman_links_near_nodes_more_often()
    {
        Topology topology = TopologyGenerator.Waxman(200, 0.5, 0.1, Links, 3);
        double[] lengths =
        [
            .. topology.Links.Select(link => Length(topology.Nodes[link.A], topology.Nodes[link.B])).Order(),
        ];

        // Two random points of the square are 521 apart on average; exp(-d/141) brings linked ones far below.
        Assert.InRange(lengths.Average(), 100, 300);
        Assert.InRange(topology.Links.Count, 400, 4000);
    }

    [Fact]
    public void Barabasi_albert_has_hubs()
    {
        Topology topology = TopologyGenerator.BarabasiAlbert(2000, 2, Links, 5);
        int[] degree = new int[topology.Nodes.Count];
        foreach (TopologyLink link in topology.Links)
        {
            degree[link.A]++;
            degree[link.B]++;
        }

        Assert.True(degree.Max() > 60, $"the largest degree is {degree.Max()}");
        Assert.Equal(2, degree.Min());
    }

    [Fact]
    public void Rocketfuel_like_links_differ_by_level()
    {
        Topology topology = TopologyGenerator.RocketfuelLike(176, 289, new LinkSettings { RateBps = 10_000_000 }, 1);
        double backbone = topology.Links.Where(link => link.B < 12).Average(link => link.Settings.RateBps);
        double leaves = topology.Links.Where(link => topology.Nodes[link.B].Kind == "leaf").Average(link => link.Settings.RateBps);
        Assert.InRange(backbone, 40_000_000, 100_000_000);
        Assert.InRange(leaves, 3_330_000, 10_000_000);
    }

    [Theory]
    [InlineData("star", "nodes", 3, "no kind of topology 'star'; there are line, ring")]
    [InlineData("line", "width", 3, "has no parameter 'width'; it has nodes")]
    [InlineData("line", "nodes", 0, "nodes = 0; it must be a whole number from 1 to 1000000")]
    [InlineData("line", "nodes", 2.5, "nodes = 2.5")]
    [InlineData("line", "nodes", double.NaN, "nodes = NaN")]
    [InlineData("waxman", "beta", 0, "beta = 0; it must be a number from 0.001 to 1")]
    [InlineData("grid", "width", 900_000, "at most 1000000 are possible")]
    [InlineData("tree", "depth", 1_000_000, "at most 1000000 are possible")]
    [InlineData("mesh", "nodes", 100_000, "at most 4000000 are possible")]
    [InlineData("fat-tree", "k", 5, "an even number")]
    [InlineData("barabasi-albert", "links", 50, "each bringing")]
    [InlineData("edge-hierarchy", "hosts", 1_000_000, "at most 1000000 are possible")]
    [InlineData("rocketfuel", "links", 100, "has 175 to 704 links, not 100")]
    public void Impossible_parameter_is_refused(string kind, string name, double value, string reason)
    {
        Dictionary<string, double> parameters = new() { [name] = value };
        ScenarioException error = Assert.Throws<ScenarioException>(() => TopologyGenerator.Generate(kind, parameters, Links, 1));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Portable_functions_agree_with_the_platform()
    {
        for (int i = 0; i <= 6900; i++)
        {
            double x = -i / 10.0;
            Assert.Equal(1, PortableMath.ExpOfNegative(x) / Math.Exp(x), 1e-10);
            (double cosine, double sine) = PortableMath.OnCircle(i / 1000.0);
            Assert.Equal(Math.Cos(i / 1000.0 * 2 * Math.PI), cosine, 1e-12);
            Assert.Equal(Math.Sin(i / 1000.0 * 2 * Math.PI), sine, 1e-12);
        }

        Assert.Equal(0, PortableMath.ExpOfNegative(double.NegativeInfinity));
        Assert.Equal(0, PortableMath.ExpOfNegative(double.NaN));
    }

    private static double Length(TopologyNode a, TopologyNode b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
