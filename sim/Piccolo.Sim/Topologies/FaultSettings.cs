namespace Piccolo.Sim.Topologies;

/// <summary>What goes wrong with frames on a link, after they were transmitted.</summary>
public sealed record FaultSettings
{
    private const long ReorderDelayMaxNs = 1_000_000_000_000_000_000;

    /// <summary>Which frames are lost; nothing loses none.</summary>
    public LossSettings? Loss { get; init; }

    /// <summary>Share of frames that arrive with a flipped bit.</summary>
    public double CorruptionRate { get; init; }

    /// <summary>Share of frames that arrive twice.</summary>
    public double DuplicationRate { get; init; }

    /// <summary>Share of frames that are delayed by <see cref="ReorderDelayNs"/> more, so that later ones overtake them.</summary>
    public double ReorderRate { get; init; }

    /// <summary>The additional delay of reordered frames.</summary>
    /// <remarks>Units: nanoseconds. Bound: 10^18, some 31 years.</remarks>
    public long ReorderDelayNs { get; init; }

    /// <summary>Refuses what cannot be.</summary>
    /// <param name="where">The place of these settings, <c>FILE:LINE</c> or <c>FILE:LINE: $.path</c>.</param>
    /// <exception cref="ScenarioException">A field is out of its range.</exception>
    public void Validate(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        Loss?.Validate(SettingsCheck.Inside(where, "loss"));
        SettingsCheck.Probability(where, "corruptionRate", CorruptionRate);
        SettingsCheck.Probability(where, "duplicationRate", DuplicationRate);
        SettingsCheck.Probability(where, "reorderRate", ReorderRate);
        SettingsCheck.AtLeast(where, "reorderDelayNs", ReorderDelayNs, 0);
        SettingsCheck.AtMost(where, "reorderDelayNs", ReorderDelayNs, ReorderDelayMaxNs);
        if (ReorderRate > 0 && ReorderDelayNs == 0)
        {
            throw SettingsCheck.Refusal(where, "reorderDelayNs", "0 reorders nothing; a reorderRate needs a delay of at least 1 ns");
        }
    }
}
