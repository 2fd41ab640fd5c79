using System.Diagnostics;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Sim;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Bench.Runs;

/// <summary>Makes the networks of the benchmarks: topology, applications, routes.</summary>
/// <remarks>
/// Contents have 1,024 octets and a DigestSha256 signature that the producer computes and the consumer checks. Links carry 10 Mbit/s with
/// 10 ms of delay and queues of 100 packets, but for the Rocketfuel-like network, whose file says, and the hierarchy.
/// </remarks>
internal static class Workload
{
    /// <summary>How many contents consumers share.</summary>
    public const int Contents = 10_000;

    private const long NsPerSecond = 1_000_000_000;

    /// <summary>The topology of a run.</summary>
    public static Topology Topology(RunSpec spec) => spec.Kind switch
    {
        "line" => TopologyGenerator.Line(spec.Size, new LinkSettings()),
        "tree" => TopologyGenerator.Tree(2, spec.Size, new LinkSettings()),
        "grid" or "routes" => TopologyGenerator.Grid(spec.Size, spec.Size, new LinkSettings()),
        "rocketfuel" => TopologyReader.ReadFile(Path.Combine(Repository.Root, "sim/topologies/rocketfuel-176.txt")),
        "hierarchy" => TopologyGenerator.EdgeHierarchy(
            10, 10, 10, spec.Size, Fast(100), Fast(100), Fast(10), Fast(1)),
        _ => throw new ArgumentException($"no network is called {spec.Kind}", nameof(spec)),
    };

    /// <summary>The network with its applications.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="topology">Its topology.</param>
    /// <param name="flows">Who asks whom for what.</param>
    public static SimNetwork Network(RunSpec spec, Topology topology, out List<Flow> flows)
    {
        var network = new SimNetwork(topology, new SimOptions
        {
            Partitions = spec.Partitions,
            NodeDefaults = new NodeSettings { ContentStoreCapacity = spec.Cache },
        });
        flows = Flows(spec, topology);
        AddApplications(network, flows, spec);
        return network;
    }

    /// <summary>Who asks whom for what.</summary>
    public static List<Flow> Flows(RunSpec spec, Topology topology) => spec.Kind switch
    {
        "line" when spec.Flows > 0 => [new Flow(0, spec.Size - 1, Name.Parse("/line"))],
        "grid" or "routes" => Pairs(topology.Nodes.Count, spec.Flows),
        "rocketfuel" => OneProducer(topology, spec.Flows),
        "hierarchy" => Hosts(topology, spec.Flows),
        _ => [],
    };

    /// <summary>Whether consumers share contents of a popularity, at random times, or each has names of its own at a steady rate.</summary>
    public static bool IsShared(RunSpec spec) => spec.Kind is "rocketfuel" or "hierarchy";

    /// <summary>The nodes that need a route to a flow's producer: those on the consumer's path in grids, all elsewhere.</summary>
    public static IEnumerable<int> RoutedNodes(RunSpec spec, Flow flow, DestinationRoutes routes)
    {
        if (spec.Kind == "grid")
        {
            for (int node = flow.Consumer; node != flow.Producer; node = routes.NextNode(node))
            {
                yield return node;
            }
        }
        else
        {
            for (int node = 0; node < routes.NodeCount; node++)
            {
                if (routes.NextLink(node) >= 0)
                {
                    yield return node;
                }
            }
        }
    }

    /// <summary>Gives the nodes their routes: along one shortest path for each pair, everywhere where all ask the same producers.</summary>
    public static RouteCost AddRoutes(SimNetwork network, RunSpec spec, List<Flow> flows)
    {
        var computer = new RouteComputer(network.Topology);
        var done = new HashSet<Name>();
        TimeSpan computing = TimeSpan.Zero;
        long count = 0;
        long start = Stopwatch.GetTimestamp();
        foreach (Flow flow in flows)
        {
            if (!done.Add(flow.Prefix))
            {
                continue;
            }

            long begin = Stopwatch.GetTimestamp();
            DestinationRoutes routes = computer.ToNearest([flow.Producer]);
            computing += Stopwatch.GetElapsedTime(begin);
            foreach (int node in RoutedNodes(spec, flow, routes))
            {
                AddRoute(network, flow.Prefix, routes, node);
                count++;
            }
        }

        return new RouteCost(computing.TotalSeconds, (Stopwatch.GetElapsedTime(start) - computing).TotalSeconds, count);
    }

