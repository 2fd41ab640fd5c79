using Piccolo.Sim.Network;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads what links are like: all keys are changes of what holds already.</summary>
internal static class LinkSection
{
    private const int QueueMax = 10_000_000;

    private static readonly ObjectShape QueueShape = new(
        "queue",
        "What waits for transmission, and what of it is dropped.",
        [
            new("kind", ValueShape.Choice("dropTail", "red", "coDel"), "How it decides what to drop; dropTail if absent."),
            new("packets", ValueShape.Whole(1, QueueMax), "Packets that may wait, the one being sent not counted; 100 if absent."),
            new("octets", ValueShape.Octets, "Octets that may wait; 0 or absent: only packets are counted."),
            new("minThreshold", ValueShape.Number(0, QueueMax), "RED: averaged packets below which nothing is dropped early; 5 if absent."),
            new("maxThreshold", ValueShape.Number(0, QueueMax), "RED: averaged packets at which maxProbability is reached; 15 if absent."),
            new("maxProbability", ValueShape.Share, "RED: the probability of an early drop there; 0.02 if absent."),
            new("weight", ValueShape.Number(0, 1), "RED: how much one arrival moves the average; 0.002 if absent."),
            new("gentle", ValueShape.Flag, "RED: above maxThreshold the probability climbs to 1 instead of jumping; true if absent."),
            new("wait", ValueShape.Flag, "RED: drops are spaced evenly; true if absent."),
            new("meanPacket", ValueShape.Octets, "RED: what a packet is counted as while the average decays; 500 if absent."),
            new("target", ValueShape.Duration, "CoDel: the wait that is acceptable; 5 ms if absent."),
            new("interval", ValueShape.Duration, "CoDel: how long the wait must be too long before a drop; 100 ms if absent."),
            new("minOctets", ValueShape.Octets, "CoDel: no drop while no more than these wait behind; 1500 if absent."),
        ]);

    private static readonly ObjectShape LossShape = new(
        "loss",
        "Which frames are lost after they were transmitted.",
        [
            new("kind", ValueShape.Choice("bernoulli", "gilbertElliott", "trace"), "How they are chosen.", IsRequired: true),
            new("rate", ValueShape.Share, "bernoulli: the share lost."),
            new("goodToBad", ValueShape.Share, "gilbertElliott: the probability, before each frame, that a good link turns bad."),
            new("badToGood", ValueShape.Share, "gilbertElliott: the probability that a bad link turns good; 1 if absent."),
            new("lossGood", ValueShape.Share, "gilbertElliott: the share lost while good; 0 if absent."),
            new("lossBad", ValueShape.Share, "gilbertElliott: the share lost while bad; 1 if absent."),
            new("file", ValueShape.Text, "trace: the file of the recorded losses."),
        ]);

    private static readonly ObjectShape ReorderShape = new(
        "reorder",
        "Frames that later ones overtake.",
        [
            new("rate", ValueShape.Share, "The share of frames delayed.", IsRequired: true),
            new("delay", ValueShape.Duration, "By how much.", IsRequired: true),
        ]);

    private static readonly KeyShape[] Keys =
    [
        new("rate", ValueShape.Rate, "Bits a second in each direction, or \"unlimited\"; 10Mbps if absent."),
        new("delay", ValueShape.Duration, "How long a bit travels; 10 ms if absent."),
        new("metric", ValueShape.Whole(), "What routing counts the link as; 1 if absent."),
        new("queue", ValueShape.Either(ValueShape.Whole(1, QueueMax), ValueShape.Object(QueueShape)),
            "Packets of a drop-tail queue, or more."),
        new("loss", ValueShape.Either(ValueShape.Share, ValueShape.Object(LossShape)),
            "The share of frames lost, or more; nothing if absent."),
        new("corruption", ValueShape.Share, "The share of frames that arrive with a flipped bit."),
        new("duplication", ValueShape.Share, "The share of frames that arrive twice."),
        new("reorder", ValueShape.Object(ReorderShape), "Frames that are overtaken."),
        new("mtu", ValueShape.Octets, "The largest frame; larger packets are fragmented. 0 or absent: all pass whole."),
    ];

    /// <summary>The shape of link settings alone.</summary>
    public static ObjectShape Settings { get; } = new("link", "What links are like.", Keys);

