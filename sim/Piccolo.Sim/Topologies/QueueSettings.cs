namespace Piccolo.Sim.Topologies;

/// <summary>A link's queue.</summary>
/// <remarks>Source: the defaults of RED and CoDel are those of ns-3's queue discs of these names.</remarks>
public sealed record QueueSettings
{
    /// <summary>How it decides what to drop.</summary>
    public QueueKind Kind { get; init; } = QueueKind.DropTail;

    /// <summary>Packets that may wait, the one being sent not counted.</summary>
    public int CapacityPackets { get; init; } = 100;

    /// <summary>Octets that may wait; 0 means that only packets are counted.</summary>
    public long CapacityOctets { get; init; }

    /// <summary>RED: the averaged queue below which nothing is dropped early.</summary>
    /// <remarks>Units: packets, parts of one allowed.</remarks>
    public double RedMinThreshold { get; init; } = 5;

    /// <summary>RED: the averaged queue at which the probability is <see cref="RedMaxProbability"/>.</summary>
    /// <remarks>Units: packets, parts of one allowed.</remarks>
    public double RedMaxThreshold { get; init; } = 15;

    /// <summary>RED: the probability of an early drop at the upper threshold.</summary>
    public double RedMaxProbability { get; init; } = 0.02;

    /// <summary>RED: how much one arrival moves the average.</summary>
    public double RedWeight { get; init; } = 0.002;

    /// <summary>RED: above the upper threshold the probability climbs to 1 at twice the threshold, instead of jumping there.</summary>
    public bool RedGentle { get; init; } = true;

    /// <summary>RED: after an early drop no other follows for 1/p packets, which spaces drops evenly.</summary>
    public bool RedWait { get; init; } = true;

    /// <summary>RED: what a packet is counted as when the average decays during silence.</summary>
    /// <remarks>Units: octets.</remarks>
    public int MeanPacketOctets { get; init; } = 500;

    /// <summary>CoDel: the wait that is acceptable.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long CoDelTargetNs { get; init; } = 5_000_000;

    /// <summary>CoDel: how long every packet must have waited too long before one is dropped.</summary>
    /// <remarks>Units: nanoseconds. About the longest round trip that the link is to serve well.</remarks>
    public long CoDelIntervalNs { get; init; } = 100_000_000;

    /// <summary>CoDel: no packet is dropped while no more octets than these wait behind it.</summary>
    public int CoDelMinOctets { get; init; } = 1500;

    /// <summary>Refuses what cannot be.</summary>
    /// <param name="where">The place of these settings, <c>FILE:LINE</c> or <c>FILE:LINE: $.path</c>.</param>
    /// <exception cref="ScenarioException">A field is out of its range.</exception>
    public void Validate(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        SettingsCheck.AtLeast(where, "capacityPackets", CapacityPackets, 1);
        SettingsCheck.AtLeast(where, "capacityOctets", CapacityOctets, 0);
        switch (Kind)
        {
            case QueueKind.DropTail:
                break;
            case QueueKind.Red:
                ValidateRed(where);
                break;
            case QueueKind.CoDel:
                SettingsCheck.AtLeast(where, "coDelTargetNs", CoDelTargetNs, 1);
                SettingsCheck.AtMost(where, "coDelIntervalNs", CoDelIntervalNs, 1_000_000_000_000);
                SettingsCheck.AtLeast(where, "coDelMinOctets", CoDelMinOctets, 0);
                if (CoDelIntervalNs <= CoDelTargetNs)
                {
                    throw SettingsCheck.Refusal(
                        where,
                        "coDelIntervalNs",
                        $"the interval of {CoDelIntervalNs} ns must be longer than the target of {CoDelTargetNs} ns");
                }

                break;
            default:
                throw SettingsCheck.Refusal(where, "kind", $"{(int)Kind} is no kind of queue; say dropTail, red or coDel");
        }
    }

    private void ValidateRed(string where)
    {
        if (!(RedMinThreshold >= 0))
        {
            throw SettingsCheck.Refusal(
                where, "redMinThreshold", $"{SettingsCheck.Text(RedMinThreshold)} is no queue length; it must be 0 or more packets");
        }

        if (!(RedMaxThreshold > RedMinThreshold && RedMaxThreshold <= int.MaxValue))
        {
            throw SettingsCheck.Refusal(
                where,
                "redMaxThreshold",
                $"{SettingsCheck.Text(RedMaxThreshold)} must be more than redMinThreshold, {SettingsCheck.Text(RedMinThreshold)}");
        }

        if (!(RedWeight > 0 && RedWeight <= 1))
        {
            throw SettingsCheck.Refusal(
                where, "redWeight", $"{SettingsCheck.Text(RedWeight)} is no weight; it must be more than 0 and at most 1");
        }

        SettingsCheck.Probability(where, "redMaxProbability", RedMaxProbability);
        SettingsCheck.AtLeast(where, "meanPacketOctets", MeanPacketOctets, 1);
    }
}
