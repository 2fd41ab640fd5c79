using System.Globalization;

namespace Piccolo.Bench.Runs;

/// <summary>What the kernel says about this process's memory.</summary>
internal static class ResidentMemory
{
    private const double KiBPerMiB = 1024;

    /// <summary>Resident memory in MiB.</summary>
    public static double NowMiB => Read("VmRSS:");

    /// <summary>The most it ever was.</summary>
    public static double PeakMiB => Read("VmHWM:");

    private static double Read(string key)
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
            {
                return double.Parse(line[key.Length..^2], CultureInfo.InvariantCulture) / KiBPerMiB;
            }
        }

        return 0;
    }
}
