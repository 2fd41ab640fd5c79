using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>A queue as annotated files write it: how many packets, or one of ns-3's queues with attributes.</summary>
internal static class QueueText
{
    /// <summary>What ns-3's RED holds if nothing is said.</summary>
    private const int RedLimit = 25;

    /// <summary>What ns-3's CoDel holds if nothing is said.</summary>
    private const int CoDelLimit = 1000;

    internal static QueueSettings Parse(string place, string text)
    {
        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+'))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int packets) && packets > 0
                ? new QueueSettings { CapacityPackets = packets }
                : throw new ScenarioException(
                    $"{place}: '{Quote.Clip(text)}' is no queue; write how many packets it holds, at least 1, or ns3::DropTailQueue,...");
        }

        AttributeText attributes = AttributeText.Parse(place, text);
        QueueSettings settings = attributes.Type switch
        {
            "DropTailQueue" => Capacity(attributes, new QueueSettings()),
            "RedQueue" or "RedQueueDisc" => Red(attributes),
            "CoDelQueue" or "CoDelQueueDisc" => CoDel(attributes),
            _ => throw attributes.Error(
                $"there is no queue '{Quote.Clip(attributes.Type)}'; there are ns3::DropTailQueue, ns3::RedQueue and ns3::CoDelQueue"),
        };
        attributes.RequireAllKnown();
        settings.Validate(place);
        return settings;
    }

    internal static string Format(QueueSettings queue)
    {
        QueueSettings common = new() { Kind = queue.Kind, CapacityPackets = queue.CapacityPackets };
        if (queue == common && queue.Kind == QueueKind.DropTail)
        {
            return queue.CapacityPackets.ToString(CultureInfo.InvariantCulture);
        }

        string octets = queue.CapacityOctets == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",MaxBytes={queue.CapacityOctets}");
        string capacity = string.Create(CultureInfo.InvariantCulture, $",MaxPackets={queue.CapacityPackets}{octets}");
        switch (queue.Kind)
        {
            case QueueKind.DropTail:
                return "ns3::DropTailQueue" + capacity;
            case QueueKind.Red:
                double inverse = 1 / queue.RedMaxProbability;
                string probability = 1 / inverse == queue.RedMaxProbability
                    ? string.Create(CultureInfo.InvariantCulture, $"LInterm={inverse:R}")
                    : string.Create(CultureInfo.InvariantCulture, $"MaxProbability={queue.RedMaxProbability:R}");
                string flags = $"Gentle={Word(queue.RedGentle)},Wait={Word(queue.RedWait)}";
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"ns3::RedQueue{capacity},MinTh={queue.RedMinThreshold:R},MaxTh={queue.RedMaxThreshold:R},{probability}")
                    + string.Create(CultureInfo.InvariantCulture, $",QW={queue.RedWeight:R},{flags},MeanPktSize={queue.MeanPacketOctets}");
            default:
                string target = UnitText.FormatDelay(queue.CoDelTargetNs);
                string interval = UnitText.FormatDelay(queue.CoDelIntervalNs);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"ns3::CoDelQueue{capacity},Target={target},Interval={interval},MinBytes={queue.CoDelMinOctets}");
        }
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    private static QueueSettings Red(AttributeText attributes)
    {
        QueueSettings settings = Capacity(attributes, new QueueSettings { Kind = QueueKind.Red, CapacityPackets = RedLimit });
        settings = settings with { CapacityPackets = (int)attributes.Whole("QueueLimit", settings.CapacityPackets, int.MaxValue) };
        double inverse = attributes.Number("LInterm", 0);
        if (inverse != 0)
        {
            settings = settings with { RedMaxProbability = 1 / inverse };
        }

        return settings with
        {
            RedMinThreshold = attributes.Number("MinTh", settings.RedMinThreshold),
            RedMaxThreshold = attributes.Number("MaxTh", settings.RedMaxThreshold),
            RedMaxProbability = attributes.Number("MaxProbability", settings.RedMaxProbability),
            RedWeight = attributes.Number("QW", settings.RedWeight),
            RedGentle = attributes.Flag("Gentle", settings.RedGentle),
            RedWait = attributes.Flag("Wait", settings.RedWait),
            MeanPacketOctets = (int)attributes.Whole("MeanPktSize", settings.MeanPacketOctets, int.MaxValue),
        };
    }

    private static QueueSettings CoDel(AttributeText attributes)
    {
        QueueSettings settings = Capacity(attributes, new QueueSettings { Kind = QueueKind.CoDel, CapacityPackets = CoDelLimit });
        return settings with
        {
            CoDelTargetNs = attributes.Duration("Target", settings.CoDelTargetNs),
            CoDelIntervalNs = attributes.Duration("Interval", settings.CoDelIntervalNs),
            CoDelMinOctets = (int)attributes.Whole("MinBytes", settings.CoDelMinOctets, int.MaxValue),
        };
    }

    /// <summary>MaxPackets and MaxBytes, or the MaxSize of later ns-3 versions: 100p packets, 64000B octets.</summary>
    private static QueueSettings Capacity(AttributeText attributes, QueueSettings settings)
    {
        settings = settings with
        {
            CapacityPackets = (int)attributes.Whole("MaxPackets", settings.CapacityPackets, int.MaxValue),
            CapacityOctets = attributes.Whole("MaxBytes", settings.CapacityOctets, long.MaxValue),
        };
        string? size = attributes.Text("MaxSize");
        if (size is null)
        {
            return settings;
        }

        if (long.TryParse(size.AsSpan(0, size.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            if (size[^1] == 'p' && count <= int.MaxValue)
            {
                return settings with { CapacityPackets = (int)count };
            }

            if (size[^1] == 'B')
            {
                // Octets alone limit it then; a packet has at least one.
                return settings with { CapacityOctets = count, CapacityPackets = (int)Math.Clamp(count, 1, int.MaxValue) };
            }
        }

        throw attributes.Error($"MaxSize={Quote.Clip(size)} is no size; write packets as 100p or octets as 64000B");
    }
}
