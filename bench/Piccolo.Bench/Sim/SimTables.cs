using System.Globalization;
using Piccolo.Bench.Runs;
using Piccolo.Bench.Sim.Peer;
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

    /// <summary>Says how busy the machine is and how the simulator was compiled, because every time below depends on it.</summary>
    public static void WriteLoad(SimChoices choices)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WideEnough);
        string load = string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
        AnsiConsole.WriteLine(
            $"load average {load} on {Environment.ProcessorCount} processors; each run is a process of its own, {choices.Program.Name}");
    }

    /// <summary>Runs simulations and prints what they cost.</summary>
    /// <param name="choices">How thoroughly, and beside which ndnSIM.</param>
    /// <param name="title">The table's.</param>
    /// <param name="rows">What to run.</param>
    public static void WriteRuns(SimChoices choices, string title, IEnumerable<SimRow> rows)
    {
        WriteLoad(choices);
        var table = new Table().Title(title);
        table.AddColumns("run", "wall s", "cpu s", "link packets", "packets/s", "us/packet", "cpu us", "events", "ev/packet");
        table.AddColumns("Data/Interests", "dropped", "RSS MiB", "GC 0/2", "ndnSIM pkt/s", "ratio", "digest");
        List<(SimRow Row, SidePair Pair)> pairs = [.. rows.Select(row => (row, SidePair.Measure(choices, row.Spec, !row.IsPeerSlow)))];
        foreach ((SimRow row, SidePair pair) in pairs)
        {
            RunFigures run = pair.Ours;
            double ndnSim = pair.Theirs?.PacketsPerSecond ?? row.Recorded;
            table.AddRow(
                $"{row.Name}, {row.Spec.Seconds} s",
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
                Whole(ndnSim) + (choices.Peer is not null && pair.Theirs is null ? " (recorded)" : ""),
                Fixed(run.PacketsPerSecond / ndnSim, 1),
                run.Digest);
        }

        AnsiConsole.Write(table);
        if (choices.Peer is null)
        {
            AnsiConsole.WriteLine(Source);
            return;
        }

        WritePeer($"{title}: ndnSIM's runs, {choices.Turns} by turns with ours; medians by wall time", pairs);
    }

    private static void WritePeer(string title, List<(SimRow Row, SidePair Pair)> pairs)
    {
        var table = new Table().Title(title);
        table.AddColumns("run", "wall s", "least - most", "ours: least - most", "cpu s", "link packets", "packets/s", "us/packet");
        table.AddColumns("events", "Data/Interests", "dropped", "RSS MiB", "packets/s: ours / its", "cpu us a packet: its / ours");
        foreach ((SimRow row, SidePair pair) in pairs)
        {
            if (pair.Theirs is not PeerFigures peer)
            {
                continue;
            }

            RunFigures run = pair.Ours;
            table.AddRow(
                row.Name,
                Fixed(peer.WallSeconds, 3),
                pair.TheirRange,
                pair.OurRange,
                Fixed(peer.CpuSeconds, 3),
                Whole(peer.LinkPackets),
                Whole(peer.PacketsPerSecond),
                Fixed(peer.WallSeconds * 1e6 / peer.LinkPackets, 2),
                Whole(peer.Events),
                $"{Whole(peer.Data)}/{Whole(peer.Interests)}",
                Whole(peer.Dropped),
                Whole(peer.RssMiB),
                Fixed(run.PacketsPerSecond / peer.PacketsPerSecond, 2),
                Fixed(peer.CpuSeconds / peer.LinkPackets / (run.CpuSeconds / run.Packets), 2));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>A number with so many digits after the point.</summary>
    public static string Fixed(double value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A whole number in groups of three digits.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
