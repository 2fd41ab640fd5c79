using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>Times as people write them.</summary>
public static class VirtualTime
{
    private const long LongestNs = 1_000_000_000L * 3600 * 24 * 366 * 100;

    /// <summary>Reads a time like <c>10ms</c> (ns, us, ms, s, min, h), or a number of seconds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ns">The time in nanoseconds.</param>
    /// <returns>False for what is no time, negative, or longer than a century.</returns>
    public static bool TryParse(string text, out long ns)
    {
        ArgumentNullException.ThrowIfNull(text);
        return UnitText.TryDelay(text.Trim(), "s", LongestNs, out ns, out _);
    }
}
