using Piccolo.Bench.Sim.Runs;

namespace Piccolo.Bench.Sim;

/// <summary>Networks with traffic, as ndnSIM ran them.</summary>
internal static class TrafficBenchmarks
{
    /// <summary>Ten nodes in a row.</summary>
    public static void Line(bool isQuick)
    {
        int seconds = isQuick ? 20 : 100;
        SimTables.WriteRuns(
            $"Line of 10, 1,000 Interests/s, {seconds} simulated s",
            [
                ("no cache", new RunSpec("line", 10, 1, 1000, 0, seconds), 100_400),
                ("cache of 100", new RunSpec("line", 10, 1, 1000, 100, seconds), 84_800),
            ]);
    }

    /// <summary>Grids with pairs drawn at random, each on a shortest path of its own.</summary>
    public static void Grid(bool isQuick)
    {
        List<(string, RunSpec, double)> rows =
        [
            ("10x10, 1 pair", new RunSpec("grid", 10, 1, 100, 100, 10), 71_200),
            ("10x10, 100 pairs", new RunSpec("grid", 10, 100, 100, 100, isQuick ? 2 : 10), 44_600),
            ("30x30, 100 pairs", new RunSpec("grid", 30, 100, 100, 100, isQuick ? 1 : 4), 31_400),
        ];
        if (!isQuick)
        {
            rows.AddRange(
            [
                ("10x10, 1,000 pairs", new RunSpec("grid", 10, 1000, 100, 100, 2), 32_000),
                ("30x30, 1,000 pairs", new RunSpec("grid", 30, 1000, 100, 100, 2), 25_100),
                ("100x100, 1 pair", new RunSpec("grid", 100, 1, 100, 100, 10), 20_900),
                ("100x100, 100 pairs", new RunSpec("grid", 100, 100, 100, 100, 4), 20_200),
                ("100x100, 1,000 pairs", new RunSpec("grid", 100, 1000, 100, 100, 1), 29_200),
            ]);
        }

        SimTables.WriteRuns("Grids, 100 Interests/s for each pair, caches of 100", rows);
    }

    /// <summary>A provider's network, a producer at its busiest node.</summary>
    public static void Rocketfuel(bool isQuick) => SimTables.WriteRuns(
        "Rocketfuel-like, 176 nodes, 100 Zipf-Mandelbrot consumers",
        [
            ("10 Interests/s each", new RunSpec("rocketfuel", 0, 100, 10, 100, isQuick ? 5 : 20), 45_900),
            ("100 Interests/s each", new RunSpec("rocketfuel", 0, 100, 100, 100, isQuick ? 5 : 20), 42_300),
        ]);

    /// <summary>A run so small that a process's start is most of it.</summary>
    public static void Four() => SimTables.WriteRuns(
        "Line of 4, 10 Interests/s, 100 simulated s (ndnSIM: 0.066 s)",
        [
            ("first run of a process", new RunSpec("line", 4, 1, 10, 100, 100), 91_200),
            ("after 100 such runs", new RunSpec("line", 4, 1, 10, 100, 100, WarmUps: 100), 91_200),
        ]);

    /// <summary>A hundred thousand forwarders.</summary>
    public static void Scale(bool isQuick)
    {
        var spec = new RunSpec("hierarchy", isQuick ? 9 : 99, isQuick ? 9_000 : 99_000, 1, 100, isQuick ? 5 : 10);
        SimTables.WriteLoad();
        RunFigures run = SimRun.InOwnProcess(spec);
        Console.WriteLine($"""
            edge hierarchy of {run.Nodes:N0} forwarders, {spec.Flows:N0} Zipf-Mandelbrot consumers at 1/s, {spec.Seconds} simulated s
              built in {run.BuildSeconds:F1} s, {run.RouteCount:N0} routes in {run.RouteSeconds + run.InstallSeconds:F1} s
              ran {run.WallSeconds:F1} s ({run.CpuSeconds:F1} s of CPU): {run.Packets:N0} link packets, {run.PacketsPerSecond:N0}/s
              {run.Data:N0} of {run.Interests:N0} Interests answered
              resident memory {run.ResidentMiB:N0} MiB, at most {run.PeakMiB:N0} MiB; digest {run.Digest}
            """);
    }
}
