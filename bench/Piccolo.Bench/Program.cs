using Piccolo.Bench.Forwarder;
using Piccolo.Bench.Http;
using Piccolo.Bench.Invoke;
using Piccolo.Bench.Micro;
using Piccolo.Bench.Sim;
using Piccolo.Bench.Runs;
using Piccolo.Bench.Sim.Peer;
using Spectre.Console;

namespace Piccolo.Bench;

/// <summary>Benchmarks, side by side with their peers; <c>bench/run</c> starts it.</summary>
internal static class Program
{
    private const int WrongUsage = 2;

    private static async Task<int> Main(string[] arguments)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 180;
        }

        string[] rest = arguments.Length > 1 ? arguments[1..] : [];
        bool isQuick = rest.Contains("--quick");
        switch (arguments.Length == 0 ? "" : arguments[0])
        {
            case "micro" when rest.Contains("--memory"):
                return TableMemory.Run(isQuick);
            case "micro":
                return MicroBenchmarks.Run(rest);
            case "forwarder":
                return ForwarderBenchmark.Run(isQuick);
            case "invoke":
                return await InvokeBenchmark.RunAsync(isQuick, rest.Contains("--json")).ConfigureAwait(false);
            case "sim":
                return SimBenchmarks.Run(rest, isQuick);
            case "flame" when rest.Length == 3:
                return FlameGraph.Run(rest[0], rest[1], rest[2]);
            case PeerScenario.Command:
                Console.Write(PeerScenario.Write(RunSpec.FromArgument(rest[0])));
                return 0;
            case "http-echo":
                return await HttpEchoServer.RunAsync().ConfigureAwait(false);
            default:
                Console.Error.WriteLine("usage: bench/run micro|forwarder|invoke|sim; the script says what each takes");
                return WrongUsage;
        }
    }
}
