using Piccolo.Bench.Runs;
using Spectre.Console;

namespace Piccolo.Bench.Sim;

/// <summary>One network on one thread and on two, by turns: the same digest, and how much sooner.</summary>
internal static class ParallelBenchmark
{
    private const int Rounds = 3;

    /// <summary>Runs and prints.</summary>
    /// <exception cref="InvalidOperationException">The result depends on the number of threads.</exception>
    public static void Run(SimChoices choices)
    {
        SimTables.WriteLoad(choices);
        int rounds = choices.IsQuick ? 1 : Rounds;
        var table = new Table().Title($"Two partitions against one, least wall time of {rounds} by turns");
        table.AddColumns("run", "one: wall s", "two: wall s", "speed-up", "one: cpu s", "two: cpu s", "link packets", "digest of both");
        (string, RunSpec)[] rows =
        [
            ("10x10, 100 pairs", new RunSpec("grid", 10, 100, 100, 100, choices.IsQuick ? 2 : 10)),
            ("30x30, 1,000 pairs", new RunSpec("grid", 30, 1000, 100, 100, choices.IsQuick ? 1 : 2)),
            ("Rocketfuel-like, 100/s", new RunSpec("rocketfuel", 0, 100, 100, 100, choices.IsQuick ? 5 : 20)),
            ("hierarchy, 9,000 consumers", new RunSpec("hierarchy", 9, 9_000, 10, 100, choices.IsQuick ? 1 : 5)),
        ];
        foreach ((string name, RunSpec spec) in rows)
        {
            var one = new List<RunFigures>();
            var two = new List<RunFigures>();
            for (int round = 0; round < rounds; round++)
            {
                one.Add(choices.Program.Measure(spec));
                two.Add(choices.Program.Measure(spec with { Partitions = 2 }));
            }

            string digest = one[0].Digest;
            if (one.Concat(two).Any(run => run.Digest != digest))
            {
                throw new InvalidOperationException($"{name}: the digests of one and two partitions differ");
            }

            RunFigures best = one.MinBy(static run => run.WallSeconds)!;
            RunFigures bestOfTwo = two.MinBy(static run => run.WallSeconds)!;
            table.AddRow(
                name,
                SimTables.Fixed(best.WallSeconds, 3),
                SimTables.Fixed(bestOfTwo.WallSeconds, 3),
                SimTables.Fixed(best.WallSeconds / bestOfTwo.WallSeconds, 2),
                SimTables.Fixed(best.CpuSeconds, 3),
                SimTables.Fixed(bestOfTwo.CpuSeconds, 3),
                SimTables.Whole(best.Packets),
                digest);
        }

        AnsiConsole.Write(table);
    }
}