    /// <summary>A link of an inline topology.</summary>
    public static ObjectShape InlineLink { get; } = new(
        "inline-link",
        "A link, and what is different about it.",
        [new("between", ValueShape.List(ValueShape.Text), "The names of its two nodes.", IsRequired: true), .. Keys]);

    /// <summary>A change of links that exist.</summary>
    public static ObjectShape Override { get; } = new(
        "link-override",
        "A change of links that the topology has.",
        [
            new("between", ValueShape.List(ValueShape.Text), "The names of its two nodes, or patterns with * and ?; all links if absent."),
            .. Keys,
        ]);

    /// <summary>The settings with what an object changes.</summary>
    public static LinkSettings Read(ScenarioObject source, LinkSettings before)
    {
        FaultSettings faults = before.Faults with
        {
            Loss = source.Has("loss") ? Loss(source["loss"]) : before.Faults.Loss,
            CorruptionRate = source.Number("corruption", before.Faults.CorruptionRate),
            DuplicationRate = source.Number("duplication", before.Faults.DuplicationRate),
        };
        if (source.Object("reorder") is ScenarioObject reorder)
        {
            faults = faults with { ReorderRate = reorder.Number("rate", 0), ReorderDelayNs = reorder.Duration("delay", 0) };
        }

        LinkSettings settings = before with
        {
            RateBps = source.Rate("rate", before.RateBps),
            DelayNs = Delay(source, before.DelayNs),
            Metric = (int)source.Whole("metric", before.Metric),
            Queue = source.Has("queue") ? Queue(source["queue"], before.Queue) : before.Queue,
            Faults = faults,
            Mtu = (int)source.Octets("mtu", before.Mtu, int.MaxValue),
        };
        settings.Validate(source.Place);
        return settings;
    }

    private static long Delay(ScenarioObject source, long otherwise)
    {
        long delayNs = source.Duration("delay", otherwise);
        long most = new TopologyLimits().DelayNs;
        return delayNs <= most ? delayNs : throw source.Error("delay", "a link's delay is at most one hour");
    }

    private static QueueSettings Queue(ScenarioValue value, QueueSettings before)
    {
        if (value.Kind == System.Text.Json.JsonValueKind.Number)
        {
            return new QueueSettings { CapacityPackets = (int)value.Whole(1, QueueMax) };
        }

        ScenarioObject source = value.Object(QueueShape);
        string kind = source.Choice("kind", before.Kind switch
        {
            QueueKind.Red => "red",
            QueueKind.CoDel => "coDel",
            _ => "dropTail",
        });
        return before with
        {
            Kind = kind == "red" ? QueueKind.Red : kind == "coDel" ? QueueKind.CoDel : QueueKind.DropTail,
            CapacityPackets = (int)source.Whole("packets", before.CapacityPackets),
            CapacityOctets = source.Octets("octets", before.CapacityOctets),
            RedMinThreshold = source.Number("minThreshold", before.RedMinThreshold),
            RedMaxThreshold = source.Number("maxThreshold", before.RedMaxThreshold),
            RedMaxProbability = source.Number("maxProbability", before.RedMaxProbability),
            RedWeight = source.Number("weight", before.RedWeight),
            RedGentle = source.Flag("gentle", before.RedGentle),
            RedWait = source.Flag("wait", before.RedWait),
            MeanPacketOctets = (int)source.Octets("meanPacket", before.MeanPacketOctets, int.MaxValue),
            CoDelTargetNs = source.Duration("target", before.CoDelTargetNs),
            CoDelIntervalNs = source.Duration("interval", before.CoDelIntervalNs),
            CoDelMinOctets = (int)source.Octets("minOctets", before.CoDelMinOctets, int.MaxValue),
        };
    }

    private static LossSettings? Loss(ScenarioValue value)
    {
        if (value.Kind == System.Text.Json.JsonValueKind.Number)
        {
            double rate = value.Number(0, 1);
            return rate == 0 ? null : LossSettings.Bernoulli(rate);
        }

        ScenarioObject source = value.Object(LossShape);
        double share = source.Number("rate", 0);
        LossSettings bursts = LossSettings.GilbertElliott(
            source.Number("goodToBad", 0), source.Number("badToGood", 1), source.Number("lossGood", 0), source.Number("lossBad", 1));
        return source.Choice("kind", "bernoulli") switch
        {
            "gilbertElliott" => bursts,
            "trace" => LossSettings.FromTrace(LossTraceReader.Read(source["file"].File())),
            _ => LossSettings.Bernoulli(share),
        };
    }
}
