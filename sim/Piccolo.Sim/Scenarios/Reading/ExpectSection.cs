using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Reads what must hold.</summary>
internal static class ExpectSection
{
    /// <summary>An expectation.</summary>
    public static ObjectShape Shape { get; } = new(
        "expectation",
        "A range that a number of the run must be in; a run that misses one fails.",
        [
            new("metric", ValueShape.Text, "Which number, for example C1/consumer.received; docs/simulation.md lists them.",
                IsRequired: true),
            new("min", ValueShape.Number(), "The least it may be."),
            new("max", ValueShape.Number(), "The most it may be."),
            new("equals", ValueShape.Number(), "What it must be, give or take the tolerance."),
            new("tolerance", ValueShape.Either(ValueShape.Number(0), ValueShape.Text),
                "How far from equals it may be: a number, or a share "
                + "of it as \"5%\"; 0 if absent."),
            new("from", ValueShape.Duration, "When counting begins; at the start if absent."),
            new("to", ValueShape.Duration, "When counting ends; at the end if absent."),
            new("per", ValueShape.Choice("second"), "Divides what was counted by the time it took."),
            new("because", ValueShape.Text, "Why it must hold: the computation."),
        ]);

    public static Expectation Read(ScenarioObject source, long durationNs)
    {
        long fromNs = source.Duration("from", 0);
        long? toNs = source.Has("to") ? source["to"].Duration() : null;
        if (fromNs >= (toNs ?? durationNs) || toNs > durationNs)
        {
            throw source.Error(
                toNs is null ? "from" : "to",
                "counting must end after it began, and not after the end of the run");
        }

        (double least, double most) = Range(source);
        return new Expectation
        {
            Metric = source["metric"].Text(),
            Minimum = least,
            Maximum = most,
            FromNs = fromNs,
            ToNs = toNs,
            IsPerSecond = source.Has("per") && source.Choice("per", "second") == "second",
            Reason = source.Text("because"),
            Place = source.Place,
        };
    }

    private static (double Least, double Most) Range(ScenarioObject source)
    {
        if (!source.Has("equals"))
        {
            if (source.Has("tolerance"))
            {
                throw source.Error("tolerance", "it belongs to equals, and there is none");
            }

            if (!source.Has("min") && !source.Has("max"))
            {
                throw source.Error("nothing is expected; give min, max or equals");
            }

            double least = source.Number("min", double.NegativeInfinity);
            double most = source.Number("max", double.PositiveInfinity);
            return least <= most ? (least, most) : throw source.Error("max", "it is less than min, so no number is right");
        }

        if (source.Has("min") || source.Has("max"))
        {
            throw source.Error("equals", "min or max is given too; say equals and tolerance, or min and max");
        }

        double value = source.Number("equals", 0);
        double tolerance = source.Has("tolerance") ? Tolerance(source["tolerance"], value) : 0;
        return (value - tolerance, value + tolerance);
    }

    private static double Tolerance(ScenarioValue value, double of)
    {
        if (value.Kind == System.Text.Json.JsonValueKind.Number)
        {
            return value.Number(0);
        }

        string text = value.Text().Trim();
        if (text.EndsWith('%') && double.TryParse(
            text.AsSpan(0, text.Length - 1),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out double percent) && percent >= 0 && double.IsFinite(percent))
        {
            return Math.Abs(of) * percent / 100;
        }

        throw value.Error($"'{text}' is no tolerance; write a number, or a share as \"5%\"");
    }
}
