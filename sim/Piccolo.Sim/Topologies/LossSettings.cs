using Piccolo.Sim.Network;

namespace Piccolo.Sim.Topologies;

/// <summary>Which frames a link loses.</summary>
public sealed record LossSettings
{
    /// <summary>How they are chosen; each kind reads only its own fields.</summary>
    public LossKind Kind { get; init; }

    /// <summary>Bernoulli: the probability of losing a frame.</summary>
    public double Rate { get; init; }

    /// <summary>Gilbert-Elliott: the probability, before each frame, that a good link turns bad.</summary>
    public double GoodToBad { get; init; }

    /// <summary>Gilbert-Elliott: the probability, before each frame, that a bad link turns good.</summary>
    public double BadToGood { get; init; } = 1;

    /// <summary>Gilbert-Elliott: the probability of losing a frame while good.</summary>
    public double LossGood { get; init; }

    /// <summary>Gilbert-Elliott: the probability of losing a frame while bad.</summary>
    public double LossBad { get; init; } = 1;

    /// <summary>Trace: what was recorded.</summary>
    public LossTrace? Trace { get; init; }

    /// <summary>Frames lost independently of each other.</summary>
    public static LossSettings Bernoulli(double rate) => new() { Kind = LossKind.Bernoulli, Rate = rate };

    /// <summary>Frames lost in bursts.</summary>
    public static LossSettings GilbertElliott(double goodToBad, double badToGood, double lossGood = 0, double lossBad = 1) => new()
    {
        Kind = LossKind.GilbertElliott,
        GoodToBad = goodToBad,
        BadToGood = badToGood,
        LossGood = lossGood,
        LossBad = lossBad,
    };

    /// <summary>Frames lost as recorded; <see cref="LossTraceReader"/> reads files.</summary>
    public static LossSettings FromTrace(LossTrace trace) => new() { Kind = LossKind.Trace, Trace = trace };

    /// <summary>Refuses what cannot be.</summary>
    /// <param name="where">The place of these settings, <c>FILE:LINE</c> or <c>FILE:LINE: $.path</c>.</param>
    /// <exception cref="ScenarioException">A field is out of its range.</exception>
    public void Validate(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        switch (Kind)
        {
            case LossKind.Bernoulli:
                SettingsCheck.Probability(where, "rate", Rate);
                break;
            case LossKind.GilbertElliott:
                SettingsCheck.Probability(where, "goodToBad", GoodToBad);
                SettingsCheck.Probability(where, "badToGood", BadToGood);
                SettingsCheck.Probability(where, "lossGood", LossGood);
                SettingsCheck.Probability(where, "lossBad", LossBad);
                break;
            case LossKind.Trace:
                if (Trace is null)
                {
                    throw SettingsCheck.Refusal(where, "trace", "the kind is trace, but there is none; name a file");
                }

                break;
            default:
                throw SettingsCheck.Refusal(where, "kind", $"{(int)Kind} is no kind of loss; say bernoulli, gilbertElliott or trace");
        }
    }
}
