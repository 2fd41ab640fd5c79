using System.Buffers.Binary;
using System.Globalization;
using Piccolo.Client.Congestion;
using Piccolo.Forwarder.Strategies;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>Makes a small network with a workload from a number: what a swarm runs when it is given no scenario.</summary>
/// <remarks>
/// Consumers of every kind, and calls of pure and opaque functions, over a topology of a random kind. The opaque function remembers
/// which requests it ran for, so that a second run is seen however it came about.
/// </remarks>
internal sealed class SwarmScenario
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    private static readonly Name Contents = Name.Parse("/swarm/content");
    private static readonly Name Once = Name.Parse("/swarm/once");
    private static readonly Name Pure = Name.Parse("/swarm/sum");

    private readonly Dictionary<ulong, int> _runs = [];
    private readonly IRandomSource _random;
    private readonly List<ApplicationSettings> _applications = [];

    private SwarmScenario(ulong seed)
    {
        _random = new RandomStreams(seed).For("swarm.scenario");
        string kind = Pick("line", "ring", "grid", "tree", "mesh", "barabasi-albert");
        Topology topology = MakeTopology(kind, seed);
        AddContents(topology.Nodes.Count);
        AddFunctions(topology.Nodes.Count);
        AddSilence(topology.Nodes.Count);
        bool isFlooding = _random.NextBelow(3) == 0;
        Settings = new ScenarioSettings
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{kind} of {topology.Nodes.Count}"),
            Seed = seed,
            DurationNs = Between(2, 6) * Second,
            Topology = topology,
            Applications = _applications,
            Strategies = isFlooding ? [new StrategySetting(Contents, StrategyRegistry.Multicast)] : [],
            Routes = new RouteSettings { NextHopsMax = isFlooding ? 4 : 1 },
        };
    }

    /// <summary>The scenario.</summary>
    public ScenarioSettings Settings { get; }

    /// <summary>Makes a scenario.</summary>
    public static SwarmScenario Make(ulong seed) => new(seed);

    /// <summary>What the workload itself saw that must never be; null when all is well.</summary>
    public string? FindFault()
    {
        foreach ((ulong request, int runs) in _runs)
        {
            if (runs > 1)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the opaque function ran {runs} times for request {request:x}");
            }
        }

        return null;
    }

    private long Between(long least, long most) => least + (long)Draw.Below(_random, (ulong)(most - least) + 1);

    private string Pick(params ReadOnlySpan<string> choices) => choices[(int)_random.NextBelow((uint)choices.Length)];

    private int NodeOf(int count) => (int)_random.NextBelow((uint)count);

    private Topology MakeTopology(string kind, ulong seed)
    {
        Dictionary<string, double> parameters = kind switch
        {
            "grid" => new() { ["width"] = Between(2, 3), ["height"] = Between(2, 3) },
            "tree" => new() { ["branching"] = 2, ["depth"] = Between(1, 2) },
            "mesh" => new() { ["nodes"] = Between(3, 5) },
            "barabasi-albert" => new() { ["nodes"] = Between(4, 9) },
            _ => new() { ["nodes"] = Between(3, 6) },
        };

        // Around a ring of long links an Interest is under way for longer than strategies hold repetitions back.
        long delayMs = _random.NextBelow(4) == 0 ? Between(50, 120) : Between(1, 30);
        var links = new LinkSettings { RateBps = Between(1, 20) * 1_000_000, DelayNs = delayMs * Millisecond };
        return TopologyGenerator.Generate(kind, parameters, links, seed);
    }

    private void AddContents(int nodes)
    {
        int contents = (int)Between(1, 2);
        for (int i = 0; i < contents; i++)
        {
            var prefix = Name.Parse(string.Create(CultureInfo.InvariantCulture, $"/swarm/content/{i}"));
            var producer = new ProducerSettings
            {
                Prefix = prefix,
                PayloadOctets = (int)Between(0, 2000),
                FreshnessMs = (ulong)Between(0, 5000),
                Signing = _random.NextBelow(4) == 0 ? PacketSigning.Hmac : PacketSigning.Digest,
            };
            Add(NodeOf(nodes), () => new Producer(producer), "producer", serves: prefix);
            int consumers = (int)Between(1, 2);
            for (int consumer = 0; consumer < consumers; consumer++)
            {
                ConsumerSettings settings = MakeConsumer(prefix, producer.Signing);
                Add(NodeOf(nodes), () => new Consumer(settings), "consumer", asks: prefix);
            }
        }
    }

    private ConsumerSettings MakeConsumer(Name prefix, PacketSigning signing)
    {
        var settings = new ConsumerSettings { Prefix = prefix, Verify = signing, MustBeFresh = _random.NextBelow(2) == 0 };
        return _random.NextBelow(4) switch
        {
            0 => settings with { Gap = Distribution.PoissonGapsNs(Between(5, 40)) },
            1 => settings with { Gap = Distribution.PoissonGapsNs(Between(5, 40)), Popularity = new ZipfMandelbrot(100) },
            2 => settings with { Window = new CongestionWindowOptions { Max = 8 }, CountMax = Between(50, 400) },
            _ => settings with { Gap = Distribution.Constant(Between(20, 200) * Millisecond) },
        };
    }

    private void AddFunctions(int nodes)
    {
        if (_random.NextBelow(2) == 0)
        {
            return;
        }

        var host = new FunctionHostSettings
        {
            Functions = [CountingOnce(), SampleFunctions.Create("sum", Pure)],
            Signing = PacketSigning.Hmac,
        };
        int place = NodeOf(nodes);
        Add(place, () => new FunctionHostApplication(host), "function-host", serves: [Once, Pure]);
        foreach (Name function in (Name[])[Once, Pure])
        {
            var client = new FunctionClientSettings
            {
                Function = function,
                Kind = function == Pure ? "sum" : "tick",
                Gap = Distribution.Constant(Between(100, 500) * Millisecond),
                Outstanding = 4,
                TimeoutNs = Between(5, 20) * Second,
                CountMax = Between(5, 40),
            };
            Add(NodeOf(nodes), () => new FunctionClient(client), "function-client", asks: function);
        }
    }

    /// <summary>
    /// A prefix that leads to an application that never answers: what is asked under it must end by itself, also where it is flooded and
    /// comes back after it was forgotten as pending.
    /// </summary>
    private void AddSilence(int nodes)
    {
        Name prefix = Contents.Append("silence");
        var consumer = new ConsumerSettings
        {
            Prefix = prefix,
            Gap = Distribution.Constant(Between(50, 300) * Millisecond),
            CountMax = Between(1, 10),
            LifetimeMs = (ulong)Between(100, 2000),
            RetransmissionsMax = 1,
        };
        Add(NodeOf(nodes), () => new SilentApplication(prefix), "silent", serves: prefix);
        Add(NodeOf(nodes), () => new Consumer(consumer), "consumer", asks: prefix);
    }

    /// <summary>The sum of an argument's octets, remembering which requests it ran for: the first eight octets name them.</summary>
    private FunctionDefinition CountingOnce() => FunctionDefinition.FromDelegate(Once, FunctionKind.Opaque, (byte[] data) =>
    {
        ulong request = BinaryPrimitives.ReadUInt64BigEndian(data);
        _runs[request] = _runs.GetValueOrDefault(request) + 1;
        ulong sum = 0;
        foreach (byte octet in data)
        {
            sum += octet;
        }

        return sum;
    });

    private void Add(int node, Func<SimApplication> make, string label, Name[]? serves = null, Name? asks = null) =>
        _applications.Add(new ApplicationSettings
        {
            Node = node,
            Make = make,
            Label = label,
            Serves = serves ?? [],
            Asks = asks is null ? [] : [asks],
        });

    private void Add(int node, Func<SimApplication> make, string label, Name serves) => Add(node, make, label, [serves]);

    private sealed class SilentApplication(Name prefix) : SimApplication
    {
        public override string Name => "silent";

        protected override void OnStart() => Register(prefix);
    }
}
