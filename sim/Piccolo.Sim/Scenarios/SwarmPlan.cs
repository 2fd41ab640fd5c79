using System.Globalization;
using Piccolo.Ndn;
using Piccolo.Ndn.Tlv;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>One member of a swarm: a scenario under random faults and sizes, made from a number.</summary>
/// <remarks>The same scenario and number give the same plan on every machine.</remarks>
public sealed class SwarmPlan
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    private readonly List<string> _notes = [];
    private SwarmScenario? _scenario;

    private SwarmPlan(ScenarioSettings settings, ulong number)
    {
        Settings = settings;
        Number = number;
        FaultsEndNs = settings.DurationNs;
    }

    /// <summary>How long after the faults every consumer must have got something at the latest.</summary>
    /// <remarks>Units: nanoseconds. A time-out that was doubled four times from 5 s, and some more.</remarks>
    public static long HealBoundNs => 120 * Second;

    /// <summary>How long after the consumers stopped no Interest may be pending any more.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public static long QuietNs => 30 * Second;

    /// <summary>The scenario as it is run.</summary>
    public ScenarioSettings Settings { get; private set; }

    /// <summary>Which member it is.</summary>
    public ulong Number { get; }

    /// <summary>When faults cease.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long FaultsEndNs { get; }

    /// <summary>Makes a member of a swarm.</summary>
    /// <param name="scenario">What it is made of; its duration is that of the faults.</param>
    /// <param name="number">Which member.</param>
    public static SwarmPlan Make(ScenarioSettings scenario, ulong number)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ulong seed = RandomStreams.Mix(scenario.Seed ^ RandomStreams.Mix(number + 1));
        var plan = new SwarmPlan(scenario, number);
        IRandomSource random = new RandomStreams(seed).For("swarm");
        IRandomSource more = new RandomStreams(seed).For("swarm.more");
        plan.Settings = scenario with
        {
            Seed = seed,
            Expectations = [],
            Figures = [],
            Traces = new Measuring.TraceSettings(),
            Faults = plan.Groups(plan.Faults(scenario.Faults, random, more), scenario.Topology, more),
            Topology = plan.Links(scenario.Topology, random, more),
            NodeDefaults = plan.Work(plan.Sizes(scenario.NodeDefaults, random), more),
            DurationNs = scenario.DurationNs + HealBoundNs + QuietNs,
        };
        plan.Settings = plan.Settings with { Nodes = plan.Clocks(scenario, random) };
        return plan;
    }

    /// <summary>Makes a member of a swarm whose topology and workload are random too.</summary>
    /// <param name="seed">The seed of the swarm.</param>
    /// <param name="number">Which member.</param>
    public static SwarmPlan MakeRandom(ulong seed, ulong number)
    {
        SwarmScenario scenario = SwarmScenario.Make(RandomStreams.Mix(seed ^ RandomStreams.Mix(number + 1)));
        SwarmPlan plan = Make(scenario.Settings, number);
        plan._scenario = scenario;
        plan._notes.Insert(0, scenario.Settings.Name);
        return plan;
    }

    /// <summary>What is done to the scenario, in one line.</summary>
    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"swarm {Number}: ") + (_notes.Count == 0 ? "no faults" : string.Join(", ", _notes));

    /// <summary>What the workload itself saw that must never be; null when all is well, or the workload does not watch itself.</summary>
    internal string? FindFault() => _scenario?.FindFault();

    private static bool IsOn(IRandomSource random) => random.NextBelow(2) == 1;

    private static double Share(IRandomSource random, int perMilleMax) => random.NextBelow((uint)perMilleMax + 1) / 1000.0;

    private static long Between(IRandomSource random, long least, long most) =>
        least + (long)Draw.Below(random, (ulong)(most - least) + 1);

    private FaultSchedule Faults(FaultSchedule before, IRandomSource random, IRandomSource more)
    {
        FaultTiming Timing() => new()
        {
            BetweenNs = Between(random, FaultsEndNs / 10, FaultsEndNs),
            RepairNs = Between(random, Millisecond, Math.Max(Millisecond, FaultsEndNs / 4)),
            UntilNs = FaultsEndNs,
        };
        FaultSchedule faults = before;
        if (IsOn(random))
        {
            _notes.Add("links fail");
            faults = faults with { RandomLinks = [.. faults.RandomLinks, new RandomLinkFaults(Timing())] };
        }

        if (IsOn(random))
        {
            bool keepsState = IsOn(more);
            _notes.Add(keepsState ? "nodes crash and keep their tables" : "nodes crash");
            faults = faults with { RandomNodes = [.. faults.RandomNodes, new RandomNodeFaults(Timing(), null, keepsState)] };
        }

        return faults;
    }

    /// <summary>For a while the network falls into two groups.</summary>
    private FaultSchedule Groups(FaultSchedule before, Topology topology, IRandomSource more)
    {
        if (!IsOn(more) || !IsOn(more))
        {
            return before;
        }

        string[] group = [.. topology.Nodes.Select(static node => node.Name).Where(_ => IsOn(more))];
        long fromNs = Between(more, 0, FaultsEndNs / 2);
        long healNs = Between(more, fromNs + Millisecond, FaultsEndNs);
        if (group.Length == 0)
        {
            return before;
        }

        _notes.Add("the network falls apart");
        return before with { Partitions = [.. before.Partitions, new NetworkPartition([group], fromNs, healNs)] };
    }

    /// <summary>What packets, signatures and functions cost nodes.</summary>
    private NodeSettings Work(NodeSettings before, IRandomSource more)
    {
        if (!IsOn(more))
        {
            return before;
        }

        _notes.Add("processors are slow");
        var cpu = new CpuSettings
        {
            Cores = (int)Between(more, 1, 2),
            PacketNs = Between(more, 1_000, 100_000),
            SignNs = Between(more, 10_000, Millisecond),
            VerifyNs = Between(more, 10_000, Millisecond),
            FuelPerSecond = Between(more, 1_000_000, 1_000_000_000),
        };
        return before with { Cpu = cpu };
    }

    private Topology Links(Topology topology, IRandomSource random, IRandomSource more)
    {
        double loss = IsOn(random) ? Share(random, 300) : 0;
        double corruption = IsOn(random) ? Share(random, 50) : 0;
        double duplication = IsOn(random) ? Share(random, 100) : 0;
        double reorder = IsOn(random) ? Share(random, 200) : 0;
        long reorderNs = Between(random, Millisecond, 50 * Millisecond);
        int queue = IsOn(random) ? (int)Between(random, 1, 20) : 0;
        int mtu = IsOn(random) ? (int)Between(random, 256, 2000) : 0;

        bool isBursty = IsOn(more);
        QueueKind kind = (QueueKind)more.NextBelow(3);

        // A packet of more fragments than the queue has places never gets through, however often it is sent.
        queue = queue > 0 && mtu > 0 ? queue + (PacketLimits.MaxPacketOctets / mtu) + 1 : queue;
        Note(loss > 0, $"loss {loss:0.###}{(isBursty ? " in bursts" : "")}");
        Note(corruption > 0, $"corruption {corruption:0.###}");
        Note(duplication > 0, $"duplication {duplication:0.###}");
        Note(reorder > 0, $"reordering {reorder:0.###}");
        Note(queue > 0, $"queues of {queue}");
        Note(mtu > 0, $"MTU {mtu}");
        Note(kind != QueueKind.DropTail, $"{kind}");
        var links = new TopologyLink[topology.Links.Count];
        for (int i = 0; i < links.Length; i++)
        {
            LinkSettings settings = topology.Links[i].Settings;
            FaultSettings faults = settings.Faults with
            {
                Loss = loss == 0 ? settings.Faults.Loss
                    : isBursty ? LossSettings.GilbertElliott(loss / (4 * (1 - loss)), 0.25)
                    : LossSettings.Bernoulli(loss),
                CorruptionRate = corruption > 0 ? corruption : settings.Faults.CorruptionRate,
                DuplicationRate = duplication > 0 ? duplication : settings.Faults.DuplicationRate,
                ReorderRate = reorder > 0 ? reorder : settings.Faults.ReorderRate,
                ReorderDelayNs = reorder > 0 ? reorderNs : settings.Faults.ReorderDelayNs,
            };
            links[i] = topology.Links[i] with
            {
                Settings = settings with
                {
                    Faults = faults,
                    Queue = settings.Queue with
                    {
                        CapacityPackets = queue > 0 ? queue : settings.Queue.CapacityPackets,
                        Kind = kind == QueueKind.DropTail ? settings.Queue.Kind : kind,
                    },
                    Mtu = mtu > 0 ? mtu : settings.Mtu,
                },
            };
        }

        return new Topology(topology.Nodes, links);
    }

    private NodeSettings Sizes(NodeSettings before, IRandomSource random)
    {
        if (!IsOn(random))
        {
            return before;
        }

        NodeSettings after = before with
        {
            ContentStoreCapacity = (int)Between(random, 0, 50),
            PitCapacity = (int)Between(random, 16, 1000),
        };
        _notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"content stores of {after.ContentStoreCapacity}, PITs of {after.PitCapacity}"));
        return after;
    }

    private Dictionary<int, NodeSettings> Clocks(ScenarioSettings scenario, IRandomSource random)
    {
        var nodes = new Dictionary<int, NodeSettings>(scenario.Nodes);
        if (!IsOn(random))
        {
            return nodes;
        }

        _notes.Add("clocks drift");
        for (int i = 0; i < scenario.Topology.Nodes.Count; i++)
        {
            NodeSettings before = scenario.Nodes.GetValueOrDefault(i, Settings.NodeDefaults);
            var clock = new ClockSettings
            {
                SkewNs = Between(random, 0, 2 * Second) - Second,
                DriftPpb = Between(random, 0, 200_000) - 100_000,
            };
            nodes[i] = before with { Clock = clock };
        }

        return nodes;
    }

    private void Note(bool isOn, FormattableString text)
    {
        if (isOn)
        {
            _notes.Add(text.ToString(CultureInfo.InvariantCulture));
        }
    }
}
