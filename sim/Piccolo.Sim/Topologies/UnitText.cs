using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>Rates and delays as people write them: a number and a unit.</summary>
internal static class UnitText
{
    /// <summary>What a link without a limit is written as.</summary>
    internal const string Unlimited = "unlimited";

    private static readonly (string Unit, long Nanoseconds)[] DelayUnits =
        [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1), ("min", 60_000_000_000), ("h", 3_600_000_000_000)];

    private static readonly (string Unit, long Bits)[] RateUnits =
        [("Gbps", 1_000_000_000), ("Mbps", 1_000_000), ("kbps", 1_000), ("bps", 1)];

    /// <summary>Reads a rate in bits a second; a number alone has the unit given.</summary>
    /// <returns>False with the reason, which continues a sentence.</returns>
    internal static bool TryRate(string text, string unitIfNone, long limit, out long rateBps, out string reason)
    {
        if (text == Unlimited)
        {
            rateBps = 0;
            reason = "";
            return true;
        }

        rateBps = 0;
        int split = EndOfNumber(text);
        string unit = split == text.Length ? unitIfNone : text[split..].Trim();
        if (!TryNumber(text.AsSpan(0, split), out decimal number) || !TryRateUnit(unit, out decimal bits))
        {
            reason = $"'{Quote.Clip(text)}' is no rate; write it like 10Mbps (bps, kbps, Mbps, Gbps)";
            return false;
        }

        if (number <= 0)
        {
            string zero = $"a rate of 0 sends nothing; write '{Unlimited}' for no limit";
            reason = number < 0 ? $"the rate {Quote.Clip(text)} is negative" : zero;
            return false;
        }

        if (number > limit / bits || decimal.Round(number * bits) < 1)
        {
            reason = $"the rate {Quote.Clip(text)} is not between 1 bps and {limit} bps";
            return false;
        }

        rateBps = (long)decimal.Round(number * bits);
        reason = "";
        return true;
    }

    /// <summary>Reads a delay in nanoseconds; a number alone has the unit given, or is refused without one.</summary>
    /// <returns>False with the reason, which continues a sentence.</returns>
    internal static bool TryDelay(string text, string unitIfNone, long limit, out long delayNs, out string reason)
    {
        delayNs = 0;
        int split = EndOfNumber(text);
        string unit = split == text.Length ? unitIfNone : text[split..].Trim();
        long scale = 0;
        foreach ((string known, long nanoseconds) in DelayUnits)
        {
            if (unit == known || (known == "us" && unit is "µs" or "μs"))
            {
                scale = nanoseconds;
                break;
            }
        }

        if (!TryNumber(text.AsSpan(0, split), out decimal number) || scale == 0)
        {
            reason = $"'{Quote.Clip(text)}' is no delay; write it like 10ms (ns, us, ms, s)";
            return false;
        }

        if (number < 0)
        {
            reason = $"the delay {Quote.Clip(text)} is negative; nothing arrives before it is sent";
            return false;
        }

        if (number > (decimal)limit / scale)
        {
            reason = $"the delay {Quote.Clip(text)} is longer than {FormatDelay(limit)}";
            return false;
        }

        delayNs = (long)decimal.Round(number * scale);
        reason = "";
        return true;
    }

    /// <summary>A rate in the largest unit that keeps it whole.</summary>
    internal static string FormatRate(long rateBps)
    {
        if (rateBps == 0)
        {
            return Unlimited;
        }

        (string unit, long bits) = RateUnits.First(known => rateBps % known.Bits == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{rateBps / bits}{unit}");
    }

    /// <summary>A delay in the largest unit that keeps it whole, not above seconds.</summary>
    internal static string FormatDelay(long delayNs)
    {
        (string unit, long nanoseconds) = delayNs == 0 ? ("ms", 1) : DelayUnits.First(known => delayNs % known.Nanoseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{delayNs / nanoseconds}{unit}");
    }

    /// <summary>A decimal number, exactly.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static int EndOfNumber(string text)
    {
        int at = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or '+' or '-'
            || (text[at] is 'e' or 'E' && at + 1 < text.Length && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] is '-' or '+'))))
        {
            at++;
        }

        return at;
    }

    /// <summary>ns-3's units: k, M, G, T, with an i for powers of two; b for bits and B for octets; ps or /s.</summary>
    private static bool TryRateUnit(string unit, out decimal bits)
    {
        bits = 1;
        string rest = unit;
        int power = rest.Length == 0 ? 0 : rest[0] is 'k' or 'K' ? 1 : rest[0] == 'M' ? 2 : rest[0] == 'G' ? 3 : rest[0] == 'T' ? 4 : 0;
        if (power > 0)
        {
            rest = rest[1..];
            bool isBinary = rest.StartsWith('i');
            rest = isBinary ? rest[1..] : rest;
            for (int i = 0; i < power; i++)
            {
                bits *= isBinary ? 1024 : 1000;
            }
        }

        switch (rest)
        {
            case "bps" or "b/s" or "bit/s":
                return true;
            case "Bps" or "B/s":
                bits *= 8;
                return true;
            default:
                return false;
        }
    }
}
