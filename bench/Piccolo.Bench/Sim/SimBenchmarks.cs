using Piccolo.Bench.Sim.Peer;

namespace Piccolo.Bench.Sim;

/// <summary>Benchmarks of the simulator: <c>bench/run sim WHICH</c>.</summary>
internal static class SimBenchmarks
{
    private const int WrongUsage = 2;
    private const string PeerOption = "--ndnsim";
    private const string JustInTimeOption = "--jit";

    private static readonly (string Name, Action<SimChoices> Run)[] All =
    [
        ("queue", static choices => QueueBenchmark.Run(choices.IsQuick)),
        ("line", TrafficBenchmarks.Line),
        ("grid", TrafficBenchmarks.Grid),
        ("rocketfuel", TrafficBenchmarks.Rocketfuel),
        ("four", TrafficBenchmarks.Four),
        ("idle", SizeBenchmarks.Idle),
        ("routes", SizeBenchmarks.Routes),
        ("scale", TrafficBenchmarks.Scale),
        ("parallel", ParallelBenchmark.Run),
    ];

    /// <summary>Runs those that the arguments name, or all.</summary>
    public static int Run(string[] arguments, bool isQuick)
    {
        List<string> wanted = [.. arguments.Where(static argument => argument is not ("--quick" or JustInTimeOption))];
        int option = wanted.IndexOf(PeerOption);
        string? program = option < 0 ? null : wanted.ElementAtOrDefault(option + 1);
        if (program is not null)
        {
            wanted.RemoveRange(option, 2);
        }

        string? wrong = wanted.Find(name => name != "all" && All.All(benchmark => benchmark.Name != name));
        if (wanted.Count == 0 || wrong is not null)
        {
            string names = string.Join('|', All.Select(static benchmark => benchmark.Name));
            Console.Error.WriteLine($"usage: bench/run sim {names}|all [--quick] [{JustInTimeOption}] [{PeerOption} PROGRAM]");
            return WrongUsage;
        }

        if (program is not null && !File.Exists(program))
        {
            Console.Error.WriteLine($"there is no program {program}; bench/tools/ndnsim/README.md says how to build it");
            return WrongUsage;
        }

        var choices = new SimChoices(
            isQuick,
            arguments.Contains(JustInTimeOption) ? RunProgram.JustInTime : RunProgram.Best,
            program is null ? null : new NdnSimPeer(program));
        foreach ((string name, Action<SimChoices> run) in All)
        {
            if (wanted.Contains(name) || wanted.Contains("all"))
            {
                run(choices);
            }
        }

        return 0;
    }
}
