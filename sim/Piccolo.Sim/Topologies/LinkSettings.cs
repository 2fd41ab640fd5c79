namespace Piccolo.Sim.Topologies;

/// <summary>What a point-to-point link is like, in each direction.</summary>
public sealed record LinkSettings
{
    /// <summary>Fragments smaller than this would be headers and little else.</summary>
    private const int MtuMin = 64;

    /// <summary>Some 31 years; sums of a few stay within 63 bits.</summary>
    private const long DelayMaxNs = 1_000_000_000_000_000_000;

    /// <summary>Bits a second; 0 means without limit.</summary>
    public long RateBps { get; init; } = 10_000_000;

    /// <summary>How long a bit travels.</summary>
    /// <remarks>Units: nanoseconds. Bound: 10^18, some 31 years.</remarks>
    public long DelayNs { get; init; } = 10_000_000;

    /// <summary>What routing counts it as.</summary>
    public int Metric { get; init; } = 1;

    /// <summary>What waits for transmission, and how.</summary>
    public QueueSettings Queue { get; init; } = new();

    /// <summary>What goes wrong on the way.</summary>
    public FaultSettings Faults { get; init; } = new();

    /// <summary>The largest frame; 0 lets every packet through whole.</summary>
    /// <remarks>Units: octets. Larger packets are fragmented as NDNLPv2 says.</remarks>
    public int Mtu { get; init; }

    /// <summary>Refuses what cannot be, here and in the queue and the faults.</summary>
    /// <param name="where">The place of these settings, <c>FILE:LINE</c> or <c>FILE:LINE: $.path</c>.</param>
    /// <exception cref="ScenarioException">A field is out of its range.</exception>
    public void Validate(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        SettingsCheck.AtLeast(where, "rateBps", RateBps, 0);
        SettingsCheck.AtLeast(where, "delayNs", DelayNs, 0);
        SettingsCheck.AtMost(where, "delayNs", DelayNs, DelayMaxNs);
        SettingsCheck.AtLeast(where, "metric", Metric, 0);
        if (Mtu != 0)
        {
            SettingsCheck.AtLeast(where, "mtu", Mtu, MtuMin);
        }

        Queue.Validate(SettingsCheck.Inside(where, "queue"));
        Faults.Validate(SettingsCheck.Inside(where, "faults"));
    }
}
