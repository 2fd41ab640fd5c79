namespace Piccolo.Sim.Network;

/// <summary>Reads decimal times exactly, without floating point.</summary>
internal static class VirtualDuration
{
    private const int DigitsMax = 30;

    /// <summary>Reads a number of seconds, or of what its suffix says (<c>s</c>, <c>ms</c>, <c>us</c>, <c>ns</c>).</summary>
    /// <returns>False for what is no number, negative, finer than a nanosecond or longer than <see cref="long"/> holds.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long ns)
    {
        int places = PlacesOf(text, out int suffixLength);
        ReadOnlySpan<char> digits = text[..^suffixLength];
        ns = 0;
        if (digits.Length is 0 or > DigitsMax || digits is ".")
        {
            return false;
        }

        Int128 value = 0;
        bool isFraction = false;
        foreach (char digit in digits)
        {
            if (digit == '.' && !isFraction)
            {
                isFraction = true;
                continue;
            }

            if (!char.IsAsciiDigit(digit) || (isFraction && places == 0 && digit != '0'))
            {
                return false;
            }

            if (!isFraction || places > 0)
            {
                value = (value * 10) + (digit - '0');
                places -= isFraction ? 1 : 0;
            }
        }

        for (; places > 0 && value <= long.MaxValue; places--)
        {
            value *= 10;
        }

        ns = value <= long.MaxValue ? (long)value : 0;
        return value <= long.MaxValue;
    }

    private static int PlacesOf(ReadOnlySpan<char> text, out int suffixLength)
    {
        suffixLength = 2;
        switch (text)
        {
            case [.., 'n', 's']:
                return 0;
            case [.., 'u', 's']:
                return 3;
            case [.., 'm', 's']:
                return 6;
            default:
                suffixLength = text is [.., 's'] ? 1 : 0;
                return 9;
        }
    }
}
