using System.Globalization;
using Piccolo.Bench.Sim.Runs;
using Spectre.Console;

namespace Piccolo.Bench.Sim;

/// <summary>Tables of the simulator's benchmarks, with ndnSIM's figures beside ours.</summary>
internal static class SimTables
{
    private const int WideEnough = 220;

    /// <summary>Whose figures stand beside ours, and what that is worth.</summary>
    public const string Source =
        "ndnSIM: 2.8 (NFD 0.7.0, ns-3.30.1, optimized), repaired timer leak where known, measured on another machine of the same "
        + "size (2 vCPU, AMD EPYC) in 2026. Ratios between machines are good to a factor of perhaps 1.5.";

    /// <summary>Says how busy the machine is, because every time below depends on it.</summary>
    public static void WriteLoad()
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WideEnough);
        string load = string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
        AnsiConsole.WriteLine($"load average {load} on {Environment.ProcessorCount} processors; each run is a process of its own");
    }

    /// <summary>Runs simulations and prints what they cost.</summary>
    /// <param name="title">The table's.</param>
    /// <param name="rows">What each is called, what it is, and how many packets a second ndnSIM makes of it (0: not known).</param>
    public static void WriteRuns(string title, IEnumerable<(string Name, RunSpec Spec, double NdnSim)> rows)
    {
        WriteLoad();
        var table = new Table().Title(title);
        table.AddColumns("run", "wall s", "cpu s", "link packets", "packets/s", "us/packet", "cpu us", "events", "ev/packet");
        table.AddColumns("Data/Interests", "dropped", "RSS MiB", "GC 0/2", "ndnSIM pkt/s", "ratio", "digest");
        foreach ((string name, RunSpec spec, double ndnSim) in rows)
        {
            RunFigures run = SimRun.InOwnProcess(spec);
            table.AddRow(
                $"{name}, {spec.Seconds} s",
                Fixed(run.WallSeconds, 3),
                Fixed(run.CpuSeconds, 3),
                Whole(run.Packets),
                Whole(run.PacketsPerSecond),
                Fixed(run.MicrosecondsPerPacket, 2),
                Fixed(run.CpuSeconds * 1e6 / run.Packets, 2),
                Whole(run.Events),
                Fixed(run.EventsPerPacket, 2),
                $"{Whole(run.Data)}/{Whole(run.Interests)}",
                Whole(run.Dropped),
                Whole(run.ResidentMiB),
                run.Collections,
                ndnSim == 0 ? "" : Whole(ndnSim),
                ndnSim == 0 ? "" : Fixed(run.PacketsPerSecond / ndnSim, 1),
                run.Digest);
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(Source);
    }

    /// <summary>A number with so many digits after the point.</summary>
    public static string Fixed(double value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A whole number in groups of three digits.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
