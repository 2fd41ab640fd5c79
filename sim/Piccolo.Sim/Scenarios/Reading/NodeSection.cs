using Piccolo.Sim.Nodes;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads what nodes are made of.</summary>
internal static class NodeSection
{
    private static readonly ObjectShape StoreShape = new(
        "content-store",
        "What a node keeps of the Data that pass it.",
        [
            new("packets", ValueShape.Whole(0, NodeSettings.EntriesMax), "Packets at most; 0 turns it off, 100 if absent."),
            new("octets", ValueShape.Octets, "Octets at most, 1 or more; 64MiB if absent."),
        ]);

    private static readonly ObjectShape CpuShape = new(
        "cpu",
        "What work costs on a node; free if absent.",
        [
            new("cores", ValueShape.Whole(1, 4096), "Processors; 1 if absent."),
            new("packet", ValueShape.Duration, "Time for each frame that arrives from a link."),
            new("sign", ValueShape.Duration, "Time of a signature."),
            new("verify", ValueShape.Duration, "Time of checking one."),
            new("fuel", ValueShape.Whole(0, long.MaxValue), "Fuel a core burns in a second; 0 or absent: functions take no time."),
            new("backlog", ValueShape.Whole(1), "Frames that may wait for the processor; 1000 if absent."),
        ]);

    private static readonly ObjectShape ClockShape = new(
        "clock",
        "How wrong a node's clock is.",
        [
            new("ahead", ValueShape.Duration, "How far its wall clock is ahead of true time at the start."),
            new("behind", ValueShape.Duration, "How far it is behind, instead."),
            new("driftPpm", ValueShape.Number(-500_000, 500_000), "How much too fast it runs, in parts in a million; negative: too slow."),
        ]);

    private static readonly ObjectShape DiskShape = new(
        "disk",
        "A node's storage; it takes no time and has no end if absent.",
        [
            new("latency", ValueShape.Duration, "What each operation takes before its octets move."),
            new("flush", ValueShape.Duration, "What a flush takes beyond that."),
            new("octetsPerSecond", ValueShape.Octets, "How fast octets move; 0 or absent for no limit."),
            new("capacity", ValueShape.Octets, "Octets that fit; 0 or absent for no limit."),
            new("torn", ValueShape.Choice("lost", "prefix", "garbage"), "What a crash leaves of what was not flushed: nothing, a random "
                + "prefix, or that and random octets in place of the rest; lost if absent."),
        ]);

    private static readonly KeyShape[] Keys =
    [
        new(
            "contentStore",
            ValueShape.Either(ValueShape.Whole(0, NodeSettings.EntriesMax), ValueShape.Object(StoreShape)),
            "Packets, or more."),
        new("pit", ValueShape.Whole(1, NodeSettings.EntriesMax), "Interests that may be pending; 262144 if absent."),
        new("fib", ValueShape.Whole(1, NodeSettings.EntriesMax), "Prefixes that may have routes; 1048576 if absent."),
        new("cpu", ValueShape.Object(CpuShape), "What work costs."),
        new("clock", ValueShape.Object(ClockShape), "How wrong its clock is."),
        new("disk", ValueShape.Object(DiskShape), "Its storage."),
        new("congestionMarking", ValueShape.Flag, "Whether Data are marked when a link's queue is long; false if absent."),
    ];

    /// <summary>What holds for all nodes.</summary>
    public static ObjectShape Defaults { get; } = new("node-defaults", "What nodes are made of.", Keys);

    /// <summary>What is different about some.</summary>
    public static ObjectShape Override { get; } = new(
        "node-override",
        "What is different about some nodes.",
        [new("on", ValueShape.Texts, "Which: names, or patterns with * and ?.", IsRequired: true), .. Keys]);

