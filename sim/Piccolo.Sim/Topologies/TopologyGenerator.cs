using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>Makes topologies: the same arguments give the same topology on every machine.</summary>
/// <remarks>
/// Nodes have places (<see cref="TopologyNode.X"/>, <see cref="TopologyNode.Y"/>) fit for drawing, and kinds where they have roles.
/// Every generated topology is connected. Bound: a million nodes, four million links.
/// </remarks>
public static partial class TopologyGenerator
{
    private const int MaxNodes = 1_000_000;
    private const int MaxLinks = 4_000_000;

    /// <summary>All kinds, with their parameters.</summary>
    public static IReadOnlyList<GeneratorDescription> Kinds { get; } =
    [
        new("line", "nodes in a row", [Count("nodes", 5, 1)]),
        new("ring", "nodes in a circle", [Count("nodes", 8, 3)]),
        new("grid", "rows and columns, each node linked to its neighbours", [Count("width", 3, 1), Count("height", 3, 1)]),
        new("tree", "a root, and below each node as many as its branching", [Count("branching", 2, 1), Count("depth", 3, 0)]),
        new("mesh", "every node linked to every other", [Count("nodes", 5, 1)]),
        new(
            "waxman",
            "random places; near nodes are linked more often",
            [Count("nodes", 50, 1, 20_000), Share("alpha", 0.4), Share("beta", 0.15)]),
        new("barabasi-albert", "a growing network; who has many links gets more", [Count("nodes", 50, 2), Count("links", 2, 1)]),
        new("fat-tree", "a data centre of pods of k switches each", [Count("k", 4, 2, 128), Count("hosts", 1, 0, 1)]),
        new(
            "edge-hierarchy",
            "a core, aggregation below it, edges below that, hosts at the edges",
            [Count("core", 2, 1), Count("aggregation", 2, 1), Count("edge", 2, 1), Count("hosts", 2, 0)]),
        new("rocketfuel", "a provider's network: backbone, gateways, leaves", [Count("nodes", 176, 10, 100_000), Count("links", 289, 9)]),
    ];

    /// <summary>Makes a topology by the name of its kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="parameters">Its parameters by name; those not given have their defaults.</param>
    /// <param name="links">What every link is like (<c>rocketfuel</c> draws rates and delays around it).</param>
    /// <param name="seed">For the random kinds.</param>
    /// <exception cref="ScenarioException">There is no such kind or parameter, or a value is out of range.</exception>
    public static Topology Generate(string kind, IReadOnlyDictionary<string, double> parameters, LinkSettings links, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(parameters);
        GeneratorDescription? found = Kinds.FirstOrDefault(description => description.Kind == kind);
        if (found is null)
        {
            throw new ScenarioException(
                $"there is no kind of topology '{kind}'; there are {string.Join(", ", Kinds.Select(description => description.Kind))}");
        }

        string[] unknown = parameters.Keys.Where(name => found.Parameters.All(parameter => parameter.Name != name)).Order().ToArray();
        if (unknown.Length > 0)
        {
            string known = string.Join(", ", found.Parameters.Select(parameter => parameter.Name));
            throw new ScenarioException($"topology '{kind}' has no parameter '{unknown[0]}'; it has {known}");
        }

        double Value(string name) => Read(found, name, parameters);
        int Whole(string name) => (int)Value(name);
        return kind switch
        {
            "line" => Line(Whole("nodes"), links),
            "ring" => Ring(Whole("nodes"), links),
            "grid" => Grid(Whole("width"), Whole("height"), links),
            "tree" => Tree(Whole("branching"), Whole("depth"), links),
            "mesh" => Mesh(Whole("nodes"), links),
            "waxman" => Waxman(Whole("nodes"), Value("alpha"), Value("beta"), links, seed),
            "barabasi-albert" => BarabasiAlbert(Whole("nodes"), Whole("links"), links, seed),
            "fat-tree" => FatTree(Whole("k"), Whole("hosts"), links),
            "edge-hierarchy" => EdgeHierarchy(Whole("core"), Whole("aggregation"), Whole("edge"), Whole("hosts"), links),
            _ => RocketfuelLike(Whole("nodes"), Whole("links"), links, seed),
        };
    }

    private static double Read(GeneratorDescription kind, string name, IReadOnlyDictionary<string, double> given)
    {
        GeneratorParameter parameter = kind.Parameters.First(known => known.Name == name);
        if (!given.TryGetValue(name, out double value))
        {
            return parameter.Default;
        }

        if (!(value >= parameter.Minimum && value <= parameter.Maximum) || (parameter.IsWhole && value != Math.Floor(value)))
        {
            string wanted = parameter.IsWhole ? "a whole number" : "a number";
            throw new ScenarioException(string.Create(
                CultureInfo.InvariantCulture,
                $"topology '{kind.Kind}' has {name} = {value}; it must be {wanted} from {parameter.Minimum} to {parameter.Maximum}"));
        }

        return value;
    }

    private static GeneratorParameter Count(string name, int @default, int minimum, int maximum = MaxNodes) =>
        new(name, @default, minimum, maximum);

    private static GeneratorParameter Share(string name, double @default) => new(name, @default, 0.001, 1, IsWhole: false);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ScenarioException(message);
        }
    }

    private static void RequireSize(string kind, long nodes, long links)
    {
        Require(nodes <= MaxNodes, $"topology '{kind}' would have {nodes} nodes; at most {MaxNodes} are possible");
        Require(links <= MaxLinks, $"topology '{kind}' would have {links} links; at most {MaxLinks} are possible");
    }

    private static string Id(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    private static TopologyNode OnCircle(string name, int index, int count, double radius, string kind)
    {
        (double x, double y) = PortableMath.OnCircle((double)index / count);
        return new TopologyNode(name, Round(x * radius), Round(y * radius), kind);
    }

    /// <summary>Places are kept to a thousandth, so that files of them read well and read back the same.</summary>
    private static double Round(double value) => Math.Round(value, 3) + 0.0;
}
