using System.ComponentModel;
using System.Diagnostics;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>A test that mounts a disk in a namespace of its own; where that is not allowed it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TinyDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(Try);

    public TinyDiskFactAttribute()
    {
        Skip = CanMount.Value
            ? null
            : "'unshare' and 'mount' are missing or forbidden here: a disk that fills up during a run is not tested";
    }

    /// <summary>The arguments of <c>unshare</c> for a shell command that sees a tmpfs of so many kilobytes at <c>$1</c>.</summary>
    public static IReadOnlyList<string> Shell(int kilobytes, string command, params string[] parameters) =>
    [
        .. Environment.UserName == "root" ? new[] { "-m" } : ["-r", "-m"],
        "sh", "-c", $"mount -t tmpfs -o size={kilobytes}k none \"$1\" || exit 99; {command}", "sh", .. parameters,
    ];

    private static bool Try()
    {
        string folder = Directory.CreateTempSubdirectory("pcl-sim-mount").FullName;
        try
        {
            var start = new ProcessStartInfo("unshare", Shell(64, "true", folder))
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            return process.WaitForExit(10_000) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
