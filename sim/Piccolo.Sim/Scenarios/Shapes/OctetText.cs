using System.Globalization;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>Amounts of octets as people write them.</summary>
internal static class OctetText
{
    private static readonly (string Unit, long Octets)[] Units =
    [
        ("B", 1), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    /// <summary>Reads an amount; a number alone is octets.</summary>
    public static bool TryParse(string text, out long octets, out string reason)
    {
        octets = 0;
        string trimmed = text.Trim();
        int split = 0;
        while (split < trimmed.Length && (char.IsAsciiDigit(trimmed[split]) || trimmed[split] is '.' or '-'))
        {
            split++;
        }

        string unit = trimmed[split..].Trim();
        long scale = unit.Length == 0 ? 1 : Units.FirstOrDefault(known => known.Unit == unit).Octets;
        bool isNumber = decimal.TryParse(trimmed.AsSpan(0, split), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number);
        if (!isNumber || scale == 0)
        {
            reason = $"'{Quote.Clip(text)}' is no amount of octets; write it like 1500 or 64KiB (B, kB, MB, GB, KiB, MiB, GiB)";
            return false;
        }

        if (number < 0 || number > long.MaxValue / scale || number * scale != decimal.Truncate(number * scale))
        {
            reason = number < 0 ? $"{Quote.Clip(text)} is negative" : $"{Quote.Clip(text)} is no whole number of octets";
            return false;
        }

        octets = (long)(number * scale);
        reason = "";
        return true;
    }
}
