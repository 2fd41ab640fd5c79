using System.Globalization;

namespace Piccolo.Cli.Output;

/// <summary>Numbers and times as people read them.</summary>
internal static class Texts
{
    /// <summary>A whole number with thousands separators.</summary>
    public static string Number(ulong number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An id, without separators.</summary>
    public static string Id(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Octets in the unit that fits.</summary>
    public static string Octets(ulong octets) => octets switch
    {
        < 10_000 => $"{octets} B",
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{octets / 1e3:F1} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{octets / 1e6:F1} MB"),
    };

    /// <summary>A duration in milliseconds with three digits behind the point.</summary>
    public static string Milliseconds(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:F3} ms");

    /// <summary>A duration of days down to seconds.</summary>
    public static string Uptime(TimeSpan duration) => duration.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays} d {duration.Hours} h {duration.Minutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min {duration.Seconds} s");

    /// <summary>A time since the Unix epoch in milliseconds, in UTC.</summary>
    public static string Time(ulong unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)unixMs).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
