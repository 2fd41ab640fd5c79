using Piccolo.Bench.Runs;
using Piccolo.Bench.Sim.Peer;
using Spectre.Console;

namespace Piccolo.Bench.Sim;

/// <summary>What nodes and routes cost where nothing happens.</summary>
internal static class SizeBenchmarks
{
    private const double OctetsPerMiB = 1 << 20;
    private const int IdleSeconds = 60;
    private const double NdnSimMicroseconds = 1_300;

    /// <summary>Nodes without traffic.</summary>
    public static void Idle(SimChoices choices)
    {
        SimTables.WriteLoad(choices);
        var table = new Table().Title($"Idle nodes, {IdleSeconds} simulated s");
        table.AddColumns("topology", "nodes", "build s", "us/node", "bytes/node", "ndnSIM us/node", "ndnSIM bytes/node");
        table.AddColumns("its time / ours", "its bytes / ours", "run s", "events", "ndnSIM run s", "ndnSIM events");
        (string Kind, int Size, double NdnSimBytes, bool IsPeerSlow)[] sizes =
        [
            ("line", 1_000, 224_300, false),
            ("line", 10_000, 220_400, false),
            ("tree", 12, 220_300, false),
            ("grid", 100, 260_000, false),
            .. choices.IsQuick
                ? Array.Empty<(string, int, double, bool)>()
                : [("line", 100_000, 220_055, true), ("tree", 16, 220_055, true), ("grid", 316, 260_000, true)],
        ];
        foreach ((string kind, int size, double ndnSimBytes, bool isPeerSlow) in sizes)
        {
            var pair = SidePair.Measure(choices, new RunSpec(kind, size, 0, 0, 100, IdleSeconds), !isPeerSlow);
            RunFigures run = pair.Ours;
            PeerFigures? peer = pair.Theirs;
            double bytes = run.BuildMiB * OctetsPerMiB / run.Nodes;
            double microseconds = run.BuildSeconds * 1e6 / run.Nodes;
            double peerBytes = peer is null ? ndnSimBytes : peer.BuildMiB * OctetsPerMiB / peer.Nodes;
            double peerMicroseconds = peer is null ? NdnSimMicroseconds : peer.BuildSeconds * 1e6 / peer.Nodes;
            string mark = choices.Peer is not null && peer is null ? " (recorded)" : "";
            table.AddRow(
                kind,
                SimTables.Whole(run.Nodes),
                SimTables.Fixed(run.BuildSeconds, 3),
                SimTables.Fixed(microseconds, 1),
                SimTables.Whole(bytes),
                SimTables.Whole(peerMicroseconds) + mark,
                SimTables.Whole(peerBytes) + mark,
                SimTables.Fixed(peerMicroseconds / microseconds, 0),
                SimTables.Fixed(peerBytes / bytes, 0),
                SimTables.Fixed(run.WallSeconds, 3),
                SimTables.Whole(run.Events),
                peer is null ? "" : SimTables.Fixed(peer.WallSeconds, 3),
                peer is null ? "" : SimTables.Whole(peer.Events));
        }

        AnsiConsole.Write(table);
        if (choices.Peer is null)
        {
            AnsiConsole.WriteLine(SimTables.Source);
        }
    }

    /// <summary>Routes of all nodes, computed and written into their FIBs.</summary>
    public static void Routes(SimChoices choices)
    {
        SimTables.WriteLoad(choices);
        var table = new Table().Title("Routes of every node of a grid to every prefix");
        table.AddColumns("grid", "prefixes", "routes", "compute s", "install s", "us/route", "ndnSIM compute s", "ndnSIM install s");
        (int Size, int Prefixes, string Compute, string Install)[] rows =
        [
            (10, 100, "0.10 - 0.16", "0.73 - 1.04"),
            (30, 100, "2.0 - 3.5", "9.2 - 12.1"),
            .. choices.IsQuick
                ? Array.Empty<(int, int, string, string)>()
                : [(100, 1, "433", "2.4"), (100, 100, "433 for 1 prefix", "out of memory")],
        ];
        foreach ((int size, int prefixes, string compute, string install) in rows)
        {
            RunFigures run = choices.Program.Measure(new RunSpec("routes", size, prefixes, 1, 100, 0));
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
