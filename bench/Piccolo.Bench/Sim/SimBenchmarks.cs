namespace Piccolo.Bench.Sim;

/// <summary>Benchmarks of the simulator: <c>bench/run sim WHICH</c>.</summary>
internal static class SimBenchmarks
{
    private const int WrongUsage = 2;

    private static readonly (string Name, Action<bool> Run)[] All =
    [
        ("queue", static isQuick => QueueBenchmark.Run(isQuick)),
        ("line", TrafficBenchmarks.Line),
        ("grid", TrafficBenchmarks.Grid),
        ("rocketfuel", TrafficBenchmarks.Rocketfuel),
        ("four", static _ => TrafficBenchmarks.Four()),
        ("idle", SizeBenchmarks.Idle),
        ("routes", SizeBenchmarks.Routes),
        ("scale", TrafficBenchmarks.Scale),
        ("parallel", ParallelBenchmark.Run),
    ];

    /// <summary>Runs those that the arguments name, or all.</summary>
    public static int Run(string[] arguments, bool isQuick)
    {
        string[] wanted = [.. arguments.Where(static argument => argument != "--quick")];
        string? wrong = wanted.FirstOrDefault(name => name != "all" && All.All(benchmark => benchmark.Name != name));
        if (wanted.Length == 0 || wrong is not null)
        {
            string names = string.Join('|', All.Select(static benchmark => benchmark.Name));
            Console.Error.WriteLine($"usage: bench/run sim {names}|all [--quick]");
            return WrongUsage;
        }

        foreach ((string name, Action<bool> run) in All)
        {
            if (wanted.Contains(name) || wanted.Contains("all"))
            {
                run(isQuick);
            }
        }

        return 0;
    }
}
