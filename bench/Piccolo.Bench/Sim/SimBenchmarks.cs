namespace Piccolo.Bench.Sim;

/// <summary>Benchmarks of the simulator: <c>bench/run sim WHICH</c>.</summary>
internal static class SimBenchmarks
{
    private const int WrongUsage = 2;

    /// <summary>Runs the one that the first argument names.</summary>
    public static int Run(string[] arguments, bool isQuick)
    {
        switch (arguments.Length == 0 ? "" : arguments[0])
        {
            case "queue":
                return QueueBenchmark.Run(isQuick);
            default:
                Console.Error.WriteLine("usage: bench/run sim queue [--quick]");
                return WrongUsage;
        }
    }
}