    public static NodeSettings Read(ScenarioObject source, NodeSettings before)
    {
        NodeSettings settings = before with
        {
            PitCapacity = (int)source.Whole("pit", before.PitCapacity),
            FibCapacity = (int)source.Whole("fib", before.FibCapacity),
            EnableCongestionMarking = source.Flag("congestionMarking", before.EnableCongestionMarking),
            Cpu = source.Object("cpu") is ScenarioObject cpu ? Cpu(cpu, before.Cpu) : before.Cpu,
            Clock = source.Object("clock") is ScenarioObject clock ? Clock(clock) : before.Clock,
        };
        settings = source.Object("disk") is ScenarioObject disk ? settings with { Disk = Disk(disk, before.Disk) } : settings;
        if (!source.Has("contentStore"))
        {
            return settings;
        }

        ScenarioValue store = source["contentStore"];
        if (store.Kind == System.Text.Json.JsonValueKind.Number)
        {
            return settings with { ContentStoreCapacity = (int)store.Whole(0, NodeSettings.EntriesMax) };
        }

        ScenarioObject more = store.Object(StoreShape);
        settings = settings with { ContentStoreCapacity = (int)more.Whole("packets", before.ContentStoreCapacity) };
        long octets = more.Octets("octets", before.ContentStoreOctetsMax, NodeSettings.StoreOctetsMax);
        return octets > 0 || settings.ContentStoreCapacity == 0
            ? settings with { ContentStoreOctetsMax = octets }
            : throw more.Error("octets", "a content store without octets keeps nothing; \"packets\": 0 turns it off");
    }

    public static Dictionary<int, NodeSettings> ReadOverrides(
        IReadOnlyList<ScenarioObject> sources, Topology topology, NodeSettings defaults)
    {
        var nodes = new Dictionary<int, NodeSettings>();

        // Nodes that were alike stay one object, because the network shares by identity what is made from it.
        foreach (ScenarioObject source in sources)
        {
            var made = new Dictionary<NodeSettings, NodeSettings>(ReferenceEqualityComparer.Instance);
            foreach (int node in NodePattern.Find(topology, source["on"]))
            {
                NodeSettings before = nodes.GetValueOrDefault(node, defaults);
                if (!made.TryGetValue(before, out NodeSettings? after))
                {
                    made.Add(before, after = Read(source, before));
                }

                nodes[node] = after;
            }
        }

        return nodes;
    }

    private static CpuSettings Cpu(ScenarioObject source, CpuSettings before) => before with
    {
        Cores = (int)source.Whole("cores", before.Cores),
        PacketNs = Work(source, "packet", before.PacketNs),
        SignNs = Work(source, "sign", before.SignNs),
        VerifyNs = Work(source, "verify", before.VerifyNs),
        FuelPerSecond = source.Whole("fuel", before.FuelPerSecond),
        BacklogMax = (int)source.Whole("backlog", before.BacklogMax),
    };

    private static long Work(ScenarioObject source, string key, long otherwiseNs)
    {
        long ns = source.Duration(key, otherwiseNs);
        return ns <= CpuSettings.WorkNsMax ? ns : throw source.Error(key, "an hour is the longest that a piece of work may take");
    }

    private static DiskSettings Disk(ScenarioObject source, DiskSettings before) => before with
    {
        LatencyNs = Work(source, "latency", before.LatencyNs),
        FlushNs = Work(source, "flush", before.FlushNs),
        OctetsPerSecond = source.Octets("octetsPerSecond", before.OctetsPerSecond),
        CapacityOctets = source.Octets("capacity", before.CapacityOctets),
        Torn = source.Has("torn") ? TornOf(source.Choice("torn", "lost")) : before.Torn,
    };

    private static TornWrites TornOf(string word) => word switch
    {
        "prefix" => TornWrites.Prefix,
        "garbage" => TornWrites.PrefixAndGarbage,
        _ => TornWrites.Lost,
    };

    private static ClockSettings Clock(ScenarioObject source)
    {
        if (source.Has("ahead") && source.Has("behind"))
        {
            throw source.Error("behind", "a clock is ahead or behind, not both");
        }

        return new ClockSettings
        {
            SkewNs = source.Duration("ahead", 0) - source.Duration("behind", 0),
            DriftPpb = (long)Math.Round(source.Number("driftPpm", 0) * 1000),
        };
    }
}
