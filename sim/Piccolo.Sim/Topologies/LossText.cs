using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>Loss as annotated files write it: a probability, ns-3's rate error model, or bursts of ours.</summary>
internal static class LossText
{
    internal static LossSettings Parse(string place, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate))
        {
            LossSettings plain = LossSettings.Bernoulli(rate);
            plain.Validate(place);
            return plain;
        }

        AttributeText attributes = AttributeText.Parse(place, text);
        LossSettings settings = attributes.Type switch
        {
            "RateErrorModel" => Rate(attributes),
            "GilbertElliott" => LossSettings.GilbertElliott(
                attributes.Number("GoodToBad", 0),
                attributes.Number("BadToGood", 1),
                attributes.Number("LossGood", 0),
                attributes.Number("LossBad", 1)),
            _ => throw attributes.Error(
                $"there is no error model '{Quote.Clip(attributes.Type)}'; write a probability, ns3::RateErrorModel or GilbertElliott"),
        };
        attributes.RequireAllKnown();
        settings.Validate(place);
        return settings;
    }

    /// <summary>The text of a loss, or nothing where there are no words for it (a recorded trace).</summary>
    internal static string? Format(LossSettings loss) => loss.Kind switch
    {
        LossKind.Bernoulli => string.Create(
            CultureInfo.InvariantCulture, $"ns3::RateErrorModel,ErrorUnit=ERROR_UNIT_PACKET,ErrorRate={loss.Rate:R}"),
        LossKind.GilbertElliott => string.Create(
            CultureInfo.InvariantCulture, $"GilbertElliott,GoodToBad={loss.GoodToBad:R},BadToGood={loss.BadToGood:R}")
            + string.Create(CultureInfo.InvariantCulture, $",LossGood={loss.LossGood:R},LossBad={loss.LossBad:R}"),
        _ => null,
    };

    private static LossSettings Rate(AttributeText attributes)
    {
        double rate = attributes.Number("ErrorRate", 0);
        string unit = attributes.Text("ErrorUnit") ?? "ERROR_UNIT_BYTE";
        if (unit != "ERROR_UNIT_PACKET")
        {
            // ns-3 counts octets if nothing is said.
            throw attributes.Error(
                $"RateErrorModel counts in {Quote.Clip(unit)}, which links do not do here; write ErrorUnit=ERROR_UNIT_PACKET");
        }

        return LossSettings.Bernoulli(rate);
    }
}
