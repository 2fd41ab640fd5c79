using Piccolo.Bench.Sim.Runs;
using Spectre.Console;

namespace Piccolo.Bench.Sim;

/// <summary>What nodes and routes cost where nothing happens.</summary>
internal static class SizeBenchmarks
{
    private const double OctetsPerMiB = 1 << 20;
    private const int IdleSeconds = 60;

    /// <summary>Nodes without traffic.</summary>
    public static void Idle(bool isQuick)
    {
        SimTables.WriteLoad();
        var table = new Table().Title($"Idle nodes (ndnSIM: 1,300 us each), {IdleSeconds} simulated s");
        table.AddColumns("topology", "nodes", "build s", "us/node", "bytes/node", "ndnSIM bytes / ours", "ndnSIM time / ours");
        table.AddColumns("run s", "events");
        (string Kind, int Size, double NdnSimBytes)[] sizes =
        [
            ("line", 1_000, 224_300),
            ("line", 10_000, 220_400),
            ("tree", 12, 220_300),
            ("grid", 100, 260_000),
            .. isQuick ? Array.Empty<(string, int, double)>() : [("line", 100_000, 220_055), ("tree", 16, 220_055), ("grid", 316, 260_000)],
        ];
        foreach ((string kind, int size, double ndnSimBytes) in sizes)
        {
            RunFigures run = SimRun.InOwnProcess(new RunSpec(kind, size, 0, 0, 100, IdleSeconds));
            double bytes = run.BuildMiB * OctetsPerMiB / run.Nodes;
            double microseconds = run.BuildSeconds * 1e6 / run.Nodes;
            table.AddRow(
                kind,
                SimTables.Whole(run.Nodes),
                SimTables.Fixed(run.BuildSeconds, 3),
                SimTables.Fixed(microseconds, 1),
                SimTables.Whole(bytes),
                SimTables.Fixed(ndnSimBytes / bytes, 0),
                SimTables.Fixed(1300 / microseconds, 0),
                SimTables.Fixed(run.WallSeconds, 3),
                SimTables.Whole(run.Events));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(SimTables.Source);
    }

    /// <summary>Routes of all nodes, computed and written into their FIBs.</summary>
    public static void Routes(bool isQuick)
    {
        SimTables.WriteLoad();
        var table = new Table().Title("Routes of every node of a grid to every prefix");
        table.AddColumns("grid", "prefixes", "routes", "compute s", "install s", "us/route", "ndnSIM compute s", "ndnSIM install s");
        (int Size, int Prefixes, string Compute, string Install)[] rows =
        [
            (10, 100, "0.10 - 0.16", "0.73 - 1.04"),
            (30, 100, "2.0 - 3.5", "9.2 - 12.1"),
            .. isQuick
                ? Array.Empty<(int, int, string, string)>()
                : [(100, 1, "433", "2.4"), (100, 100, "433 for 1 prefix", "out of memory")],
        ];
        foreach ((int size, int prefixes, string compute, string install) in rows)
        {
            RunFigures run = SimRun.InOwnProcess(new RunSpec("routes", size, prefixes, 1, 100, 0));
            double perRoute = (run.RouteSeconds + run.InstallSeconds) * 1e6 / run.RouteCount;
            table.AddRow(
                $"{size}x{size}",
                SimTables.Whole(prefixes),
                SimTables.Whole(run.RouteCount),
                SimTables.Fixed(run.RouteSeconds, 3),
                SimTables.Fixed(run.InstallSeconds, 3),
                SimTables.Fixed(perRoute, 2),
                compute,
                install);
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(SimTables.Source);
    }
}