    private static void AddRoute(SimNetwork network, Name prefix, DestinationRoutes routes, int node)
    {
        SimNode at = network.Nodes[node];
        if (!at.AddRoute(prefix, FaceOf(at, routes.NextLink(node)), (ulong)routes.Cost(node)))
        {
            throw new InvalidOperationException($"the FIB of {at.Name} is full");
        }
    }

    private static LinkSettings Fast(long gigabits) => new() { RateBps = gigabits * 1_000_000_000, DelayNs = 2_000_000 };

    private static LinkFace FaceOf(SimNode node, int link)
    {
        foreach (NodeFace face in node.Faces)
        {
            if (face is LinkFace found && found.Direction.Link.Index == link)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"node {node.Name} has no link number {link}");
    }

    private static void AddApplications(SimNetwork network, List<Flow> flows, RunSpec spec)
    {
        bool isShared = IsShared(spec);
        ZipfMandelbrot? popularity = isShared ? new ZipfMandelbrot(Contents) : null;
        long meanNs = NsPerSecond / Math.Max(1, spec.Rate);
        Distribution gap = isShared ? Distribution.Uniform(0, 2 * meanNs) : Distribution.Constant(meanNs);
        var served = new HashSet<Name>();
        foreach (Flow flow in flows)
        {
            if (served.Add(flow.Prefix))
            {
                var producer = new ProducerSettings { Prefix = flow.Prefix };
                network.Nodes[flow.Producer].Add(() => new Producer(producer));
            }

            var consumer = new ConsumerSettings { Prefix = flow.Prefix, Gap = gap, Popularity = popularity };
            network.Nodes[flow.Consumer].Add(() => new Consumer(consumer));
        }
    }

    private static List<Flow> Pairs(int nodes, int count)
    {
        IRandomSource random = new RandomStreams(1).For("bench.pairs");
        var flows = new List<Flow>(count);
        while (flows.Count < count)
        {
            int consumer = (int)random.NextBelow((uint)nodes);
            int producer = (int)random.NextBelow((uint)nodes);
            if (consumer != producer)
            {
                flows.Add(new Flow(consumer, producer, Name.Parse($"/pair/{flows.Count}")));
            }
        }

        return flows;
    }

    private static List<Flow> OneProducer(Topology topology, int count)
    {
        int[] degrees = new int[topology.Nodes.Count];
        foreach (TopologyLink link in topology.Links)
        {
            degrees[link.A]++;
            degrees[link.B]++;
        }

        int producer = Array.IndexOf(degrees, degrees.Max());
        IRandomSource random = new RandomStreams(1).For("bench.consumers");
        var free = Enumerable.Range(0, topology.Nodes.Count).Where(node => node != producer).ToList();
        var flows = new List<Flow>(count);
        var prefix = Name.Parse("/contents");
        for (int i = 0; i < count; i++)
        {
            int at = (int)random.NextBelow((uint)free.Count);
            flows.Add(new Flow(free[at], producer, prefix));
            free.RemoveAt(at);
        }

        return flows;
    }

    /// <summary>Hosts, spread evenly, ask for contents of the core node above or of another one.</summary>
    private static List<Flow> Hosts(Topology topology, int count)
    {
        int[] hosts = [.. Enumerable.Range(0, topology.Nodes.Count).Where(node => topology.Nodes[node].Kind == "host")];
        int[] cores = [.. Enumerable.Range(0, topology.Nodes.Count).Where(node => topology.Nodes[node].Kind == "core")];
        var prefixes = cores.Select((_, i) => Name.Parse($"/core/{i}")).ToArray();
        var flows = new List<Flow>(count);
        for (int i = 0; i < count; i++)
        {
            flows.Add(new Flow(hosts[(long)i * hosts.Length / count], cores[i % cores.Length], prefixes[i % cores.Length]));
        }

        return flows;
    }
}
