using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>Refuses impossible settings with the place and the name of the culprit.</summary>
/// <remarks>The place is <c>FILE:LINE</c>, or a JSON path, which the field's name then continues.</remarks>
internal static class SettingsCheck
{
    /// <summary>Refuses what is no probability.</summary>
    public static void Probability(string where, string field, double value)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw Refusal(where, field, $"{Text(value)} is no probability; it must be between 0 and 1");
        }
    }

    /// <summary>Refuses what is too small.</summary>
    public static void AtLeast(string where, string field, long value, long least)
    {
        if (value < least)
        {
            throw Refusal(where, field, string.Create(CultureInfo.InvariantCulture, $"{value} is too small; it must be at least {least}"));
        }
    }

    /// <summary>Refuses what is too large.</summary>
    public static void AtMost(string where, string field, long value, long most)
    {
        if (value > most)
        {
            throw Refusal(where, field, string.Create(CultureInfo.InvariantCulture, $"{value} is too large; it must be at most {most}"));
        }
    }

    /// <summary>The error of a field.</summary>
    public static ScenarioException Refusal(string where, string field, string reason) => new($"{Inside(where, field)}: {reason}");

    /// <summary>The place of a field inside a place.</summary>
    public static string Inside(string where, string field)
    {
        if (where.Length == 0)
        {
            return field;
        }

        return where.Contains('$', StringComparison.Ordinal) ? $"{where}.{field}" : $"{where}: {field}";
    }

    /// <summary>A number as the message shows it.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
