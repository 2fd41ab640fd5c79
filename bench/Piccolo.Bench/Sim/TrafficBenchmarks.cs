using Piccolo.Bench.Runs;

namespace Piccolo.Bench.Sim;

/// <summary>Networks with traffic, as ndnSIM ran them.</summary>
internal static class TrafficBenchmarks
{
    /// <summary>Ten nodes in a row.</summary>
    public static void Line(SimChoices choices)
    {
        int seconds = choices.IsQuick ? 20 : 100;
        SimTables.WriteRuns(
            choices,
            $"Line of 10, 1,000 Interests/s, {seconds} simulated s",
            [
                new("no cache", new RunSpec("line", 10, 1, 1000, 0, seconds), 100_400),
                new("cache of 100", new RunSpec("line", 10, 1, 1000, 100, seconds), 84_800),
            ]);
    }

    /// <summary>Grids with pairs drawn at random, each on a shortest path of its own.</summary>
    public static void Grid(SimChoices choices)
    {
        List<SimRow> rows =
        [
            new("10x10, 1 pair", new RunSpec("grid", 10, 1, 100, 100, 10), 71_200),
            new("10x10, 100 pairs", new RunSpec("grid", 10, 100, 100, 100, choices.IsQuick ? 2 : 10), 44_600),
            new("30x30, 100 pairs", new RunSpec("grid", 30, 100, 100, 100, choices.IsQuick ? 1 : 4), 31_400),
        ];
        if (!choices.IsQuick)
        {
            rows.AddRange(
            [
                new("10x10, 1,000 pairs", new RunSpec("grid", 10, 1000, 100, 100, 2), 32_000),
                new("30x30, 1,000 pairs", new RunSpec("grid", 30, 1000, 100, 100, 2), 25_100, IsPeerSlow: true),
                new("100x100, 1 pair", new RunSpec("grid", 100, 1, 100, 100, 10), 20_900),
                new("100x100, 100 pairs", new RunSpec("grid", 100, 100, 100, 100, 4), 20_200, IsPeerSlow: true),
                new("100x100, 1,000 pairs", new RunSpec("grid", 100, 1000, 100, 100, 1), 29_200, IsPeerSlow: true),
            ]);
        }

        SimTables.WriteRuns(choices, "Grids, 100 Interests/s for each pair, caches of 100", rows);
    }

    /// <summary>A provider's network, a producer at its busiest node.</summary>
    public static void Rocketfuel(SimChoices choices) => SimTables.WriteRuns(
        choices,
        "Rocketfuel-like, 176 nodes, 100 Zipf-Mandelbrot consumers",
        [
            new("10 Interests/s each", new RunSpec("rocketfuel", 0, 100, 10, 100, choices.IsQuick ? 5 : 20), 45_900),
            new("100 Interests/s each", new RunSpec("rocketfuel", 0, 100, 100, 100, choices.IsQuick ? 5 : 20), 42_300),
        ]);

    /// <summary>A run so small that a process's start is most of it.</summary>
    public static void Four(SimChoices choices) => SimTables.WriteRuns(
        choices,
        "Line of 4, 10 Interests/s, 100 simulated s (ndnSIM: 0.066 s)",
        [
            new("first run of a process", new RunSpec("line", 4, 1, 10, 100, 100), 91_200),
            new("after 100 such runs", new RunSpec("line", 4, 1, 10, 100, 100, WarmUps: 100), 91_200),
        ]);

    /// <summary>A hundred thousand forwarders.</summary>
    public static void Scale(SimChoices choices)
    {
        var spec = new RunSpec("hierarchy", choices.IsQuick ? 9 : 99, choices.IsQuick ? 9_000 : 99_000, 1, 100, choices.IsQuick ? 5 : 10);
        SimTables.WriteLoad(choices);
        RunFigures run = choices.Program.Measure(spec);
        Console.WriteLine($"""
            edge hierarchy of {run.Nodes:N0} forwarders, {spec.Flows:N0} Zipf-Mandelbrot consumers at 1/s, {spec.Seconds} simulated s
              built in {run.BuildSeconds:F1} s, {run.RouteCount:N0} routes in {run.RouteSeconds + run.InstallSeconds:F1} s
              ran {run.WallSeconds:F1} s ({run.CpuSeconds:F1} s of CPU): {run.Packets:N0} link packets, {run.PacketsPerSecond:N0}/s
              {run.Data:N0} of {run.Interests:N0} Interests answered
              resident memory {run.ResidentMiB:N0} MiB, at most {run.PeakMiB:N0} MiB; digest {run.Digest}
            """);
    }
}
